"""A municipality's extract of reimbursement as it comes from Ydelsesrefusion: one line per person, week and benefit.

Person numbers serve to tell persons apart while the file is reconciled. They are not kept, shown or written.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fodfaeste.economy.ladder import Payment
from fodfaeste.economy.reconcile import Line
from fodfaeste.economy.terms import BENEFIT
from fodfaeste.facts import Vocabulary
from fodfaeste.foundation import Problem, ProblemError, parse_kroner, to_day
from fodfaeste.interfaces.cells import AmbiguousNumberError, cell

COLUMNS = {
    "week": ("uge",),
    "person": ("cpr nummer", "personnummer", "cpr", "cprnr"),
    "benefit": ("ydelse",),
    "amount": ("beregnet udbetalingsbeløb", "beløb"),
    "state": ("refusionsbeløb", "refusion"),
    "municipality": ("medfinansieringsbeløb", "medfinansiering"),
}
_OTHER_NAMES = {
    "a-dagpenge": "dagpenge",
    "dagpenge": "dagpenge",
    "ressourceforløbsydelse": "ressourceydelse-rf",  # jobafklaring is shared in the same way
    "løntilskud": "loentilskud",
}
SHARED_ALIKE = {"ressourceydelse-rf": "ressourceydelse-jaf"}
"""A benefit whose name in an extract also stands for another."""

_WEEK = re.compile(r"(\d{4})[- ]?[WU]?(\d{1,2})", re.IGNORECASE)
_MOST = 100  # problems told at once; more say nothing new
_LARGEST = 2_000_000_000  # øre; twenty million kroner a week is a slip of the pen


def read_extract(path: Path, words: Vocabulary) -> list[Line]:
    """The lines of a CSV file. Raises ProblemError with everything that is wrong, by line and column."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ProblemError(
            [Problem(path.name, None, "", "there is no such file", "check the name of the file")]
        ) from None
    except (OSError, UnicodeDecodeError):
        mend = "give a CSV file in UTF-8, one line per person, week and benefit"
        raise ProblemError([Problem(path.name, None, "", "the file cannot be read as text", mend)]) from None
    rows = list(_rows(text))
    if not rows:
        raise ProblemError(
            [Problem(path.name, None, "", "the file is empty", "give a line of headings, and lines below")]
        )
    places = _places(path.name, rows[0][1])
    reader = _Reader(path.name, places, words)
    lines = [line for number, row in rows[1:] if any(row) for line in reader.line(number, row)]
    if reader.problems:
        raise ProblemError(reader.problems[:_MOST])
    return lines


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line they end on; comma or semicolon, as the first line shows."""
    first = text.partition("\n")[0]
    reader = csv.reader(text.splitlines(), delimiter=";" if first.count(";") >= first.count(",") else ",")
    for row in reader:
        yield reader.line_num, [one.strip() for one in row]


def _places(file: str, head: list[str]) -> dict[str, int]:
    """Where each column stands."""
    named = {re.sub(r"[\s_]+", " ", name).strip().lower(): at for at, name in enumerate(head)}
    found = {key: next((named[name] for name in names if name in named), -1) for key, names in COLUMNS.items()}
    lacking = [COLUMNS[key][0] for key, at in found.items() if at < 0]
    if lacking:
        mend = "the individual extract has them; the aggregate one names no persons and cannot be reconciled by line"
        raise ProblemError([Problem(file, 1, name, f"the column '{name}' is missing", mend) for name in lacking])
    return found


def benefit_names(words: Vocabulary) -> dict[str, str]:
    """The benefit each name of an extract stands for, in small letters."""
    enum = words.enums[words.fields[BENEFIT].type]
    named = {str(enum.labels[value].get("da", value)).lower(): value for value in enum.values}
    return {value: value for value in enum.values} | named | _OTHER_NAMES


class _Reader:
    """Turns rows into lines and keeps what is wrong."""

    def __init__(self, file: str, places: dict[str, int], words: Vocabulary) -> None:
        self.file, self.places, self.problems = file, places, list[Problem]()
        self.benefits = benefit_names(words)

    def line(self, number: int, row: list[str]) -> Iterator[Line]:
        """The line, unless something is wrong with it."""
        before = len(self.problems)
        cells = {key: row[at] if at < len(row) else "" for key, at in self.places.items()}
        day = self._week(number, cells["week"])
        benefit = self._benefit(number, cells["benefit"])
        person = re.sub(r"\D", "", cells["person"]) or cells["person"]
        if not person:
            self._wrong(number, "person", "it is not told whose the line is", "write a person number, or any key")
        amounts = {key: self._money(number, key, cells[key]) for key in ("amount", "state", "municipality")}
        if amounts["amount"] is None and len(self.problems) == before:
            self._wrong(number, "amount", "the amount is missing", "write the amount that was paid; 0 if nothing was")
        if len(self.problems) == before and day is not None:
            payment = Payment(day, benefit, None, amounts["amount"])
            yield Line(number, person, payment, amounts["state"], amounts["municipality"])

    def _wrong(self, number: int, key: str, message: str, mend: str) -> None:
        self.problems.append(Problem(self.file, number, COLUMNS[key][0], message, mend))

    def _week(self, number: int, text: str) -> int | None:
        match = _WEEK.fullmatch(text)
        try:
            if match is not None:
                return to_day(dt.date.fromisocalendar(int(match[1]), int(match[2]), 1))
        except ValueError:
            pass
        self._wrong(number, "week", f"'{text}' is not a week", "write year and week, as 2024-W05")
        return None

    def _benefit(self, number: int, text: str) -> str | None:
        found = self.benefits.get(text.lower())
        if found is None:
            self._wrong(
                number,
                "benefit",
                f"'{text}' is not a benefit",
                "write a name from fodfaeste vocabulary refusionsydelse",
            )
        return found

    def _money(self, number: int, key: str, text: str) -> int | None:
        try:
            said: Any = cell(text, "money")
            found = None if said is None else parse_kroner(said)
        except AmbiguousNumberError as error:
            self._wrong(number, key, str(error), error.mend)
            return None
        except ValueError:
            self._wrong(number, key, f"'{text}' is not an amount", "write kroner with at most two decimals, as 2844,46")
            return None
        if found is not None and abs(found) > _LARGEST:
            self._wrong(number, key, f"'{text}' is too large for a week", "write kroner, not øre")
            return None
        return found
