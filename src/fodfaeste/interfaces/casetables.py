"""Tables of cases, one row per person, fact, spell or event, in CSV or Parquet.

``people`` must be there; ``facts``, ``spells`` and ``events`` may be. docs/guide/command-line.md gives the layout.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from fodfaeste.facts import FORMAT, Case, EventKind, SpellKind, Vocabulary, read_case
from fodfaeste.foundation import Problem, ProblemError
from fodfaeste.interfaces.casefiles import JOINTS, TABLES, Track
from fodfaeste.interfaces.cells import AmbiguousNumberError, cell

NAMES = ("people", "facts", "spells", "events")
_FACT_TYPES = {"from": "date", "to": "date", "recorded": "date"}
_LINE_TYPES = {**_FACT_TYPES, "date": "date", "void": "bool"}
_COLUMNS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "people": (("case",), ("municipality", "note", "unobserved")),
    "facts": (("case", "field", "value"), ("from", "to", "recorded", "source", "by")),
    "spells": (("case", "kind", "from"), ("to", "id", "recorded", "void", "corrects")),
    "events": (("case", "kind", "date"), ("id", "recorded", "void", "corrects")),
}
_PLACE = re.compile(r"(facts|spells|events)\[(\d+)\](?:\.(.+))?")


@dataclass(frozen=True)
class Table:
    """One file: its columns, and its rows as they stand."""

    name: str
    file: str
    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    first_line: int  # 2 below a line of column names, 1 where rows are all there is


@dataclass
class Draft:
    """One case being put together, and the row and column each of its lines came from."""

    obj: dict[str, Any]
    line: int
    origins: dict[str, list[tuple[Table, int, str]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, part: str, entry: dict[str, Any], table: Table, line: int, column: str = "") -> None:
        """A fact, spell or event from a row."""
        self.obj.setdefault(part, []).append(entry)
        self.origins[part].append((table, line, column))


def read_case_tables(path: Path, vocabulary: Vocabulary, track: Track | None = None) -> list[Case]:
    """All cases of a set of tables. Raises ProblemError with every problem of every table at once."""
    problems: list[Problem] = []
    tables = {name: _read(name, file, problems) for name, file in _files(path).items()}
    found = {name: table for name, table in tables.items() if table is not None}
    for table in found.values():
        _check_columns(table, vocabulary, problems)
    if problems:
        raise ProblemError(problems)
    drafts = _people(found["people"], vocabulary, problems)
    for name in NAMES[1:]:
        if name in found:
            _lines(found[name], found["people"], drafts, vocabulary, problems)
    people = found["people"]
    waiting: Iterable[Draft] = drafts.values()
    cases = [
        _case(draft, people, vocabulary, problems)
        for draft in (track(waiting, len(drafts), "cases") if track else waiting)
    ]
    if problems:
        raise ProblemError(problems)
    return [case for case in cases if case is not None]


# -- files -------------------------------------------------------------------------------------------------------------


def _files(path: Path) -> dict[str, Path]:
    """The tables of a folder, of a prefix, or beside a file of the set."""
    for start in _starts(path):
        found = {name: file for name in NAMES if (file := _one(start, name)) is not None}
        if "people" in found:
            return found
    mend = "name a folder with people.csv or people.parquet, or the start of the file names"
    raise ProblemError([Problem(str(path), None, "", "there is no table of cases here", mend)])


def _starts(path: Path) -> list[str]:
    if path.is_dir():
        return [f"{path}/"]
    if path.suffix in TABLES:
        stem = next((path.stem.removesuffix(name) for name in NAMES if path.stem.endswith(name)), path.stem)
        return [str(path.parent / stem) if stem else f"{path.parent}/"]
    return [f"{path}{mark}" for mark in JOINTS]


def _one(start: str, name: str) -> Path | None:
    return next((file for end in TABLES if (file := Path(f"{start}{name}{end}")).is_file()), None)


def _read(name: str, file: Path, problems: list[Problem]) -> Table | None:
    try:
        frame = pl.read_parquet(file) if file.suffix == ".parquet" else _read_csv(file)
    except UnicodeDecodeError:
        problems.append(Problem(str(file), None, "", "the file is not UTF-8", "save it as CSV UTF-8"))
        return None
    except pl.exceptions.NoDataError:
        problems.append(Problem(str(file), None, "", "the table is empty", "add a line of column names"))
        return None
    except (pl.exceptions.PolarsError, OSError) as error:
        problems.append(_unread(file, error))
        return None
    columns = tuple(column.strip() for column in frame.columns)
    frame.columns = list(columns)
    return Table(name, str(file), columns, frame.to_dicts(), 1 if file.suffix == ".parquet" else 2)


def _read_csv(file: Path) -> pl.DataFrame:
    """Every cell as text; the column names tell whether a comma or a semicolon stands between."""
    content = file.read_bytes()
    separator = _separator(content.decode("utf-8-sig"))
    return pl.read_csv(content.removeprefix(b"\xef\xbb\xbf"), separator=separator, infer_schema=False)


def _separator(text: str) -> str:
    first = text.split("\n", 1)[0]
    return ";" if first.count(";") >= max(first.count(","), 1) else ","


def _unread(file: Path, error: Exception) -> Problem:
    """What is wrong with a table that cannot be read: in a CSV file the row, found by reading it once more."""
    if file.suffix == ".csv":
        text = file.read_text(encoding="utf-8-sig")
        rows = csv.reader(text.splitlines(keepends=True), delimiter=_separator(text), strict=True)
        line = 1
        try:
            width = len(next(rows))
            for row in rows:
                line = rows.line_num
                if len(row) > width:
                    message = f"the row has {len(row)} fields, and there are {width} column names"
                    return Problem(str(file), line, "", message, "take the extra fields out, or put the text in quotes")
        except csv.Error:
            mend = "close the quotation mark, or write it twice inside a text"
            return Problem(str(file), line + 1, "", "a quotation mark is not closed", mend)
    reason = " ".join(str(error).split())[:120]
    mend = "save it again from the program that made it"
    return Problem(str(file), None, "", f"the file cannot be read: {reason}", mend)


def _check_columns(table: Table, vocabulary: Vocabulary, problems: list[Problem]) -> None:
    required, optional = _COLUMNS[table.name]
    known = {*required, *optional, *_free_columns(table.name, vocabulary)}
    for column in required:
        if column not in table.columns:
            told = Problem(
                table.file, None, column, f"the column '{column}' is missing", f"add a column named {column}"
            )
            problems.append(told)
    for column in table.columns:
        if column in known:
            continue
        base = re.sub(r"_duplicated_\d+$", "", column)
        message = f"the column '{column}' has no meaning here"
        if base != column:
            message = f"the column '{base}' stands twice"
        problems.append(
            Problem(table.file, 1, column, message, "keep one of the two" if base != column else _near(column, known))
        )


def _near(column: str, known: Iterable[str]) -> str:
    from fodfaeste.facts.scalars import suggest

    return suggest(column, known)


def _free_columns(name: str, vocabulary: Vocabulary) -> set[str]:
    if name == "people":
        return set(vocabulary.fields)
    if name == "facts":
        return set()
    return {attr for kind in _kinds(name, vocabulary).values() for attr in kind.attrs}


def _kinds(name: str, vocabulary: Vocabulary) -> Mapping[str, EventKind | SpellKind]:
    return vocabulary.spells if name == "spells" else vocabulary.events


# -- rows --------------------------------------------------------------------------------------------------------------


def _people(table: Table, vocabulary: Vocabulary, problems: list[Problem]) -> dict[str, Draft]:
    drafts: dict[str, Draft] = {}
    wide = [column for column in table.columns if column in vocabulary.fields]
    for line, row in enumerate(table.rows, table.first_line):
        id_ = _text(row.get("case"))
        if not id_:
            problems.append(Problem(table.file, line, "case", "'case' is missing", "write an id that names nobody"))
            continue
        if id_ in drafts:
            message = f"the case '{id_}' stands twice, first in row {drafts[id_].line}"
            problems.append(Problem(table.file, line, "case", message, "give it another id"))
            continue
        draft = drafts[id_] = Draft({"format": FORMAT, "case": id_}, line)
        for key in ("municipality", "note"):
            if _text(row.get(key)):
                draft.obj[key] = _text(row[key])
        draft.obj["unobserved"] = (
            re.split(r"[\s,;]+", _text(row.get("unobserved"))) if _text(row.get("unobserved")) else []
        )
        for name in wide:
            value = _cell(row[name], vocabulary.fields[name].type, table, line, name, problems)
            if value is not None:
                draft.add("facts", {"field": name, "value": value}, table, line, name)
    return drafts


def _lines(
    table: Table, people: Table, drafts: dict[str, Draft], vocabulary: Vocabulary, problems: list[Problem]
) -> None:
    entry_of = _fact if table.name == "facts" else _line
    for line, row in enumerate(table.rows, table.first_line):
        id_ = _text(row.get("case"))
        draft = drafts.get(id_)
        if draft is None:
            message = f"the case '{id_}' is not in the table of people" if id_ else "'case' is missing"
            mend = f"correct the id, or add a row to {Path(people.file).name}"
            problems.append(Problem(table.file, line, "case", message, mend))
            continue
        draft.add(table.name, entry_of(row, table, line, vocabulary, problems), table, line)


def _fact(
    row: dict[str, Any], table: Table, line: int, vocabulary: Vocabulary, problems: list[Problem]
) -> dict[str, Any]:
    name = _text(row.get("field"))
    type_ = vocabulary.fields[name].type if name in vocabulary.fields else ""
    entry: dict[str, Any] = {"field": name, "value": _cell(row.get("value"), type_, table, line, "value", problems)}
    for key in _COLUMNS["facts"][1]:
        value = _cell(row.get(key), _FACT_TYPES.get(key, ""), table, line, key, problems)
        if value is not None:
            entry[key] = value
    return entry


def _line(
    row: dict[str, Any], table: Table, line: int, vocabulary: Vocabulary, problems: list[Problem]
) -> dict[str, Any]:
    """A spell or an event; an attribute its kind does not have must be empty."""
    kind = _kinds(table.name, vocabulary).get(_text(row.get("kind")))
    required, optional = _COLUMNS[table.name]
    entry: dict[str, Any] = {"kind": _text(row.get("kind")) or None}
    for key in table.columns:
        if key in ("case", "kind"):
            continue
        attr = key not in (*required, *optional)
        type_ = (kind.attrs.get(key, "") if kind else "") if attr else _LINE_TYPES.get(key, "")
        value = _cell(row[key], type_, table, line, key, problems)
        if value is None:
            continue
        if attr and kind is not None and key not in kind.attrs:
            message = f"{kind.name} has no attribute '{key}'"
            problems.append(Problem(table.file, line, key, message, "leave the cell empty"))
        elif not attr or kind is not None:
            entry[key] = value
    return entry


def _cell(value: Any, type_: str, table: Table, line: int, column: str, problems: list[Problem]) -> Any:
    try:
        return cell(value, type_)
    except AmbiguousNumberError as error:
        problems.append(Problem(table.file, line, column, str(error), error.mend))
        return None


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


# -- cases -------------------------------------------------------------------------------------------------------------


def _case(draft: Draft, people: Table, vocabulary: Vocabulary, problems: list[Problem]) -> Case | None:
    try:
        return read_case(draft.obj, vocabulary, people.file)
    except ProblemError as error:
        problems += [_placed(problem, draft, people) for problem in error.problems]
        return None


def _placed(problem: Problem, draft: Draft, people: Table) -> Problem:
    """The problem with the file, row and column it comes from."""

    def row_of(match: re.Match[str]) -> str:
        table, line, _ = draft.origins[match[1]][int(match[2])]
        return f"{Path(table.file).name}:{line}"

    message = re.sub(r"(facts|spells|events)\[(\d+)\]", row_of, problem.message)
    match = _PLACE.fullmatch(problem.where)
    if match is None:
        column = problem.where.split("[")[0]
        return Problem(people.file, draft.line, column, message, problem.mend)
    table, line, column = draft.origins[match[1]][int(match[2])]
    return Problem(table.file, line, column or match[3] or "", message, problem.mend)
