"""The invented municipality as a folder of extracts, with a few rows as wrong as real ones are."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from fodfaeste.foundation import from_day, is_workday
from fodfaeste.population.municipality import dirt
from fodfaeste.population.municipality.histories import CODE, Course, assumed, draw_course, form
from fodfaeste.population.municipality.persons import People, Person, words
from fodfaeste.population.municipality.staffing import Staff

_ATTRIBUTES = ("Type", "Udfald", "Holder", "Emne", "Fra", "Form")
HEADS: dict[str, list[str]] = {
    "medarbejdere": ["Brugernavn", "Fornavn", "Efternavn", "Team"],
    "borgere": ["Personnummer", "Navn", "Telefon", "Beskyttet", "Sag åbnet", "Sag lukket", "Sagsbehandler"],
    "maalgrupper": ["Personnummer", "Målgruppe", "Fra", "Til"],
    "ydelsesuger": ["Personnummer", "Uge", "Kode"],
    "tilbud": ["Personnummer", "Tilbud", "Sektor", "Fra", "Til"],
    "fravaer": ["Personnummer", "Fra", "Til"],
    "samtaler": ["Personnummer", "Dato", "Samtaletype", "Form", "Afholdt af", "Fællessamtale"],
    "haendelser": ["Personnummer", "Dato", "Hændelse", *_ATTRIBUTES],
    "anmodninger": ["Personnummer", "Modtaget", "Om"],
    "oplysninger": ["Personnummer", "Felt", "Værdi", "Registreret", "Kilde"],
    "aftaler": ["Personnummer", "Tidspunkt", "Form", "Sagsbehandler", "Sted"],
    "maal": ["Personnummer", "Art", "Tekst", "Skrevet"],
    "skridt": ["Personnummer", "Tekst", "Hvem", "Dato", "Begrundelse", "Aftalt", "Udført"],
    "refusion": ["Uge", "Antal", "Total", "Refusion", "Medfinansiering", "Ydelse"],
}
"""The tables, with their columns as a Danish system would head them."""

_TALKS = ("jobsamtale", "sygeopfoelgning", "cv-samtale")
_WEEKLY = "ydelsesuger"
_MONDAY = 3  # 1 January 1970 was a Thursday
_PAID = {"dp": "A-dagpenge", "kh-jobparat": "Kontanthjælp", "kh-aktivitetsparat": "Kontanthjælp", "syg": "Sygedagpenge",
         "jaf": "Ressourceforløbsydelse", "fleks": "Ledighedsydelse"}  # fmt: skip


@dataclass
class Municipality:
    """Rows of every table; days are whole days since 1970 until they are written."""

    on: int
    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=lambda: {name: [] for name in HEADS})
    dirty: int = 0
    """Rows that an import must reject."""


def invent(
    number: int,
    on: int,
    seed: int = 1,
    kommune: int = 0,
    events: int = 0,
    progress: Callable[[int], None] | None = None,
) -> Municipality:
    """``number`` citizens known to an employment service on a day, drawn with a seed; no real person.

    ``events`` fills each course with logged job applications until it has so many events.
    """
    made = Municipality(on)
    people, staff = People(kommune, on), Staff(seed)
    weeks: Counter[tuple[int, str]] = Counter()
    for index in range(number):
        chance = random.Random(f"{seed}:{index}")  # noqa: S311 - invented people need no secret
        person, course = people.draw(chance), draw_course(chance, on)
        caseworker = staff.caseworker_for(course.group) if course.closed is None else None
        _add_person(made, chance, person, course, caseworker)
        _add_lines(made, chance, person, course, events)
        _add_weeks(made, person, course, weeks)
        if caseworker is not None:
            _add_plan(made, chance, person, course, caseworker)
        if progress is not None and index % 500 == 0:
            progress(index)
    made.rows["medarbejdere"] = list(staff.members)
    _add_reimbursement(made, weeks)
    made.dirty = dirt.add(made.rows, on)
    return made


def _add_person(
    made: Municipality, chance: random.Random, person: Person, course: Course, caseworker: str | None
) -> None:
    protected = "ja" if chance.random() < assumed("share_protected") else "nej"
    made.rows["borgere"].append(
        (person.number, person.name, person.phone, protected, course.opened, course.closed, caseworker)
    )
    for segment in course.segments:
        made.rows["maalgrupper"].append((person.number, segment.group, segment.first, segment.last))
    written = max(course.opened, made.on - 400)
    for name, value in course.facts.items():
        said = {True: "ja", False: "nej"}.get(value, value)
        made.rows["oplysninger"].append((person.number, name, said, written, "Samtale med borgeren"))


def _add_lines(made: Municipality, chance: random.Random, person: Person, course: Course, events: int) -> None:
    last = made.on if course.closed is None else course.closed
    for day, kind, attrs in sorted(course.events, key=lambda event: event[0]):
        if kind in _TALKS:
            together = {True: "ja", False: "nej", None: None}[attrs.get("faelles")]
            made.rows["samtaler"].append((person.number, day, kind, attrs.get("form"), attrs.get("holder"), together))
        elif kind == "anmodning":
            made.rows["anmodninger"].append((person.number, day, attrs["om"]))
        else:
            made.rows["haendelser"].append(
                (person.number, day, kind, *(attrs.get(name.lower()) for name in _ATTRIBUTES))
            )
    length = max(last - course.opened, 1)
    for _ in range(events - len(course.events)):
        day = course.opened + int(chance.random() * length)
        made.rows["haendelser"].append((person.number, day, "jobansoegning", *[None] * len(_ATTRIBUTES)))
    for first, end, kind, sector in course.offers:
        made.rows["tilbud"].append((person.number, kind, sector, first, end))
    for first, end in course.absences:
        made.rows["fravaer"].append((person.number, first, end))


def _add_weeks(made: Municipality, person: Person, course: Course, weeks: Counter[tuple[int, str]]) -> None:
    groups: dict[int, str] = {}
    for segment in course.segments:
        last = made.on if segment.last is None else segment.last
        for monday in range(_monday(segment.first), _monday(last) + 1, 7):
            groups[monday] = segment.group
    for monday, group in groups.items():
        made.rows[_WEEKLY].append((person.number, monday, CODE[group]))
        weeks[monday, _PAID[group]] += 1


def _monday(day: int) -> int:
    return day - (day + _MONDAY) % 7


def _add_plan(made: Municipality, chance: random.Random, person: Person, course: Course, caseworker: str) -> None:
    """The next conversation, what the citizen wrote, and the steps that were agreed."""
    bank = words("words.yaml")
    if chance.random() < assumed("share_with_appointment"):
        day = made.on if chance.random() < 0.08 else made.on + 1 + chance.randrange(45)
        while not is_workday(day):
            day += 1
        hour, minute = 8 + chance.randrange(7), chance.choice((0, 30))
        how = form(chance)
        place = chance.choice(bank["notes_of_place"]) if how == "fysisk" else None
        at = f"{from_day(day):%d-%m-%Y} {hour:02d}:{minute:02d}"
        made.rows["aftaler"].append((person.number, at, how, caseworker, place))
        made.rows["oplysninger"].append(
            (
                person.number,
                "naeste_samtale_aftalt",
                from_day(day).isoformat(),
                max(course.opened, made.on - 20),
                "Aftale",
            )
        )
    if chance.random() >= assumed("share_with_goal"):
        return
    written = course.opened + int(chance.random() * (made.on - course.opened))
    made.rows["maal"].append((person.number, "mål", chance.choice(bank["goals"][course.group]), written))
    if chance.random() < 0.25:
        made.rows["maal"].append((person.number, "situation", chance.choice(bank["situations"]), written))
    for owner in chance.sample(("borger", "kommune"), chance.randrange(3)):
        text, reason = chance.choice(bank["steps"][owner])
        done = made.on - 1 - chance.randrange(20) if chance.random() < 0.3 else None
        day = made.on + 1 + chance.randrange(40) if done is None else done
        made.rows["skridt"].append(
            (person.number, text, owner, day, reason, "ja", max(done, course.opened) if done else None)
        )


def _add_reimbursement(made: Municipality, weeks: Counter[tuple[int, str]]) -> None:
    """Invented amounts, so that the table has the shape of a real one."""
    for (monday, benefit), persons in sorted(weeks.items()):
        if monday < made.on - 400:
            continue
        total = round(persons * assumed("weekly_payment"), 2)
        state = round(total * assumed("state_share"), 2)
        made.rows["refusion"].append(
            (_week(monday), persons, _kroner(total), _kroner(state), _kroner(total - state), benefit)
        )


def _kroner(amount: float) -> str:
    return f"{amount:_.2f}".replace("_", " ").replace(".", ",").replace(" ", ".")


def _week(monday: int) -> str:
    year, week, _ = from_day(monday).isocalendar()
    return f"{year}-W{week:02d}"


_DAYS = ("Fra", "Til", "Dato", "Sag åbnet", "Sag lukket", "Modtaget", "Registreret", "Skrevet", "Udført")


def write(made: Municipality, folder: Path) -> None:
    """Write the tables to a folder: CSV with semicolons and day-month-year; the weeks, which are many, as Parquet."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, head in HEADS.items():
        columns = {
            column: _column(column, [row[at] for row in made.rows[name]], name) for at, column in enumerate(head)
        }
        frame = pl.DataFrame(columns)
        if name == _WEEKLY:
            frame.write_parquet(folder / f"{name}.parquet")
        else:
            frame.write_csv(folder / f"{name}.csv", separator=";", include_bom=True)


def _column(name: str, cells: list[Any], table: str) -> pl.Series:
    if name == "Uge" and table == _WEEKLY:
        known = {cell: _week(cell) if isinstance(cell, int) else cell for cell in set(cells)}
        return pl.Series(name, [known[cell] for cell in cells], dtype=pl.String)
    if name in _DAYS and (table, name) != ("haendelser", "Fra"):
        days = {cell: f"{from_day(cell):%d-%m-%Y}" if isinstance(cell, int) else cell for cell in set(cells)}
        return pl.Series(name, [days[cell] for cell in cells], dtype=pl.String)
    return pl.Series(name, [None if cell is None else str(cell) for cell in cells], dtype=pl.String)
