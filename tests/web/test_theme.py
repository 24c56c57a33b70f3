"""The theme: every colour of the design system has a value of ours, and what can be read can be read by many."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from fodfaeste.interfaces.site import made, stylesheet
from tests.django_site import ROOT

THEME = (ROOT / "src/fodfaeste/interfaces/web/static/web/theme.css").read_text(encoding="utf-8")
SHEET = stylesheet.made_from(made.DESIGN_SYSTEM)

# What is read, on each ground it may stand on: at least 4.5:1.
READ = [
    (text, ground)
    for text in ("ink", "quiet", "link", "visited", "good", "warn", "bad", "info")
    for ground in ("paper", "surface", "sunken")
] + [
    *((kind, f"{kind}-ground") for kind in ("good", "warn", "bad", "info")),
    *(("ink", f"{kind}-ground") for kind in ("good", "warn", "bad", "info", "accent")),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("quiet", "accent-ground"),
]
# What is pressed or typed in is told apart from its ground: at least 3:1.
SEEN = [(line, ground) for line in ("edge", "accent-line") for ground in ("paper", "surface")]


def block(selector: str) -> dict[str, str]:
    found = re.search(rf"^\s*{re.escape(selector)} \{{([^}}]*)\}}", THEME, re.MULTILINE)
    assert found, selector
    return dict(re.findall(r"--([a-z-]+): ([^;]+);", found[1]))


LIGHT, DARK, AUTO = block(":root"), block(':root[data-theme="dark"]'), block(':root[data-theme="auto"]')


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_what_is_read_stands_out(theme: dict[str, str]) -> None:
    faint = [f"{text} on {ground}" for text, ground in READ if contrast(theme[text], theme[ground]) < 4.5]
    assert faint == []


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_what_is_pressed_is_seen(theme: dict[str, str]) -> None:
    assert [f"{line} on {ground}" for line, ground in SEEN if contrast(theme[line], theme[ground]) < 3] == []


def test_dark_is_the_same_by_choice_and_by_machine() -> None:
    assert DARK == AUTO
    assert set(DARK) == set(LIGHT)


def test_every_colour_of_the_design_system_is_ours() -> None:
    asked = set(re.findall(r"var\((--fds-(?:ground|text|line)-[a-z0-9-]+)\)", SHEET))
    assert len(asked) > 30
    assert asked <= set(re.findall(r"(--fds-[a-z0-9-]+):", THEME))
    assert set(re.findall(r"var\((--fds-picture-[a-z0-9-]+)\)", SHEET)) <= set(
        re.findall(r"(--fds-[a-z0-9-]+):", SHEET)
    )


def test_no_colour_of_its_own_is_left() -> None:
    rules = re.sub(r'url\("data:[^"]*"\)', "", SHEET)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[ ;,}!)])", rules) == []
    assert re.findall(r"rgba?\([^)]*\)", rules) == []


def test_nothing_is_fetched_from_elsewhere_and_every_file_is_there() -> None:
    files = [part for part in re.findall(r'url\("?([^")]+)"?\)', SHEET) if not part.startswith("data:")]
    assert [part for part in files if "//" in part] == []
    missing = [
        part
        for part in files
        if not (made.DESIGN_SYSTEM / part.removeprefix("../dkfds/").split("?")[0].split("#")[0]).exists()
    ]
    assert missing == []


def test_what_is_made_is_made_again_when_its_source_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "casework" / "x" / "locale" / "en" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Hej"\nmsgstr "Hello"\n')
    monkeypatch.setattr(made, "ROOM", tmp_path)
    monkeypatch.setattr(made, "SHEET", tmp_path / "dkfds.css")
    compiled = source.with_suffix(".mo")
    assert made.make() == [compiled, tmp_path / "dkfds.css"]
    assert made.make() == []
    source.write_text(source.read_text().replace("Hello", "Hi"))
    os.utime(source, (2**31, 2**31))
    assert made.make() == [compiled]
    assert b"Hi" in compiled.read_bytes()


def test_a_table_that_becomes_lines_on_a_phone_names_every_cell() -> None:
    web = ROOT / "src/fodfaeste/interfaces/web"
    tables = {
        page: found
        for page in web.rglob("templates/**/*.html")
        if (found := re.findall(r"<table[^>]*table--responsive-headers.*?</table>", page.read_text("utf-8"), re.DOTALL))
    }
    assert len(tables) > 10
    cells = [
        (page.name, cell)
        for page, found in tables.items()
        for table in found
        for cell in re.findall(r"<td\b(?:[^>{]|\{%.*?%\}|\{\{.*?\}\})*>", table)
    ]
    assert [cell for cell in cells if "data-title=" not in cell[1]] == []
