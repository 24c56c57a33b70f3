"""Witnesses: cases found by search that tell a norm from its mutants. Reading, writing, and the draft of one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from fodfaeste.facts.encoding import decode, plain
from fodfaeste.facts.terms import Vocabulary
from fodfaeste.foundation import FAR, from_day
from fodfaeste.rulebook import Example
from tests.agreement.draft import Draft, Row

Case = dict[str, Any]
_EPOCH = date(1970, 1, 1)


@dataclass
class Witness:
    """A case, the day it is asked about, and what the encoding answers."""

    on: int
    case: Case
    expect: dict[str, Any]

    def as_example(self, id_: str, file: str) -> Example:
        """The witness in the form of an example, for the same machinery."""
        return Example(id_, file, "search", "derived", "", (), self.on, None, None, self.case, self.expect)


def read_witnesses(folder: Path) -> dict[str, list[Witness]]:
    """Act → its witnesses."""
    found = {}
    for file in sorted(folder.glob("*.json")):
        rows = json.loads(file.read_text(encoding="utf-8"))["witnesses"]
        found[file.stem] = [Witness(day_of(row["on"]), row["case"], row["expect"]) for row in rows]
    return found


def write_witnesses(folder: Path, act: str, witnesses: Iterable[Witness]) -> None:
    """One line for each witness, those of the same case and day together, in a settled order."""
    lines = [_line(witness) for witness in merged(witnesses)]
    text = '{"witnesses": [\n' + ",\n".join(lines) + "\n]}\n" if lines else '{"witnesses": []}\n'
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{act}.json").write_text(text, encoding="utf-8")


def _line(witness: Witness) -> str:
    row = {"on": from_day(witness.on).isoformat(), "case": witness.case, "expect": witness.expect}
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def merged(witnesses: Iterable[Witness]) -> list[Witness]:
    """Witnesses of the same case and day made one."""
    found: dict[tuple[int, str], Witness] = {}
    for witness in witnesses:
        key = (witness.on, json.dumps(witness.case, sort_keys=True, ensure_ascii=False))
        mine = found.setdefault(key, Witness(witness.on, witness.case, {}))
        mine.expect |= witness.expect
    for witness in found.values():
        witness.expect = dict(sorted(witness.expect.items()))
    return [found[key] for key in sorted(found)]


def examples_of(found: dict[str, list[Witness]]) -> list[Example]:
    """All witnesses as examples."""
    return [
        witness.as_example(f"witness-{act}-{number}", f"{act}.json")
        for act, witnesses in found.items()
        for number, witness in enumerate(witnesses)
    ]


def day_of(text: str) -> int:
    """A day as the evaluators count it."""
    return (date.fromisoformat(text) - _EPOCH).days


def case_of(draft: Draft) -> Case:
    """The draft as a case file has it, without what is unknown."""
    vocabulary, case = draft.vocabulary, Case()
    facts = {n: v for n in sorted(vocabulary.fields) if (v := draft.fields[vocabulary.fields[n].index]) is not None}
    if facts:
        case["facts"] = {n: plain(decode(v, vocabulary.fields[n].type, vocabulary)) for n, v in facts.items()}
    for group in ("spells", "events"):
        lines = list(_lines(draft, vocabulary, group == "spells"))
        if lines:
            case[group] = lines
    if draft.unobserved:
        case["unobserved"] = sorted(draft.unobserved)
    return case


def _lines(draft: Draft, vocabulary: Vocabulary, spells: bool) -> Iterator[dict[str, Any]]:
    for kind in sorted(draft.rows):
        if draft.is_spell(kind) == spells:
            for row in sorted(draft.rows[kind], key=lambda row: (row.start, row.end, row.order())):
                yield {"kind": kind, **_attrs(row, draft.kind(kind).attrs, vocabulary), **_days(row, spells)}


def _attrs(row: Row, types: Any, vocabulary: Vocabulary) -> dict[str, Any]:
    pairs = zip(types.items(), row.attrs, strict=True)
    return {n: plain(decode(value, type_, vocabulary)) for (n, type_), value in pairs if value is not None}


def _days(row: Row, spell: bool) -> dict[str, str]:
    if not spell:
        return {"date": from_day(row.start).isoformat()}
    end = {} if row.end >= FAR else {"to": from_day(row.end).isoformat()}
    return {"from": from_day(row.start).isoformat(), **end}
