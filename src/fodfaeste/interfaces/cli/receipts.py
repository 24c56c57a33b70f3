"""``fodfaeste receipt``: what an answer rested on, to be kept with it; and whether a kept one still stands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from fodfaeste.facts import view_case
from fodfaeste.foundation import parse_day
from fodfaeste.interfaces import lawrows
from fodfaeste.interfaces.casefiles import read_case_files
from fodfaeste.interfaces.cli import display
from fodfaeste.interfaces.cli.app import app, both
from fodfaeste.interfaces.cli.desk import Desk, command
from fodfaeste.interfaces.cli.explain import PickOption, chosen_case
from fodfaeste.interfaces.cli.onenorm import not_here
from fodfaeste.interfaces.cli.options import DateOption, PlaceOption, RegimeOption
from fodfaeste.interfaces.wording import Words, outcome_text
from fodfaeste.reasoning import check_receipt, explain, receipt
from fodfaeste.reasoning.receipts import FORMAT
from fodfaeste.rulebook import Law, Rulebook

CHECK_FORMAT = "fodfaeste/receipt-check/1"

FileArgument = Annotated[
    Path,
    typer.Argument(
        metavar=both("SAG.json|KVITTERING.json", "CASE.json|RECEIPT.json"),
        show_default=False,
        help=both("Filen med sagen; med --check filen med kvitteringen.", "The case; with --check the receipt."),
    ),
]
NormOption = Annotated[
    str | None,
    typer.Option("--norm", metavar="ID", help=both("Den regel, der kvitteres for.", "The norm it is a receipt for.")),
]
OutOption = Annotated[
    Path | None,
    typer.Option(
        "--out", metavar=both("FIL", "FILE"), help=both("Gem kvitteringen i en fil.", "Keep the receipt in a file.")
    ),
]
CheckOption = Annotated[
    bool,
    typer.Option(
        "--check",
        help=both(
            "Se efter, om en gemt kvittering er uændret, og om loven stadig lyder sådan.",
            "See whether a kept receipt is unaltered, and the law still reads so.",
        ),
    ),
]


@command(
    app,
    "receipt",
    "Kvittering for et svar: regler, kendsgerninger og lov, det bygger på.",
    "Receipt of an answer: the norms, facts and law it rests on.",
)
def receipt_of(
    desk: Desk,
    file: FileArgument,
    norm: NormOption = None,
    date: DateOption = None,
    place: PlaceOption = None,
    regime: RegimeOption = None,
    case: PickOption = None,
    out: OutOption = None,
    check: CheckOption = False,
) -> int:
    """Make a receipt, or check one; exit code 1 when something speaks against the one checked."""
    if check:
        return _check(desk, file)
    if norm is None:
        raise desk.refuse("Nævn reglen med --norm ID.", "Name the norm with --norm ID.")
    if out is not None and (out.exists() or not out.parent.is_dir()):
        raise desk.refuse(
            f"{out} findes allerede, eller mappen gør ikke; vælg et andet navn.",
            f"{out} exists already, or its folder does not; choose another name.",
        )
    law = desk.law()
    chosen = chosen_case(desk, read_case_files(file, law.vocabulary), case)
    day = desk.day(date)
    law, book = desk.rulebook(law, day, place or chosen.municipality, regime)
    found = book.norms.get(norm)
    if found is None or found.absent:
        raise not_here(desk, law, book, norm)
    view = view_case(chosen, law.vocabulary, day)
    data = receipt(book, view, norm)
    if out is not None:
        out.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    told = [outcome_text(one.outcome, desk.words(book), found.norm.type) for one in explain(book, view, norm)]
    desk.show(data, lambda: _draw(desk, law, book, data, told, out), sealed=True)
    return 0


def _draw(desk: Desk, law: Law, book: Rulebook, data: dict[str, Any], told: list[str], out: Path | None) -> None:
    words = desk.words(book)
    display.title(desk, words.norm(data["norm"]), book, law)
    desk.out.print()
    none = desk.pick("sagen har intet at afgøre den for", "the case has nothing to judge it for")
    rows = [
        (desk.pick("Svar", "Answer"), "; ".join(told) or none),
        (desk.pick("Regel", "Norm"), f"{book[data['norm']].ref}, norm {data['norm']}"),
        (desk.pick("Lov", "Law"), data["rulebook"]),
        (desk.pick("Beregnet af", "Worked out by"), data["evaluator"]),
        (desk.pick("Kvittering", "Receipt"), data["digest"]),
        (desk.pick("Gemt i", "Kept in"), str(out) if out is not None else ""),
    ]
    display.facts(desk.out, rows)
    for name, lines in _sections(data, law, words):
        if lines:
            display.section(desk.out, name)
            for text in lines:
                display.line(desk.out, f"· {text}")


def _sections(data: dict[str, Any], law: Law, words: Words) -> list[tuple[str, list[str]]]:
    unknown = words.pick("uvist", "unknown")
    facts = [
        f"{words.field(row['name'])}: {row['value'] if row.get('value') is not None else unknown}"
        for row in data["facts"]
        if row["kind"] == "fact"
    ]
    history = [words.kind(name) for name in dict.fromkeys(r["name"] for r in data["facts"] if r["kind"] == "history")]
    norms = [f"{words.norm(id_)} – {row['ref']}, norm {id_}" for id_, row in data["norms"].items()]
    doubts = [lawrows.doubt_text(id_, law, words) for id_ in data["assumptions"]]
    return [
        (words.pick("Kendsgerninger", "Facts"), facts),
        (words.pick("Hændelser og perioder, der er set efter", "Events and spells looked up"), history),
        (words.pick("Regler", "Norms"), norms),
        (words.pick("Tvivl og antagelser", "Doubts and assumptions"), doubts),
    ]


def _check(desk: Desk, file: Path) -> int:
    kept = _read(desk, file)
    law = desk.law()
    known = [id_ for id_ in kept["regimes"] if id_ in law.regimes]
    _, book = desk.rulebook(law, parse_day(kept["day"]), kept["place"], known or ["none"])
    problems = [desk.said(problem) for problem in check_receipt(kept, book)]
    data = {
        "format": CHECK_FORMAT,
        "digest": kept.get("digest"),
        "norm": kept["norm"],
        "on": kept["on"],
        "holds": not problems,
        "problems": problems,
    }
    desk.show(data, lambda: _draw_check(desk, data))
    return 1 if problems else 0


def _read(desk: Desk, file: Path) -> dict[str, Any]:
    wrong = desk.refuse(
        f"{file}: filen er ingen kvittering; angiv en, som fodfaeste receipt har gemt.",
        f"{file}: the file is no receipt; name one that fodfaeste receipt has kept.",
    )
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise wrong from None
    if not isinstance(kept, dict) or kept.get("format") != FORMAT:
        raise wrong
    try:
        parse_day(kept["day"])
        whole = {"place", "norm", "on"} <= set(kept)
        fits = whole and isinstance(kept["regimes"], list) and isinstance(kept["norms"], dict)
    except (KeyError, ValueError, TypeError):
        raise wrong from None
    if not fits:
        raise wrong
    return kept


def _draw_check(desk: Desk, data: dict[str, Any]) -> None:
    if data["holds"]:
        said = desk.pick(
            "Kvitteringen er uændret, og reglerne lyder stadig sådan.",
            "The receipt is unaltered, and the norms still read so.",
        )
        display.line(desk.out, said)
    for problem in data["problems"]:
        display.line(desk.out, f"· {problem}")
