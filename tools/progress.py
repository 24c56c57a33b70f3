"""What counting small steps would show if steps came before work, and how many people it takes to see it.

python -m tools.progress       writes docs/guide/progress.md (``make progress``)
"""

from __future__ import annotations

from pathlib import Path

from fodfaeste.simulation.behaviour import parameters
from fodfaeste.simulation.progress import Seen, declared_progress, demonstrate

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "guide" / "progress.md"
WEEKS = (4, 13, 26, 52, 78, 104)
CASES: tuple[tuple[str, dict[str, float]], ...] = (
    ("As declared: each step taken makes work a little likelier", {}),
    ("Steps that lead nowhere", {"each_step": 0.0}),
    ("An effort that does nothing", {"helped": 1.0}),
)

_HEAD = """\
# Progress that is not a job

A citizen may count steps of her plan among her own small steps; the page shows how many she has taken, as 2 of 5.
Nobody else chooses them, and no rule reads them: tests hold that the law's words have nothing of the kind, and that all
answers of the law are the same before and after a step is taken. Is such a count of use when one wants to know early
whether an effort helps?

This page is a demonstration and no finding. Two groups of {people} invented people; one takes steps {helped} times as
often; a step taken makes work {each} per cent likelier, {lag} weeks later. **All of that is put in**
(`simulation/progress.yaml`), each figure an assumption with its interval. So that steps move first is no result. What
the page does show is what the method would show, and how many people each group needs to see it ({power} per cent sure
of seeing it, and {level} per cent at risk of seeing what is not there).
"""

_FOOT = """
What this says and what it does not: if an effort makes people take steps oftener, a small office can see that within
months; a difference in work this small takes thousands in each group, and longer. The second table has the same
movement of steps as the first, and no work: **steps that move are no proof that work follows.** They are worth counting
because she who takes them says they are, and work must be measured for itself. In the third, nothing is seen, as it
should be. A dash: no difference was seen even among {people} in each group. Made by `make progress`; a test fails when
this page says something else than the model does.
"""

_ROWS = """
| Week | Steps taken, without | with | People in each group to see it | In work, without | with | People in each group to see it |
|---|---|---|---|---|---|---|
"""  # noqa: E501 - a row of a table is one line


def _row(one: Seen) -> str:
    def needed(people: int | None) -> str:
        return "–" if people is None else f"{_rounded(people):,}"

    return (
        f"| {one.week} | {one.steps[0]:.2f} | {one.steps[1]:.2f} | {needed(one.people_steps)} | "
        f"{100 * one.work[0]:.1f} % | {100 * one.work[1]:.1f} % | {needed(one.people_work)} |\n"
    )


def _rounded(people: int) -> int:
    """Two digits; the rest is luck."""
    scale = int(10 ** max(len(str(people)) - 2, 0))
    return -(-people // scale) * scale


def written() -> str:
    """The page, in Markdown."""
    given = {one.name: one.value for one in parameters(declared_progress())}
    said = {
        "people": f"{declared_progress()['people']:,}", "helped": given["helped"],
        "each": f"{100 * given['each_step']:g}", "lag": f"{given['lag_weeks']:g}",
        "power": f"{100 * given['power']:g}", "level": f"{100 * given['level']:g}",
    }  # fmt: skip
    tables = (
        f"\n## {title}\n{_ROWS}{''.join(_row(one) for one in demonstrate(WEEKS, figures))}" for title, figures in CASES
    )
    return _HEAD.format(**said) + "".join(tables) + _FOOT.format(**said)


if __name__ == "__main__":
    DOCUMENT.write_text(written(), encoding="utf-8")
