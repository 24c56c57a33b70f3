"""Reading one section file and one rate file into the assembler."""

from __future__ import annotations

from typing import Any

from fodfaeste.facts.vocabulary import Vocabulary
from fodfaeste.foundation import Problem
from fodfaeste.rulebook.assemble import ROUNDINGS, Assembler, RawNorm
from fodfaeste.rulebook.compiler import UNITS, day, is_unit, with_unit
from fodfaeste.rulebook.kinds import VERSION_FIELDS
from fodfaeste.rulebook.norms import Section
from fodfaeste.rulebook.periods import period_of_unit
from fodfaeste.rulebook.reading import Document
from fodfaeste.rulebook.scope import nearest
from fodfaeste.rulebook.shapes import EXAMPLE, GAP, RATE, SECTION, shaped, shaped_norm

_RATE_KEYS = {"id", "name", "unit", "label", "values", "no_example", "note"}
_ROW_KEYS = (VERSION_FIELDS["rate"] - {"in_force"}) | {"from", "to"}
_SECTION_KEYS = {
    "act",
    "section",
    "title",
    "month_end",
    "verified_until",
    "not_modelled",
    "norms",
    "examples",
    "note",
}


def read_section(
    document: Document,
    content: Any,
    room: str,
    vocabulary: Vocabulary,
    assembler: Assembler,
    problems: list[Problem],
) -> Section | None:
    """The header of a section file; its norms and examples are kept for later."""
    if not isinstance(content, dict):
        if content is not None:
            problems.append(
                document.problem((), "the file is not a section", "begin with act:, section:, title:", "file")
            )
        return None
    content = shaped(document, content, SECTION, (), problems)
    for key in sorted(set(content) - _SECTION_KEYS, key=str):
        mend = nearest(key, sorted(_SECTION_KEYS))
        problems.append(document.problem((key,), f"a section file has no field '{key}'", mend))
    act = str(content.get("act", ""))
    if act not in vocabulary.acts:
        problems.append(document.problem(("act",), f"'{act}' is no act", nearest(act, list(vocabulary.acts))))
    elif act != room:
        problems.append(document.problem(("act",), f"the file of act '{act}' lies in {room}/", f"move it to {act}/"))
    rounding = content.get("month_end")
    if rounding not in ROUNDINGS:
        problems.append(
            document.problem(("month_end",), f"'{rounding}' is no rounding", "write last_day or next_first")
        )
    ids = []
    for index, raw in enumerate(content.get("norms") or []):
        place = ("norms", index)
        if not isinstance(raw, dict) or not raw.get("id"):
            problems.append(document.problem(place, "a norm lacks its id", "add `id: <act>.<section>.<slug>`"))
            continue
        norm = shaped_norm(document, raw, place, problems)
        id_ = str(norm["id"])
        ids.append(id_)
        last_day = ROUNDINGS.get(rounding)
        assembler.add(RawNorm(id_, norm, document, place, act, str(content.get("section", "")), last_day))
    document.examples_place = ("examples",)
    document.examples = [
        shaped(document, example, EXAMPLE, ("examples", index), problems, f"examples.{index}")
        for index, example in enumerate(content.get("examples") or [])
    ]
    title = content.get("title") or {}
    missing = tuple(
        shaped(document, item, GAP, ("not_modelled", index), problems, f"not_modelled.{index}")
        if isinstance(item, dict)
        else {"ref": "", "why": str(item)}
        for index, item in enumerate(content.get("not_modelled") or [])
    )
    try:
        until = day(content.get("verified_until"))
    except ValueError as error:
        problems.append(
            document.problem(("verified_until",), str(error), "write the last day someone looked at the source")
        )
        until = None
    return Section(act, str(content.get("section", "")), document.shown, title, until, missing, tuple(ids))


def read_rate(document: Document, content: Any, assembler: Assembler, problems: list[Problem]) -> None:
    """A rate series becomes a norm of kind rate with a version per row."""
    if not isinstance(content, dict) or not content.get("id"):
        problems.append(
            document.problem((), "the file is not a rate series", "begin with id:, name:, unit:, values:", "file")
        )
        return
    id_ = str(content["id"])
    content = shaped(document, content, RATE, (), problems, id_)
    for key in sorted(set(content) - _RATE_KEYS, key=str):
        mend = nearest(key, sorted(_RATE_KEYS))
        problems.append(document.problem((key,), f"a rate series has no field '{key}'", mend, f"{id_}.{key}"))
    unit = str(content.get("unit", ""))
    if not is_unit(unit):
        mend = f"use one of {', '.join(UNITS)}, perhaps with _per_…"
        problems.append(document.problem(("unit",), f"'{unit}' is no unit", mend, f"{id_}.unit"))
        return
    versions = []
    for index, row in enumerate(content.get("values") or []):
        for key in sorted(set(row) - _ROW_KEYS, key=str):
            mend = nearest(key, sorted(_ROW_KEYS))
            where = f"{id_}.values.{index}.{key}"
            message = f"a row of a rate series has no field '{key}'"
            problems.append(document.problem(("values", index, key), message, mend, where))
        version = {k: v for k, v in row.items() if k in _ROW_KEYS - {"from", "to", "value"}}
        version["in_force"] = {"from": row.get("from"), "to": row.get("to")}
        version["value"] = with_unit(row.get("value"), unit)
        versions.append(version)
    raw = {k: content[k] for k in ("id", "name", "label", "no_example") if k in content}
    raw |= {"kind": "rate", "versions": versions}
    if (period := period_of_unit(unit)) is not None:
        raw["per"] = period
    raw = shaped_norm(document, raw, (), problems)
    assembler.add(RawNorm(id_, raw, document, (), "rates", document.path.stem, None))
