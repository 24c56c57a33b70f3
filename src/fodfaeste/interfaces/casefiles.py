"""Cases from files: JSON (with comment lines, if you like), or tables in CSV or Parquet."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from fodfaeste.facts import Case, Vocabulary, read_cases
from fodfaeste.foundation import Problem, ProblemError
from fodfaeste.rulebook import municipality_in

Track = Callable[[Iterable[Any], int, str], Iterable[Any]]
"""Goes through things and may show how far it has come: things, their number, what is done to them."""

COMMENT = "//"
"""A line of a JSON case that begins so is a word to the reader."""

TABLES = (".csv", ".parquet")
JOINTS = ("", "-", "_", ".")
"""What may stand between a prefix and the name of a table."""


def read_case_files(path: Path, vocabulary: Vocabulary, track: Track | None = None) -> list[Case]:
    """All cases of a JSON file, a folder of them, or a set of tables (a folder, one of its files, or a prefix).

    Raises ProblemError with all problems of all files at once.
    """
    if is_tables(path):
        from fodfaeste.interfaces.casetables import read_case_tables

        return read_case_tables(path, vocabulary, track)
    if not path.exists():
        raise ProblemError([Problem(str(path), None, "", "there is no such file", "check the name of the file")])
    return _read_json(path, vocabulary)


def misplaced(cases: Iterable[Case], municipalities: Mapping[str, Any], file: str, place: str = "") -> list[Problem]:
    """Cases whose municipality is none of those known, with the nearest name; ``place`` stands before each."""
    problems = []
    for case in cases:
        slug, mend = municipality_in(municipalities, case.municipality) if case.municipality else ("", "")
        if slug is None:
            where = f"{place or case.case + '.'}municipality"
            problems.append(Problem(file, None, where, f"'{case.municipality}' is no municipality", mend))
    return problems


def is_tables(path: Path) -> bool:
    """Whether a path means tables of cases."""
    if path.is_dir():
        return any((path / f"people{end}").is_file() for end in TABLES)
    if path.suffix in TABLES:
        return True
    starts = [f"{path}{mark}people" for mark in JOINTS]
    return not path.exists() and any(Path(f"{start}{end}").is_file() for start in starts for end in TABLES)


def _read_json(path: Path, vocabulary: Vocabulary) -> list[Case]:
    """As ``read_cases``; comment lines are left out first, and problems still name the file and line they stand in."""
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    texts = {file: _text(file) for file in files}
    if not any(text is not None and _has_comment(text) for text in texts.values()):
        return read_cases(path, vocabulary)
    with tempfile.TemporaryDirectory() as room:
        for file, text in texts.items():
            copy = Path(room) / file.name
            copy.write_bytes(file.read_bytes() if text is None else _uncommented(text).encode())
        try:
            return read_cases(Path(room) if path.is_dir() else Path(room) / path.name, vocabulary)
        except ProblemError as error:
            shown = str(path if path.is_dir() else path.parent)
            raise ProblemError([_moved(problem, room, shown) for problem in error.problems]) from None


def _text(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None  # read_cases says what is wrong


def _has_comment(text: str) -> bool:
    return any(line.lstrip().startswith(COMMENT) for line in text.splitlines())


def _uncommented(text: str) -> str:
    """Comment lines made empty, so that line numbers stay."""
    return "\n".join("" if line.lstrip().startswith(COMMENT) else line for line in text.splitlines())


def _moved(problem: Problem, room: str, shown: str) -> Problem:
    file = str(Path(shown) / Path(problem.file).name)
    message = problem.message.replace(room, shown)
    return Problem(file, problem.line, problem.where, message, problem.mend)
