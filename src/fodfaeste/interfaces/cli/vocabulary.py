"""``fodfaeste vocabulary``: the words a case is written with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

import typer

from fodfaeste.facts import Vocabulary, load_vocabulary
from fodfaeste.interfaces import lawrows
from fodfaeste.interfaces.cli import display
from fodfaeste.interfaces.cli.app import app, both
from fodfaeste.interfaces.cli.desk import Desk, command
from fodfaeste.interfaces.cli.starter import type_text
from fodfaeste.interfaces.lawfiles import find_law
from fodfaeste.interfaces.wording import Words

FORMAT = "fodfaeste/vocabulary/1"

WordArgument = Annotated[
    str | None,
    typer.Argument(
        metavar=both("ORD", "WORD"),
        show_default=False,
        help=both(
            "Et felt, en hændelse, en periode eller en værdi; eller en del af et ord.",
            "A field, an event, a spell or a value; or part of a word.",
        ),
    ),
]


@command(
    app,
    "vocabulary",
    "Ordene i en sag: felter, hændelser, perioder og værdier.",
    "The words of a case: fields, events, spells and values.",
)
def vocabulary_words(desk: Desk, word: WordArgument = None) -> int:
    """All words, or those that match."""
    words = Words(desk.lang, load_vocabulary(find_law(desk.folder).law), {})
    rows = [row for row in _rows(words.vocabulary) if word is None or _matches(row, word)]
    if not rows:
        near = desk.near(word or "", [row["name"] for row in _rows(words.vocabulary)], "vocabulary")
        raise desk.refuse(f"Intet ord passer på '{word}'; {near}", f"No word matches '{word}'; {near}")
    exact = [row for row in rows if row["name"] == word]
    data = {"format": FORMAT, "words": exact or rows}
    desk.show(data, lambda: _draw_words(desk, exact or rows, words, "" if exact else word or ""))
    return 0


def _rows(vocabulary: Vocabulary) -> Iterable[dict[str, Any]]:
    for field in vocabulary.fields.values():
        yield {
            "what": "field",
            "name": field.name,
            "label": lawrows.labels_of(field.label),
            "ask": lawrows.labels_of(field.ask),
            "type": field.type,
            "kind": field.kind,
            "values": _values(field.type, vocabulary),
        }
    for what, kinds in (("event", vocabulary.events), ("spell", vocabulary.spells)):
        for kind in kinds.values():
            attrs = {
                name: {"label": _label(name, vocabulary), "type": type_, "values": _values(type_, vocabulary)}
                for name, type_ in kind.attrs.items()
            }
            yield {"what": what, "name": kind.name, "label": lawrows.labels_of(kind.label), "attributes": attrs}


def _label(attr: str, vocabulary: Vocabulary) -> dict[str, str]:
    """The label of an attribute; its name in words where the vocabulary has none."""
    plain = attr.replace("_", " ")
    return lawrows.labels_of(vocabulary.attributes.get(attr, {"da": plain, "en": plain}))


def _values(type_: str, vocabulary: Vocabulary) -> list[dict[str, Any]]:
    enum = vocabulary.enums.get(type_)
    return [] if enum is None else [{"value": v, "label": lawrows.labels_of(enum.labels[v])} for v in enum.values]


def _matches(row: dict[str, Any], word: str) -> bool:
    values = [*row.get("values", []), *(v for attr in row.get("attributes", {}).values() for v in attr["values"])]
    texts = [
        row["name"],
        *row["label"].values(),
        *(label for attr in row.get("attributes", {}).values() for label in attr["label"].values()),
        *(v["value"] for v in values),
        *(label for v in values for label in v["label"].values()),
    ]
    return any(word.casefold() in text.casefold() for text in texts)


_WHATS = {
    "field": ("Oplysninger (facts)", "Facts"),
    "event": ("Hændelser (events)", "Events"),
    "spell": ("Perioder (spells)", "Spells"),
}


def _draw_words(desk: Desk, rows: list[dict[str, Any]], words: Words, sought: str) -> None:
    if len(rows) == 1:
        _draw_word(desk, rows[0], words)
        return
    for what, names in _WHATS.items():
        found = [row for row in rows if row["what"] == what]
        if not found:
            continue
        display.section(desk.out, desk.pick(*names))
        display.table(
            desk.out,
            (desk.pick("Navn", "Name"), desk.pick("Betyder", "Means"), desk.pick("Skrives", "Written")),
            [(row["name"], row["label"][desk.lang], _written(row, words, sought)) for row in found],
            wrap={0: 2, 1: 2, 2: 3},
        )


def _written(row: dict[str, Any], words: Words, sought: str = "") -> str:
    """How a word is written; of values, those looked for come first."""
    if row["what"] == "field":
        judged = words.pick("; vurderes af en person", "; judged by a person") if row["kind"] == "judged" else ""
        return _hits(row["values"], sought, words) or type_text(row["type"], words.vocabulary, words.lang) + judged
    return "\n".join(
        f"{_named(name, words)}: "
        + (_hits(attr["values"], sought, words) or type_text(attr["type"], words.vocabulary, words.lang))
        for name, attr in row["attributes"].items()
    )


def _named(name: str, words: Words) -> str:
    """An attribute as it is written, and what it means when that says more."""
    label = words.attribute(name)
    return name if label == name else f"{name} – {label}"


def _hits(values: list[dict[str, Any]], sought: str, words: Words) -> str:
    hits = [
        v
        for v in values
        if sought and any(sought.casefold() in text.casefold() for text in (v["value"], *v["label"].values()))
    ]
    return ", ".join(f"{v['value']} ({v['label'][words.lang]})" for v in hits)


def _draw_word(desk: Desk, row: dict[str, Any], words: Words) -> None:
    display.heading(desk.out, f"{row['name']} · {row['label'][desk.lang]}", desk.pick(*_WHATS[row["what"]]))
    if row["what"] == "field":
        display.line(desk.out, row["ask"][desk.lang])
        display.line(desk.out, _written(row, words))
        attrs = {"": {"type": row["type"], "values": row["values"]}}
    else:
        attrs = row["attributes"]
    for name, attr in attrs.items():
        if name:
            plain = "" if attr["values"] else type_text(attr["type"], words.vocabulary, words.lang)
            display.line(desk.out, f"{_named(name, words)}: {plain}".rstrip(), style="bold")
        display.facts(desk.out, [(value["value"], value["label"][desk.lang]) for value in attr["values"]], 4)
