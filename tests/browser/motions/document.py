"""docs/guide/motions.md: what the harness counted, beside what the national study counted elsewhere."""

from __future__ import annotations

from pathlib import Path

from tests.browser.motions.hand import Count
from tests.django_site import ROOT

FILE: Path = ROOT / "docs" / "guide" / "motions.md"
STUDY = {"Conversation": 40, "Company placement": 80}
"""About so many clicks in the systems of six municipalities, by the agency's recordings of May 2024."""

MOST = {"Conversation": 8, "Company placement": 14}
"""What may not be exceeded here."""

_HEAD = """# Motions: how much a caseworker does to register a step

Thirteen steps of one case, played by a script in a real browser from the citizen's page until the step is saved.
A motion is a click or a field entered (typed, chosen or ticked). *Typed again* counts what a script had to enter
although the case knew it already.

The counts are made by `make motions`; a test fails when this page says something else than the pages ask for.

| | Step | Motions | At most | Typed again | National study |
|---|---|---|---|---|---|
"""
_TAIL = """
The national study is [STAR's of May 2024](https://www.ft.dk/samling/20231/almdel/BEU/bilag/203/2885514): 40 screen
recordings of 13 case steps in six municipalities, with about 40 clicks for a conversation and 80 for a company
placement. It recorded real cases in the systems of the day, we count scripts with an invented one, so the two tell the
order of magnitude and no more.

What each script enters stands in `tests/browser/motions/scripts.py`. All questions of the law can be left unanswered;
the scripts answer those a caseworker would know on the day. From *Min dag* a conversation that is due takes two motions
when nothing is to be added (`tests/browser/test_conversation.py`).
"""


def told(counts: dict[str, Count]) -> str:
    """The page."""
    rows = [
        f"| {number} | {name} | {count.motions} | {MOST.get(name, '')} | {len(count.again)} | {_study(name)} |"
        for number, (name, count) in enumerate(counts.items(), 1)
    ]
    return _HEAD + "\n".join(rows) + "\n" + _TAIL


def _study(name: str) -> str:
    return f"about {STUDY[name]}" if name in STUDY else ""
