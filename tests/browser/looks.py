"""How a page is looked at: by axe, in light and dark, narrow and enlarged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from tests.django_site import ROOT

TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 800}
ENLARGED = {"width": 640, "height": 450}
"""What is left of a wide window at 200 per cent."""

_AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Look:
    """One way to see a page."""

    scheme: str
    size: str


def looks(page: Page) -> Iterator[Look]:
    """Show the page in every look in turn: light and dark; wide, narrow and enlarged. Ends wide and light."""
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for size, shape in (("320 px", NARROW), ("200 %", ENLARGED), ("wide", WIDE)):
            page.set_viewport_size(shape)  # type: ignore[arg-type]
            yield Look(scheme, size)


def faults(page: Page) -> list[str]:
    """What axe finds wrong, one line each: rule, what it is about, where."""
    page.evaluate(_AXE)
    found: dict[str, Any] = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    return [
        f"{fault['id']}: {fault['help']}: {json.dumps(node['target'])} {node['failureSummary']}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


def sideways(page: Page) -> int:
    """How many pixels of the page stand outside the window's width; 0 is right."""
    return int(page.evaluate("() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"))


def assert_good_in_every_look(page: Page) -> None:
    """No fault by axe and nothing to scroll sideways for, in any look."""
    found = []
    for look in looks(page):
        page.wait_for_timeout(50)  # colours change without a transition, but not before the next frame
        found += [f"{look}: {fault}" for fault in faults(page)]
        if sideways(page) > 0:
            found.append(f"{look}: {sideways(page)} pixels stick out sideways")
    assert found == []
