"""Reading worked examples: the cases beside the law."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fodfaeste.foundation import Problem
from fodfaeste.rulebook.compiler import day
from fodfaeste.rulebook.norms import EXAMPLE_SOURCES, Example
from fodfaeste.rulebook.reading import Document

_KEYS = {"id", "from", "kind", "says", "source", "on", "place", "regimes", "case", "expect", "note"}


def read_examples(documents: list[Document], problems: list[Problem]) -> Iterator[Example]:
    """The examples of all documents; wrong ones become problems."""
    seen: dict[str, str] = {}
    for document in documents:
        for index, raw in enumerate(document.examples):
            try:
                example = _example(document, raw)
            except (KeyError, ValueError, TypeError, AttributeError) as error:
                reason = f"the example lacks {error}" if isinstance(error, KeyError) else str(error)
                mend = "see Examples in the norm guide"
                problems.append(document.problem((*document.examples_place, index), reason, mend))
                continue
            if example.id in seen:
                message = f"the example '{example.id}' is also in {seen[example.id]}"
                place = (*document.examples_place, index)
                problems.append(document.problem(place, message, "give it its own id"))
            seen[example.id] = document.shown
            yield example


def _example(document: Document, raw: dict[str, Any]) -> Example:
    extra = sorted(set(raw) - _KEYS)
    if extra:
        raise ValueError(f"an example has no field '{extra[0]}'")
    if raw["from"] not in EXAMPLE_SOURCES:
        raise ValueError(f"'{raw['from']}' is no source type; use one of {', '.join(EXAMPLE_SOURCES)}")
    on = day(raw["on"])
    if on is None:
        raise ValueError("`on` is empty; give the day the question is asked")
    source = raw.get("source") or ()
    regimes = raw.get("regimes")
    return Example(
        str(raw["id"]), document.shown, raw["from"], raw.get("kind", "derived"), raw.get("says") or "",
        (source,) if isinstance(source, str) else tuple(source), on, raw.get("place"),
        None if regimes is None else tuple(regimes), raw.get("case") or {}, raw["expect"] or {},
    )  # fmt: skip
