"""Columns of text as values. Each different text is read once, however many rows hold it.

What a text may be depends on the column's type; what cannot be read becomes a fault of every row that holds it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import polars as pl

from fodfaeste.facts import UnfitValueError, Vocabulary, encode
from fodfaeste.facts.encoding import check_range, plain
from fodfaeste.facts.scalars import suggest
from fodfaeste.interfaces.cells import AmbiguousNumberError, cell
from fodfaeste.interfaces.exchange.extracts.faults import Faults

_DAY_TIME = re.compile(r"(\d{4}-\d{2}-\d{2}|\d{1,2}[-./]\d{1,2}[-./]\d{4})[ T](\d{1,2})[.:](\d{2})(?:[.:]\d{2})?")
_WEEK = re.compile(r"(\d{4})[-_ ]?(?:[wWuU]|uge)?[-_ ]?(\d{1,2})")
_WEEK_FIRST = re.compile(r"(?:uge )?(\d{1,2})[-/. ](\d{4})")
_YES = ("true", "ja", "j", "sand", "yes", "y", "1", "x")
_NO = ("false", "nej", "n", "falsk", "no", "0")


def text(frame: pl.DataFrame, name: str) -> pl.Series:
    """A column without blanks around its cells; an empty cell is null, and so is a column that is not there."""
    if name not in frame.columns:
        return pl.Series(name, [None] * frame.height, dtype=pl.String)
    return frame.select(pl.col(name).str.strip_chars().replace("", None)).to_series()


def read(column: pl.Series, dtype: Any, reader: Callable[[str], Any], faults: Faults, field: str) -> pl.Series:
    """Each different text of a column through ``reader``, which raises UnfitValueError for what it cannot read."""
    texts: list[str] = []
    values: list[Any] = []
    wrong: dict[str, UnfitValueError] = {}
    for one in column.unique().drop_nulls().to_list():
        try:
            value = reader(one)
        except UnfitValueError as unfit:
            wrong[one] = unfit
        else:
            texts.append(one)
            values.append(value)
    for one, error in wrong.items():
        faults.unfit(column == one, field, one, error)
    if not texts:
        return pl.Series(column.name, [None] * len(column), dtype=dtype)
    return column.replace_strict(
        pl.Series(texts, dtype=pl.String), pl.Series(values, dtype=dtype, strict=False), default=None,
        return_dtype=dtype,
    )  # fmt: skip


def day_of(given: str) -> dt.date:
    """A day as year-month-day or day-month-year, also with a time of day behind it, which is left out."""
    match = _DAY_TIME.fullmatch(given)
    value = cell(match[1] if match else given, "date")
    try:
        return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
    except ValueError:
        raise UnfitValueError(f"'{given}' is not a date", "write year-month-day or day-month-year") from None


def time_of(given: str) -> dt.datetime:
    """A day and a time of day."""
    match = _DAY_TIME.fullmatch(given)
    if match is None:
        raise UnfitValueError(f"'{given}' is not a day and a time", "write year-month-day hour:minute")
    try:
        return dt.datetime.combine(day_of(match[1]), dt.time(int(match[2]), int(match[3])))
    except ValueError:
        raise UnfitValueError(f"'{given}' is not a day and a time", "write year-month-day hour:minute") from None


def week_of(given: str) -> dt.date:
    """Monday of a week, written 2026-W05, 2026U05, 202605 or 5-2026."""
    match = _WEEK.fullmatch(given)
    year, week = (int(match[1]), int(match[2])) if match else (0, 0)
    if match is None and (match := _WEEK_FIRST.fullmatch(given)):
        year, week = int(match[2]), int(match[1])
    try:
        return dt.date.fromisocalendar(year, week, 1)
    except ValueError:
        raise UnfitValueError(f"'{given}' is not a week", "write year and week, as 2026-W05") from None


def truth_of(given: str) -> bool:
    """Ja or nej, and their kin."""
    word = given.lower()
    if word in _YES or word in _NO:
        return word in _YES
    raise UnfitValueError(f"'{given}' is not yes or no", "write ja or nej")


def count_of(given: str) -> int:
    """A whole number; a point or a blank may part the thousands."""
    digits = re.sub(r"(?<=\d)[. ](?=\d{3})", "", given)
    if re.fullmatch(r"-?\d{1,9}", digits):
        return int(digits)
    raise UnfitValueError(f"'{given}' is not a whole number", "write digits only")


def money_of(decimal_comma: bool) -> Callable[[str], int]:
    """Øre. ``decimal_comma``: the column has amounts with a comma, so a point in it parts thousands."""

    def read_one(given: str) -> int:
        bare = given.replace(" ", "").removesuffix("kr.").removesuffix("kr").removesuffix(",-")
        if decimal_comma:
            bare = bare.replace(".", "").replace(",", ".")
        elif re.fullmatch(r"-?\d{1,3}(\.\d{3})+", bare):
            raise UnfitValueError(f"'{given}' can be read in two ways", f"write {bare.replace('.', '')},00")
        try:
            ore = Decimal(bare) * 100
        except InvalidOperation:
            raise UnfitValueError(f"'{given}' is not an amount", "write kroner with a decimal comma") from None
        if ore != ore.to_integral_value():
            raise UnfitValueError(f"'{given}' has more than two decimals", "round it to whole øre")
        return int(ore)

    return read_one


def choice_of(choices: Mapping[str, str], what: str) -> Callable[[str], str]:
    """One of some words, by its own name or one of its labels, in any case."""

    def read_one(given: str) -> str:
        found = choices.get(given) or choices.get(given.lower())
        if found is None:
            raise UnfitValueError(f"'{given}' is not {what}", suggest(given.lower(), set(choices.values())))
        return found

    return read_one


def labelled(names: Iterable[tuple[str, Mapping[str, str]]]) -> dict[str, str]:
    """Names by themselves and by their labels, in lower case; a label that two names share names neither."""
    found: dict[str, str] = {}
    shared: set[str] = set()
    for name, labels in names:
        for label in {word.lower() for word in labels.values()}:
            if found.setdefault(label, name) != name:
                shared.add(label)
    for label in shared:
        del found[label]
    return found | {name: name for name, _ in names}


class Words:
    """The vocabulary as people write it: values and kinds by their names or their labels."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._readers: dict[str, Callable[[str], str]] = {}

    def choice(self, type_: str) -> Callable[[str], str]:
        """Reads a value of an enum."""
        if type_ not in self._readers:
            enum = self.vocabulary.enums[type_]
            names = labelled([(value, enum.labels[value]) for value in enum.values])
            self._readers[type_] = choice_of(names, f"a value of {type_}")
        return self._readers[type_]

    def kinds(self, what: str) -> Callable[[str], str]:
        """Reads a kind of event or spell, or a field."""
        known: Mapping[str, Any] = {
            "event": self.vocabulary.events, "spell": self.vocabulary.spells, "field": self.vocabulary.fields,
        }[what]  # fmt: skip
        said = {"event": "a kind of event", "spell": "a kind of spell", "field": "a field"}[what]
        return choice_of(labelled([(name, one.label) for name, one in known.items()]), said)

    def value(self, given: str, type_: str) -> Any:
        """A value of a type, as JSON holds it."""
        if type_ in self.vocabulary.enums:
            return self.choice(type_)(given)
        if type_ == "bool":
            return truth_of(given)
        if type_ == "date":
            return day_of(given).isoformat()
        try:
            value = cell(given, type_)
        except AmbiguousNumberError as error:
            raise UnfitValueError(str(error), error.mend) from None
        encode(value, type_, self.vocabulary)
        return plain(Decimal(str(value)) if type_ in ("money", "hours", "percent") else value)

    def fact(self, given: str, field: str) -> Any:
        """A value of a field, within its range."""
        known = self.vocabulary.fields[field]
        value = self.value(given, known.type)
        if known.type not in self.vocabulary.enums:
            check_range(encode(value, known.type, self.vocabulary), known.lo, known.hi, known.type)
        return value
