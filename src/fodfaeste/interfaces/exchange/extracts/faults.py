"""What is wrong with rows: everything that is wrong with each, said in the reader's language when it is read."""

from __future__ import annotations

from typing import Any

import polars as pl

from fodfaeste.facts import UnfitValueError
from fodfaeste.interfaces.wording import Language, pick, reworded

SENTENCES: dict[str, tuple[str, str, str, str]] = {
    # code: what (da), mend (da), what (en), mend (en); {given} is the cell
    "missing": ("cellen er tom", "skriv en værdi", "the cell is empty", "write a value"),
    "person": (
        "'{given}' er ikke et personnummer", "skriv ti cifre: dag, måned, år og løbenummer",
        "'{given}' is not a person number", "write ten digits: day, month, year and serial number",
    ),
    "unknown_person": (
        "'{given}' står ikke blandt borgerne", "tilføj borgeren i borgere, eller ret nummeret",
        "'{given}' is not among the citizens", "add the citizen to borgere, or correct the number",
    ),
    "person_twice": (
        "borgeren står også i række {given} med andre oplysninger", "behold den række, der er rigtig",
        "the citizen also stands in row {given} with other information", "keep the row that is right",
    ),
    "future": (
        "'{given}' ligger efter den dag, der indlæses", "ret datoen; det, der er aftalt, hører til i aftaler",
        "'{given}' is after the day of the import", "correct the date; what is agreed belongs in aftaler",
    ),
    "backwards": (
        "den sidste dag ({given}) ligger før den første", "byt om på de to, eller ret den ene",
        "the last day ({given}) is before the first", "swap the two, or correct one",
    ),
    "unknown_code": (
        "'{given}' er ikke en af DREAM's statuskoder", "ret koden, eller få den føjet til dream.yaml",
        "'{given}' is not one of DREAM's status codes", "correct the code, or have it added to dream.yaml",
    ),
    "week_twice": (
        "ugen står også i række {given} med en anden kode", "behold den kode, der gælder for ugen",
        "the week also stands in row {given} with another code", "keep the code that holds for the week",
    ),
    "unknown_user": (
        "'{given}' er ikke en bruger i kommunen", "tilføj brugeren i medarbejdere, eller ret navnet",
        "'{given}' is not a user in the municipality", "add the user to medarbejdere, or correct the name",
    ),
    "user_elsewhere": (
        "brugeren '{given}' hører til en anden kommune", "giv brugeren et andet navn",
        "the user '{given}' belongs to another municipality", "give the user another name",
    ),
    "not_an_attribute": (
        "{more} har ingen '{field}'", "lad cellen være tom", "{more} has no '{field}'", "leave the cell empty",
    ),
    "by_whom": (
        "feltet vurderes af en navngiven medarbejder, og 'af' er tom", "skriv, hvem der har vurderet det",
        "the field is judged by a named person, and 'af' is empty", "write who judged it",
    ),
    "id_twice": (
        "id'et '{given}' står også i en tidligere række", "giv hver række sit eget id",
        "the id '{given}' also stands in an earlier row", "give each row an id of its own",
    ),
    "torn": (
        "rækken har flere felter end tabellen har kolonner", "sæt tekst med skilletegn i anførselstegn",
        "the row has more fields than the table has columns", "put text with separators in quotation marks",
    ),
    "overlap": (
        "perioden overlapper en anden af samme slags ({given})", "ret datoerne, så de to ikke mødes",
        "the period overlaps another of its kind ({given})", "correct the dates so that the two do not meet",
    ),
    "corrected_here": (
        "linjen er rettet i sagen, siden den blev indlæst", "ret den i sagen, hvis udtrækket har ret",
        "the line was corrected in the case since it was imported", "correct it in the case if the extract is right",
    ),
    "contradicts": (
        "rækken siger noget andet end {given}", "behold den række, der er rigtig",
        "the row says otherwise than {given}", "keep the row that is right",
    ),
    "taken": (
        "rækkens nøgle er brugt af en anden linje", "giv rækken et id",
        "the key of the row is used by another line", "give the row an id",
    ),
}  # fmt: skip


class Faults:
    """The faults of the rows of one table."""

    def __init__(self, rows: pl.Series) -> None:
        self._rows = rows
        self._found: dict[int, list[dict[str, Any]]] = {}
        self._bad: pl.Series | None = None

    def add(self, where: pl.Series, field: str, code: str, given: pl.Series | str | None = None, **more: Any) -> None:
        """A fault of the rows where ``where`` is true; ``given`` are the cells, or what the sentence says instead."""
        where = where.fill_null(value=False)
        if not where.any():
            return
        self._bad = where if self._bad is None else self._bad | where
        cells = given.filter(where).to_list() if isinstance(given, pl.Series) else [given] * int(where.sum())
        for row, one in zip(self._rows.filter(where).to_list(), cells, strict=True):
            problem = {"field": field, "code": code, "given": None if one is None else str(one), **more}
            self._found.setdefault(row, []).append(problem)

    def unfit(self, where: pl.Series, field: str, given: str, error: UnfitValueError) -> None:
        """A cell that does not fit: the sentence comes from the room that checked it."""
        self.add(where, field, "unfit", given, message=error.message, mend=error.mend)

    def at(self, row: int, field: str, code: str, given: str | None = None) -> None:
        """A fault of one row that is not in the table's frame."""
        self._found.setdefault(row, []).append({"field": field, "code": code, "given": given})

    @property
    def rows(self) -> dict[int, list[dict[str, Any]]]:
        """The faults by row."""
        return self._found

    def good(self) -> pl.Series | None:
        """Which rows have none (None: all)."""
        return None if self._bad is None else ~self._bad


def sentences(problem: dict[str, Any], lang: Language) -> tuple[str, str]:
    """What is wrong, and how to mend it."""
    if problem["code"] == "unfit":
        return reworded(problem["message"], lang), reworded(problem["mend"], lang)
    what_da, mend_da, what_en, mend_en = SENTENCES[problem["code"]]
    told = {"given": "", "more": "", **problem}
    return pick(lang, what_da, what_en).format(**told), pick(lang, mend_da, mend_en).format(**told)
