"""``fodfaeste quota``: shares owed to a group, counted over many cases, with the unknown as bounds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from fodfaeste.facts import Case, view_case
from fodfaeste.foundation import from_day
from fodfaeste.interfaces import lawrows
from fodfaeste.interfaces.casefiles import read_case_files
from fodfaeste.interfaces.cli import display
from fodfaeste.interfaces.cli.app import app, both
from fodfaeste.interfaces.cli.desk import Desk, command
from fodfaeste.interfaces.cli.duties import CasesArgument
from fodfaeste.interfaces.cli.onenorm import not_here
from fodfaeste.interfaces.cli.options import DateOption, PlaceOption, RegimeOption
from fodfaeste.interfaces.wording import counted
from fodfaeste.reasoning import QuotaOutcome, quota
from fodfaeste.rulebook import Law, Rulebook

FORMAT = "fodfaeste/quota/1"

NormOption = Annotated[
    str | None,
    typer.Option("--norm", metavar="ID", help=both("Kun dette andelskrav. Ellers alle.", "Only this quota. Else all.")),
]


@command(
    app,
    "quota",
    "Andelskrav over mange sager: hvor stor en andel der har fået det, de skal.",
    "Quotas over many cases: the share that has had what it is owed.",
)
def quotas(
    desk: Desk,
    cases: CasesArgument,
    date: DateOption = None,
    place: PlaceOption = None,
    regime: RegimeOption = None,
    norm: NormOption = None,
) -> int:
    """Exit code 1 when a quota is certainly missed."""
    law = desk.law()
    found = read_case_files(cases, law.vocabulary, desk.track)
    day = desk.day(date)
    rows: list[dict[str, Any]] = []
    for where, of_place in _by_place(found, place):
        law, book = desk.rulebook(law, day, where, regime)
        rows += _counted(desk, law, book, of_place, norm)
    data = {"format": FORMAT, "on": from_day(day).isoformat(), "cases": len(found), "rows": rows}
    desk.show(data, lambda: _draw(desk, law, rows, len(found)))
    return 1 if any(row["holds"] is False for row in rows) else 0


def _by_place(cases: list[Case], place: str | None) -> Iterator[tuple[str | None, list[Case]]]:
    """The cases of each municipality, for a quota is owed by one; all together where a place is given."""
    groups: dict[str | None, list[Case]] = {}
    for case in cases:
        groups.setdefault(place or case.municipality, []).append(case)
    yield from sorted(groups.items(), key=lambda pair: pair[0] or "")


def _counted(desk: Desk, law: Law, book: Rulebook, cases: list[Case], norm: str | None) -> list[dict[str, Any]]:
    here = [one.id for one in book.norms.values() if one.norm.kind == "quota" and not one.absent]
    if norm is not None:
        if norm not in book.norms or book.norms[norm].absent:
            raise not_here(desk, law, book, norm)
        if norm not in here:
            named = ", ".join(here)
            raise desk.refuse(f"'{norm}' er intet andelskrav; vælg {named}.", f"'{norm}' is no quota; choose {named}.")
        here = [norm]
    views = [view_case(case, law.vocabulary, book.day) for case in cases]
    return [_row(book, quota(book, views, id_)) for id_ in desk.track(here, len(here), "quotas")]


def _row(book: Rulebook, found: QuotaOutcome) -> dict[str, Any]:
    norm = book[found.norm]
    low, high = found.bounds
    return {
        "place": book.place,
        "norm": norm.id,
        "label": lawrows.labels_of(norm.norm.label),
        "ref": norm.ref,
        "owed_by": norm.norm.owed_by,
        "of": norm.norm.of,
        "share": found.share / 100,
        "members": found.members,
        "members_unknown": found.members_unknown,
        "met": found.met,
        "left_out": found.left_out,
        "unknown": found.unknown,
        "at_least": low / 100 if found.members or found.members_unknown else None,
        "at_most": high / 100 if found.members or found.members_unknown else None,
        "room": found.room,
        "holds": found.holds,
    }


def _draw(desk: Desk, law: Law, rows: list[dict[str, Any]], cases: int) -> None:
    """A line for each quota somebody is or may be in the group of."""
    told = {True: ("overholdt", "kept"), False: ("ikke overholdt", "missed"), None: ("uvist", "unknown")}
    cells = [
        (
            str(law.municipalities.get(row["place"] or "", {}).get("name", row["place"]) or ""),
            row["label"][desk.lang],
            row["ref"],
            _percent(desk, row["share"]),
            f"{row['members']}" + (f" (+{row['members_unknown']}?)" if row["members_unknown"] else ""),
            _between(desk, row),
            desk.pick(*told[row["holds"]]),
        )
        for row in rows
        if row["at_least"] is not None
    ]
    if cells:
        names = (
            ("Sted", "Place"), ("Andelskrav", "Quota"), ("Hvor", "Where"), ("Krav", "Share"), ("I gruppen", "Members"),
            ("Har fået", "Have had"), ("Svar", "Answer"),
        )  # fmt: skip
        display.table(desk.out, [desk.pick(*name) for name in names], cells, right=(3, 4, 5), wrap={1: 4, 2: 2})
        desk.out.print()
    said = counted(len(rows), desk.pick("andelskrav", "quota"), desk.pick("andelskrav", "quotas"))
    over = counted(cases, desk.pick("sag", "case"), desk.pick("sager", "cases"))
    empty = len(rows) - len(cells)
    rest = desk.pick(f"; {empty} har ingen i gruppen", f"; {empty} have nobody in the group") if empty else ""
    display.line(desk.out, f"{said} over {over}{rest}.")


def _between(desk: Desk, row: dict[str, Any]) -> str:
    low, high = _percent(desk, row["at_least"]), _percent(desk, row["at_most"])
    return low if low == high else f"{low}–{high}"


def _percent(desk: Desk, value: float) -> str:
    text = f"{value:.1f}".removesuffix(".0")
    return desk.pick(f"{text.replace('.', ',')} %", f"{text} %")
