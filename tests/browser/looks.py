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

    @property
    def for_axe(self) -> bool:
        """Whether axe looks at it too: at each theme and at each end of the widths once, not at every pair of them."""
        return (self.scheme, self.size) in (("dark", "wide"), ("light", "320 px"))


def looks(page: Page) -> Iterator[Look]:
    """Show the page dark; then light: narrow, enlarged and, at last, wide. Colours do not depend on the width."""
    for scheme, size, shape in (
        ("dark", "wide", WIDE),
        ("light", "320 px", NARROW),
        ("light", "200 %", ENLARGED),
        ("light", "wide", WIDE),
    ):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size(shape)  # type: ignore[arg-type]
        yield Look(scheme, size)


def faults(page: Page) -> list[str]:
    """What axe finds wrong, one line each: rule, what it is about, where."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_AXE)
    found: dict[str, Any] = page.evaluate(_RUN, TAGS)
    return [
        f"{fault['id']}: {fault['help']}: {json.dumps(node['target'])} {node['failureSummary']}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


_RUN = """tags => axe.run(
    document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], elementRef: false}
)"""
"""Of what is right, axe need not tell every place."""


def sideways(page: Page) -> list[str]:
    """What stands partly outside the window sideways, unless it lies in something that can be scrolled."""
    found: list[str] = page.evaluate(_SIDEWAYS)
    return found


_SIDEWAYS = """() => {
    const width = document.documentElement.clientWidth;
    const scrolls = element => ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
    const inside = element => {
        for (let above = element.parentElement; above; above = above.parentElement) if (scrolls(above)) return true;
        return false;
    };
    return [...document.body.querySelectorAll("*")]
        .filter(element => !element.closest("svg svg, [hidden], .sr-only, .skipnav"))
        .filter(element => {
            const box = element.getBoundingClientRect();
            return box.width > 1 && box.height > 1 && (box.right > width + 1 || box.left < -1);
        })
        .filter(element => !inside(element))
        .map(element => `${element.tagName.toLowerCase()}.${element.className?.baseVal ?? element.className} `
            + element.textContent.trim().slice(0, 40));
}"""


_SETTLED = """async () => {
    await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const ends = one => one.effect.getComputedTiming().endTime < Infinity;
    await Promise.all(document.getAnimations().filter(ends).map(one => one.finished.catch(() => null)));
}"""
"""The colours and the width are those of the look, and nothing is still on its way to them."""


def assert_good_in_every_look(page: Page) -> None:
    """No fault by axe and nothing to scroll sideways for, in any look."""
    found = []
    for look in looks(page):
        page.evaluate(_SETTLED)
        if look.for_axe:
            found += [f"{look}: {fault}" for fault in faults(page)]
        found += [f"{look}: sticks out sideways: {part}" for part in sideways(page)]
    assert found == []
