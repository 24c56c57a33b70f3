"""``fodfaeste explain``: what applies in a case, why, and what would change it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from fodfaeste.facts import Case, view_case
from fodfaeste.facts.scalars import suggest
from fodfaeste.interfaces import answers, lawrows
from fodfaeste.interfaces.casefiles import read_case_files
from fodfaeste.interfaces.cli import display
from fodfaeste.interfaces.cli.app import app, both
from fodfaeste.interfaces.cli.desk import (
    Desk,
    command,
    looks_like_regime,
    parsed_day,
)
from fodfaeste.interfaces.cli.onenorm import explain_norm
from fodfaeste.interfaces.cli.options import DateOption, PlaceOption, RegimeOption
from fodfaeste.interfaces.cli.sidebyside import show_side_by_side
from fodfaeste.interfaces.overview import Entry, Group, Overview, overview
from fodfaeste.interfaces.wording import (
    Sentences,
    Words,
    counted,
    deadline_text,
    flip_text,
    progress_text,
    question_note,
    question_text,
    status_text,
)
from fodfaeste.reasoning import Explanation, Status
from fodfaeste.rulebook import Law, Rulebook

FORMAT = "fodfaeste/explain/1"

CaseArgument = Annotated[
    Path,
    typer.Argument(
        metavar=both("SAG.json", "CASE.json"),
        show_default=False,
        help=both(
            "Filen med sagen (fodfaeste case new laver en at begynde på).",
            "The file with the case (fodfaeste case new makes one to begin with).",
        ),
    ),
]
PickOption = Annotated[
    str | None,
    typer.Option(
        "--case",
        metavar="ID",
        help=both("Sagens id, når filen har flere.", "The id of the case, when the file holds several."),
    ),
]
NormOption = Annotated[
    str | None,
    typer.Option(
        "--norm", metavar="ID", help=both("Forklar én regel helt til bunds.", "Explain one norm down to the ground.")
    ),
]
AgainstOption = Annotated[
    str | None,
    typer.Option(
        "--against",
        metavar=both("DATO|REGELREGIME", "DATE|REGIME"),
        help=both(
            "Vis samme sag på en anden dag eller under et regelregime ved siden af.",
            "Show the same case on another day or under a regime beside it.",
        ),
    ),
]
AllOption = Annotated[
    bool,
    typer.Option(
        "--all",
        help=both(
            "Vis alt: hver regel udfoldet, alle spørgsmål, også det, der er ens.",
            "Show everything: each norm unfolded, all questions, also what is equal.",
        ),
    ),
]

GROUPS: dict[Group, tuple[str, str]] = {
    Group.LATE: ("For sent eller ikke overholdt", "Late or breached"),
    Group.OPEN: ("Åbne pligter", "Open duties"),
    Group.UNKNOWN: ("Uvist – spørg om dette", "Unknown – ask this"),
    Group.LATER: ("Kommer senere", "Comes later"),
    Group.MET: ("Opfyldt", "Met"),
    Group.ASIDE: ("Undtaget, på pause eller bortfaldet", "Waived, paused or lapsed"),
    Group.RIGHTS: ("Rettigheder", "Rights"),
    Group.LEFT_OPEN: ("Overladt til myndigheden: kan, ikke skal", "Left open to the authority: may, not must"),
    Group.SANCTIONS: ("Sanktioner, der kan komme på tale", "Sanctions that may come up"),
    Group.STANDING: ("Gælder hele tiden", "Always applies"),
}
_MARKS = {Group.LATE: "!", Group.OPEN: "○", Group.UNKNOWN: "?", Group.LATER: "›", Group.MET: "✓", Group.ASIDE: "–"}
_STYLES = {Group.LATE: "bold red", Group.OPEN: "bold yellow", Group.UNKNOWN: "bold magenta", Group.MET: "bold green"}
_SHORT = (Group.STANDING, Group.LEFT_OPEN, Group.SANCTIONS)
_BRIEF = (Group.LATER, Group.MET)
_QUESTIONS, _WAITING = 6, 3


@command(
    app,
    "explain",
    "Forklar en sag: hvad der gælder, hvorfor, og hvad der ville ændre det.",
    "Explain a case: what applies, why, and what would change it.",
)
def explain_case(
    desk: Desk,
    case_file: CaseArgument,
    date: DateOption = None,
    place: PlaceOption = None,
    regime: RegimeOption = None,
    against: AgainstOption = None,
    norm: NormOption = None,
    case: PickOption = None,
    show_all: AllOption = False,
) -> int:
    """Group what applies; or explain one norm; or show two sides."""
    law = desk.law()
    chosen = chosen_case(desk, read_case_files(case_file, law.vocabulary), case)
    day, where = desk.day(date), place or chosen.municipality
    law, book = desk.rulebook(law, day, where, regime)
    view = view_case(chosen, law.vocabulary, day)
    if norm is not None:
        return explain_norm(desk, law, book, view, chosen, norm)
    found = overview(book, view, contrasts=against is None)
    if against is not None:
        law, other_book = other_side(desk, law, book, where, regime, against)
        other = overview(other_book, view_case(chosen, law.vocabulary, other_book.day), contrasts=False)
        return show_side_by_side(desk, law, chosen, found, other, show_all)
    words = desk.words(book)
    data = {"format": FORMAT, "case": chosen.case, **answers.overview_row(found, law, words)}
    desk.show(data, lambda: _Page(desk, law, found, words, show_all).draw(chosen))
    return 0


def chosen_case(desk: Desk, cases: Sequence[Case], wanted: str | None) -> Case:
    """The case asked for; the only one when there is one."""
    if wanted is not None:
        found = next((case for case in cases if case.case == wanted), None)
        if found is None:
            near = desk.said(suggest(wanted, [case.case for case in cases]))
            raise desk.refuse(f"Filen har ingen sag '{wanted}'; {near}", f"The file holds no case '{wanted}'; {near}")
        return found
    if not cases:
        raise desk.refuse(
            "Filen har ingen sager; skriv en, som fodfaeste case new gør.",
            "The file holds no case; write one, as fodfaeste case new does.",
        )
    if len(cases) != 1:
        some = ", ".join(case.case for case in cases[:3]) + (" …" if len(cases) > 3 else "")
        raise desk.refuse(
            f"Filen har {len(cases)} sager ({some}); vælg én med --case ID, eller brug fodfaeste duties.",
            f"The file holds {len(cases)} cases ({some}); choose one with --case ID, or use fodfaeste duties.",
        )
    return cases[0]


def other_side(
    desk: Desk, law: Law, book: Rulebook, place: str | None, regimes: list[str] | None, against: str
) -> tuple[Law, Rulebook]:
    """The rulebook of the other side: another day, or the same day with one regime more."""
    if looks_like_regime(against):
        return desk.rulebook(law, book.day, place, [*book.regimes, against])
    day = parsed_day(against)
    if day is None:
        raise desk.refuse(
            f"'{against}' er hverken en dato eller et regelregime; skriv år-måned-dag eller et id.",
            f"'{against}' is neither a date nor a regime; write year-month-day or an id.",
        )
    return desk.rulebook(law, day, place, regimes)


class _Page:
    """The overview drawn: group by group, the short ones on a line each."""

    def __init__(self, desk: Desk, law: Law, found: Overview, words: Words, show_all: bool) -> None:
        self.desk, self.law, self.found, self.words, self.show_all = desk, law, found, words, show_all
        self.sentences = Sentences(words, found.rulebook)
        self.doubts: dict[str, None] = {}

    def draw(self, case: Case) -> None:
        """Title, groups, doubts, and where to look further."""
        display.title(self.desk, case.case, self.found.rulebook, self.law)
        shown = (Group.LATE, Group.OPEN, Group.UNKNOWN, Group.LATER, Group.MET)
        counts = (
            f"{self.words.pick(*GROUPS[group]).split(' – ')[0].lower()} {len(self.found.of(group))}" for group in shown
        )
        self.line(" · ".join(counts))
        for group, names in GROUPS.items():
            entries = self.found.of(group)
            if entries:
                display.section(self.desk.out, f"{self.words.pick(*names)} ({len(entries)})")
                self.group(group, entries)
        if self.doubts:
            display.section(
                self.desk.out, self.words.pick("Tvivl, som svarene hviler på", "Doubts the answers rest on")
            )
            for doubt in sorted(self.doubts):
                self.line(lawrows.doubt_text(doubt, self.law, self.words))
        self.desk.out.print()
        self.line(
            self.words.pick(
                "Hele forklaringen af én regel: --norm ID. Alt: --all.",
                "One norm in full: --norm ID. Everything: --all.",
            ),
            style="dim",
        )

    def line(self, text: str, indent: int = 0, style: str = "") -> None:
        """A paragraph."""
        display.line(self.desk.out, text, indent, style)

    def group(self, group: Group, entries: list[Entry]) -> None:
        """The entries of one group."""
        if group == Group.UNKNOWN and not self.show_all:
            self.questions()
        elif group in _SHORT and not self.show_all:
            self.short(entries)
        else:
            for entry in entries:
                self.block(entry)

    def block(self, entry: Entry) -> None:
        """One answer: what, when, why, and what would change it."""
        one, group = entry.explanation, entry.group
        self.line(f"{_MARKS.get(group, '·')} {self.words.norm(one.norm.id)}", style=_STYLES.get(group, "bold"))
        self.line(" · ".join(part for part in self.particulars(one, group) if part), 4)
        why = self.sentences.why(one)
        if group in _BRIEF and not self.show_all:
            why = why[1:]
        for said in why:
            self.line(said, 4)
        if entry.nearest is not None:
            self.line(f"→ {flip_text(entry.nearest, self.words, one.norm.norm.type)}", 4)
        doubts = one.assumptions(self.found.rulebook)
        if doubts:
            self.doubts |= dict.fromkeys(doubts)
            self.line(self.words.pick("hviler på tvivl ", "rests on doubt ") + ", ".join(doubts), 4, "dim")

    def particulars(self, one: Explanation, group: Group) -> list[str]:
        """Section, item, status, who owes it, last day, count, promise, regimes, id."""
        outcome, words, norm = one.outcome, self.words, one.norm
        told = [norm.ref]
        if one.item is not None:
            told.append(answers.item_text(one.item, words))
        if outcome.status is not None and group in (Group.LATE, Group.MET, Group.ASIDE):
            told.append(status_text(outcome.status, words))
        told += [
            words.actor(norm.norm.owed_by),
            deadline_text(outcome, self.found.on, words),
            progress_text(outcome, words),
        ]
        if outcome.promise is not None and outcome.status in (Status.OPEN, Status.LATE):
            promised = words.day(outcome.promise)
            told.append(words.pick(f"kommunens løfte {promised}", f"the municipality's promise {promised}"))
        if norm.edits:
            told.append(
                words.pick("ændret af ", "edited by ") + ", ".join(dict.fromkeys(regime for regime, _ in norm.edits))
            )
        return [*told, f"norm {norm.id}"]

    def short(self, entries: list[Entry]) -> None:
        """One line each."""
        rows = {e.explanation.norm.id: e.explanation.norm for e in entries}
        for norm in rows.values():
            self.line(f"· {self.words.norm(norm.id)} – {norm.ref}, norm {norm.id}")

    def questions(self) -> None:
        """What to ask, the most telling first."""
        asked = self.found.questions[:_QUESTIONS]
        for number, question in enumerate(asked, 1):
            self.line(f"{number}. {question_text(question, self.words)}", style="bold")
            labels = [self.words.quote(self.words.norm(id_)) for id_ in question.norms[:_WAITING]]
            more = len(question.norms) - _WAITING
            waiting = ", ".join(labels) + (self.words.pick(f" og {more} mere", f" and {more} more") if more > 0 else "")
            note = question_note(question, self.words)
            self.line(self.words.pick(f"{note}; afgør {waiting}", f"{note}; settles {waiting}"), 4)
        if len(self.found.questions) > len(asked):
            more = len(self.found.questions) - len(asked)
            n = counted(more, *(("spørgsmål", "spørgsmål") if self.desk.lang == "da" else ("question", "questions")))
            self.line(
                self.words.pick(
                    f"… og {n} mere: --all viser, hvad hver regel mangler.",
                    f"… and {n} more: --all shows what each norm lacks.",
                ),
                style="dim",
            )
