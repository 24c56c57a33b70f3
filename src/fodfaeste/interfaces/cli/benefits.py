"""``fodfaeste benefits``: what each benefit would be for one person, given what is known, and what to ask."""

from __future__ import annotations

from typing import Any

from fodfaeste.facts import Case, View, view_case
from fodfaeste.foundation import from_day
from fodfaeste.interfaces import answers, lawrows
from fodfaeste.interfaces.casefiles import read_case_files
from fodfaeste.interfaces.cli import display
from fodfaeste.interfaces.cli.app import app
from fodfaeste.interfaces.cli.desk import Desk, command
from fodfaeste.interfaces.cli.explain import CaseArgument, PickOption, chosen_case
from fodfaeste.interfaces.cli.options import DateOption, PlaceOption, RegimeOption
from fodfaeste.interfaces.wording import Sentences, Words
from fodfaeste.reasoning import ask, explain
from fodfaeste.rulebook import Law, Norm, Rulebook
from fodfaeste.rulebook.periods import periods

FORMAT = "fodfaeste/benefits/1"

_MARK = ".ydelse."

_EARNED = "arbejdsindtaegt_maaned"
_AFTER_EARNINGS = {
    "kontanthjaelp": ("las.31.set-bort-fra", "las.31.trukket-fra", "las.31.hjaelp-2024-niveau"),
    "uddannelseshjaelp": ("las.31.set-bort-fra", "las.31.trukket-fra"),
}
"""What earnings do to a benefit: norms that are shown beside it when the case tells of earnings."""


@command(
    app,
    "benefits",
    "Ydelsernes størrelse i en sag: hvad borgeren ville få, og hvad der skal spørges om.",
    "The amount of each benefit in a case: what the person would get, and what to ask.",
)
def benefits(
    desk: Desk,
    case_file: CaseArgument,
    date: DateOption = None,
    place: PlaceOption = None,
    regime: RegimeOption = None,
    case: PickOption = None,
) -> int:
    """The benefits the person receives stand first. An amount nobody can know is null, never 0."""
    law = desk.law()
    chosen = chosen_case(desk, read_case_files(case_file, law.vocabulary), case)
    day = desk.day(date)
    law, book = desk.rulebook(law, day, place or chosen.municipality, regime)
    view = view_case(chosen, law.vocabulary, day)
    words = desk.words(book)
    received = _received(law, view)
    found = [_row(law, book, view, norm, received, words) for norm in _norms(law, book)]
    rows = sorted(found, key=lambda row: not row["received"])
    doubts = lawrows.doubt_rows(
        (doubt for row in rows for part in (row, *row["earnings"]) for doubt in part["assumptions"]), law
    )
    data = {
        "format": FORMAT, "case": chosen.case, "on": from_day(day).isoformat(),
        "rulebook": answers.rulebook_row(book), "benefits": rows, "doubts": doubts,
    }  # fmt: skip
    desk.show(data, lambda: _draw(desk, law, book, chosen, rows, words))
    return 0


def benefit_of(norm: Norm) -> str | None:
    """The benefit a norm gives the amount of: what stands after ``.ydelse.`` in its id."""
    return norm.id.partition(_MARK)[2] or None


def _norms(law: Law, book: Rulebook) -> list[Norm]:
    """One norm per benefit: the one in force, else one that says the law data have no amount for the day."""
    chosen: dict[str, Norm] = {}
    for norm in law.norms.values():
        benefit = benefit_of(norm)
        if benefit is not None and (benefit not in chosen or _in_force(book, norm)):
            chosen[benefit] = norm
    return list(chosen.values())


def _in_force(book: Rulebook, norm: Norm) -> bool:
    return norm.id in book.norms and not book.norms[norm.id].absent


def _received(law: Law, view: View) -> set[str]:
    """The benefits that a spell of the case covers on the day; a spell of unknown kind is none of them."""
    values = law.vocabulary.enums["ydelse"].values if "ydelse" in law.vocabulary.enums else ()
    covering = (attrs[0] for first, last, attrs in view.spells.get("ydelse", ()) if first <= view.on <= last)
    return {values[code] for code in covering if code is not None}


def _row(law: Law, book: Rulebook, view: View, norm: Norm, received: set[str], words: Words) -> dict[str, Any]:
    benefit = benefit_of(norm) or ""
    row: dict[str, Any] = {
        "benefit": benefit, "received": benefit in received, "norm": norm.id, "ref": norm.versions[-1].ref,
        "label": lawrows.labels_of(norm.label), "amount": None, "text": None, "per": periods(law).norm(norm.id),
        "in_force": _in_force(book, norm), "why": [], "questions": [], "assumptions": [],
        "sources": [], "earnings": [],
    }  # fmt: skip
    if not row["in_force"]:
        return row
    (one,) = explain(book, view, norm.id)
    row["ref"] = one.norm.ref
    row["amount"] = one.outcome.as_dict()["value"]
    row["text"] = answers.answer_text(one, words)
    row["why"] = Sentences(words, book).why(one)
    row["assumptions"] = one.assumptions(book)
    row["sources"] = [lawrows.source_row(slug, law) for slug in one.norm.version.sources]
    if not one.outcome.known:
        row["amount"] = None
        row["questions"] = [answers.question_row(question, words) for question in ask(book, view, [norm.id])]
    row["earnings"] = _earnings(law, book, view, benefit, words)
    return row


def _earnings(law: Law, book: Rulebook, view: View, benefit: str, words: Words) -> list[dict[str, Any]]:
    """What is disregarded and deducted of the earnings the case tells of; nothing where it tells of none."""
    field = law.vocabulary.fields.get(_EARNED)
    if field is None or view.fields[field.index] is None:
        return []
    found = []
    for id_ in _AFTER_EARNINGS.get(benefit, ()):
        if id_ not in law.norms or not _in_force(book, law.norms[id_]):
            continue
        (one,) = explain(book, view, id_)
        known = one.outcome.known
        found.append(
            {
                "norm": id_, "ref": one.norm.ref, "label": lawrows.labels_of(one.norm.norm.label),
                "amount": one.outcome.as_dict()["value"] if known else None, "text": answers.answer_text(one, words),
                "per": periods(law).norm(id_), "assumptions": one.assumptions(book),
                "questions": [] if known else [answers.question_row(asked, words) for asked in ask(book, view, [id_])],
            }
        )  # fmt: skip
    return found


def _draw(desk: Desk, law: Law, book: Rulebook, case: Case, rows: list[dict[str, Any]], words: Words) -> None:
    display.title(desk, case.case, book, law)
    for name, wanted in ((("Får", "Receives"), True), (("Ville være", "Would be"), False)):
        here = [row for row in rows if row["received"] is wanted]
        if here:
            display.section(desk.out, words.pick(*name))
        for row in here:
            _draw_one(desk, row, words)
    known = [row["benefit"] for row in rows if row["amount"] is not None]
    display.line(
        desk.out,
        words.pick(
            "Beløbene er før skat. Er betingelserne for ydelsen opfyldt, siger fodfaeste explain.",
            "Amounts are before tax. Whether the conditions of the benefit are met, fodfaeste explain tells.",
        ),
    )
    if not known:
        display.line(desk.out, words.pick("Intet beløb kan regnes ud endnu.", "No amount can be reckoned yet."))


def _draw_one(desk: Desk, row: dict[str, Any], words: Words) -> None:
    """A benefit: its amount with section, why, the doubts, and what must be known first."""
    out = desk.out
    head = f"{row['label'][words.lang]} · {row['ref']}"
    if not row["in_force"]:
        none = words.pick("lovdata har intet beløb for den dag", "the law data have no amount for that day")
        display.line(out, f"– {head}: {none}")
        return
    display.line(out, f"{'•' if row['amount'] is not None else '?'} {head}: {row['text']}", style="bold")
    for said in row["why"] if row["received"] else ():
        display.line(out, said, indent=2)
    for question in row["questions"]:
        display.line(out, f"{words.pick('Spørg', 'Ask')}: {question['ask']}", indent=2)
    if row["amount"] is None and not row["questions"]:
        none = words.pick("satsen er ikke i lovdata", "the rate is not in the law data")
        display.line(out, none, indent=2)
    for one in row["earnings"]:
        display.line(out, f"{one['label'][words.lang]} · {one['ref']}: {one['text']}", indent=2)
        for question in one["questions"]:
            display.line(out, f"{words.pick('Spørg', 'Ask')}: {question['ask']}", indent=4)
    if row["assumptions"]:
        told = ", ".join(row["assumptions"])
        display.line(out, words.pick(f"Hviler på tvivl: {told}", f"Rests on doubts: {told}"), indent=2)
