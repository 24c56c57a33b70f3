"""The case format ``fodfaeste/case/1``: what is known about one person, as JSON written by hand or not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fodfaeste.facts.checking import Checker
from fodfaeste.facts.encoding import plain
from fodfaeste.facts.index import CaseIndex, index_case
from fodfaeste.facts.jsonfile import read_json
from fodfaeste.facts.records import Event, Fact, Spell
from fodfaeste.facts.schema import FORMAT, case_schema
from fodfaeste.facts.terms import Vocabulary
from fodfaeste.foundation import Problem, ProblemError, from_day

__all__ = [
    "FORMAT",
    "Case",
    "Event",
    "Fact",
    "Spell",
    "case_schema",
    "make_case",
    "read_case",
    "read_cases",
    "write_case",
]

_KEYS = ("format", "case", "municipality", "note", "facts", "spells", "events", "unobserved", "$schema")
_PERSON_NUMBER = re.compile(r"(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d{2}-?\d{4}")


@dataclass(frozen=True, slots=True)
class Case:
    """One case. ``unobserved`` are kinds of which there may be more than is written."""

    case: str = ""
    municipality: str | None = None
    note: str | None = None
    facts: tuple[Fact, ...] = ()
    spells: tuple[Spell, ...] = ()
    events: tuple[Event, ...] = ()
    unobserved: frozenset[str] = frozenset()
    index: CaseIndex = field(kw_only=True, compare=False, repr=False)


def make_case(
    vocabulary: Vocabulary,
    case: str = "",
    municipality: str | None = None,
    note: str | None = None,
    facts: tuple[Fact, ...] = (),
    spells: tuple[Spell, ...] = (),
    events: tuple[Event, ...] = (),
    unobserved: frozenset[str] = frozenset(),
) -> Case:
    """Make a case of records known to fit the vocabulary (a database's own rows); else use ``read_case``."""
    index = index_case(facts, events, spells, vocabulary)
    return Case(case, municipality, note, facts, spells, events, unobserved, index=index)


def read_case(obj: object, vocabulary: Vocabulary, file: str = "case", place: str = "") -> Case:
    """Check and read one case from what JSON or YAML gave.

    ``file`` and ``place`` (such as ``cases[2].``) say where it stands. ``format`` and ``case`` may be left
    out here, though not in a file (see ``read_cases``). Raises ProblemError with all problems at once.
    """
    checker = Checker(vocabulary, file, place)
    if not isinstance(obj, Mapping):
        checker.tell("", "a case is a mapping", 'write {"format": "fodfaeste/case/1", "case": "…", …}')
        raise ProblemError(checker.problems)
    checker.keys(obj, _KEYS, "")
    if obj.get("format", FORMAT) != FORMAT:
        checker.tell("format", f"'{obj['format']}' is not a format this program reads", f"write {FORMAT}")
    name = checker.text(obj, "case", "")
    if name and _PERSON_NUMBER.fullmatch(name):
        checker.tell("case", "the id looks like a person number", "use an id that names nobody")
    if name and not name.isprintable():  # it would disturb every screen and file it is written to
        checker.tell("case", "the id has signs that cannot be seen", "use letters, digits and hyphens")
    municipality, note = checker.text(obj, "municipality", ""), checker.text(obj, "note", "")
    facts = checker.facts(_or_empty(obj.get("facts")))
    spells = checker.spells(_or_empty(obj.get("spells")))
    events = checker.events(_or_empty(obj.get("events")))
    unobserved = checker.unobserved(_or_empty(obj.get("unobserved")))
    if checker.problems:
        raise ProblemError(checker.problems)
    return make_case(vocabulary, name or "", municipality, note, facts, spells, events, unobserved)


def write_case(case: Case) -> dict[str, Any]:
    """The case as JSON writes it; ``read_case`` of it gives an equal case."""
    obj: dict[str, Any] = {"format": FORMAT}
    obj |= _given(case=case.case or None, municipality=case.municipality, note=case.note)
    if case.facts:
        obj["facts"] = _write_facts(case.facts)
    if case.spells:
        obj["spells"] = [_write_line(s, {"from": _day(s.start), "to": _day(s.end)}) for s in case.spells]
    if case.events:
        obj["events"] = [_write_line(e, {"date": _day(e.date)}) for e in case.events]
    if case.unobserved:
        obj["unobserved"] = sorted(case.unobserved)
    return obj


def read_cases(path: Path, vocabulary: Vocabulary) -> list[Case]:
    """Read a JSON file (one case, a list, or ``{"cases": […]}``), or all .json files of a folder.

    Raises ProblemError with all problems of all files at once.
    """
    path = Path(path)
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    problems: list[Problem] = []
    cases: list[Case] = []
    seen: dict[str, str] = {}
    if not files:
        problems.append(Problem(str(path), None, "folder", "there is no .json file here", "give another folder"))
    for file in files:
        for place, obj in _cases_in(file, problems):
            try:
                case = read_case(obj, vocabulary, str(file), place)
            except ProblemError as error:
                problems += error.problems
                continue
            at = f"{place}case"
            if not case.case:
                problems.append(Problem(str(file), None, at, "'case' is missing", "write an id that names nobody"))
            elif case.case in seen:
                message = f"'{case.case}' is already the id of a case in {seen[case.case]}"
                problems.append(Problem(str(file), None, at, message, "give it another id"))
            seen.setdefault(case.case, str(file))
            cases.append(case)
    if problems:
        raise ProblemError(problems)
    return cases


def _cases_in(file: Path, problems: list[Problem]) -> list[tuple[str, Any]]:
    """The cases of one file with their places; what is wrong with the file as JSON goes to ``problems``."""
    twice: list[str] = []

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        twice.extend(name for name in dict.fromkeys(names) if names.count(name) > 1)
        return dict(pairs)

    try:
        content = read_json(file, mapping)
    except ProblemError as error:
        problems += error.problems
        return []
    for name in twice:
        message = f"'{name}' is written twice in the same place"
        problems.append(Problem(str(file), None, name, message, "keep one of the two"))
    outer = content if isinstance(content, dict) else {}
    listed = outer.get("cases") if "cases" in outer else content
    found = [(f"cases[{i}].", obj) for i, obj in enumerate(listed)] if isinstance(listed, list) else [("", content)]
    for place, obj in found:
        if isinstance(obj, dict) and "format" not in obj and outer.get("format") != FORMAT:
            mend = f'write "format": "{FORMAT}"'
            problems.append(Problem(str(file), None, f"{place}format", "the format is missing or another", mend))
    return found


def _or_empty(part: Any) -> Any:
    return () if part is None else part


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _day(day: int | None) -> str | None:
    return None if day is None else from_day(day).isoformat()


def _write_facts(facts: tuple[Fact, ...]) -> dict[str, Any] | list[dict[str, Any]]:
    undated = all((f.start, f.end, f.recorded, f.source, f.by) == (None,) * 5 for f in facts) and len(
        {f.field for f in facts}
    ) == len(facts)
    if undated:
        return {fact.field: plain(fact.value) for fact in facts}
    return [
        {"field": f.field, "value": plain(f.value)}
        | _given(**{"from": _day(f.start), "to": _day(f.end)})
        | _given(recorded=_day(f.recorded), source=f.source, by=f.by)
        for f in facts
    ]


def _write_line(line: Event | Spell, days: Mapping[str, str | None]) -> dict[str, Any]:
    written: dict[str, Any] = {"kind": line.kind}
    written |= {name: plain(value) for name, value in line.attrs.items()}
    written |= _given(**days)
    written |= _given(id=line.id, recorded=_day(line.recorded), void=line.void or None, corrects=line.corrects)
    return written
