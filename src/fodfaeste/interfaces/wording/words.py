"""The words at hand: a language, the vocabulary and the labels of norms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fodfaeste.facts import EventKind, SpellKind, Vocabulary
from fodfaeste.interfaces.wording.language import Language, label_of, listed, lowered, pick, quoted
from fodfaeste.interfaces.wording.values import any_text, code_text, day_text, value_text
from fodfaeste.rulebook import Law, Norm, Rulebook, ir
from fodfaeste.rulebook.texts import in_language

_KINDS = {
    "definition": ("definition", "definition"),
    "rate": ("sats", "rate"),
    "condition": ("betingelse", "condition"),
    "duty": ("pligt", "duty"),
    "right": ("ret", "right"),
    "power": ("beføjelse", "power"),
    "sanction": ("sanktion", "sanction"),
    "quota": ("andelskrav", "quota"),
}
_NATURES = {"help": ("hjælp", "help"), "control": ("kontrol", "control"), "process": ("proces", "process")}
_CONFIDENCES = {"high": ("høj", "high"), "medium": ("middel", "medium"), "low": ("lav", "low")}
_EXAMPLES = {
    "statute": ("lov", "statute"),
    "order": ("bekendtgørelse", "executive order"),
    "guidance": ("vejledning", "guidance"),
    "ministry": ("ministerium eller styrelse", "ministry or agency"),
    "appeal": ("Ankestyrelsen", "appeals board"),
    "court": ("domstol", "court"),
    "calculator": ("beregner eller satstabel", "calculator or rate table"),
    "interpretation": ("fortolkning fra andre", "interpretation by others"),
    "invented": ("opdigtet af os", "invented by us"),
}

_LISTED = 3  # more values of a filter than these are counted, where room is short


_DAYS = {"start": ("første dag", "first day"), "end": ("sidste dag", "last day"), "date": ("dagen", "the day")}
"""What an event or spell has beside its attributes."""


@dataclass(frozen=True)
class Words:
    """What a sentence is made with. ``norms`` gives the label of a norm by id."""

    lang: Language
    vocabulary: Vocabulary
    norms: Mapping[str, Norm]

    def pick(self, da: str, en: str) -> str:
        """The text in the language."""
        return pick(self.lang, da, en)

    def text(self, value: str) -> str:
        """A text of the law files in the language, where it has been translated."""
        return in_language(value, self.lang)

    def norm(self, id_: str) -> str:
        """Label of a norm; its id when it has none."""
        found = self.norms.get(id_)
        return label_of(found.label, self.lang, id_) if found else id_

    def field(self, name: str) -> str:
        """Label of a field."""
        found = self.vocabulary.fields.get(name)
        return label_of(found.label, self.lang, name) if found else name

    def kind(self, name: str) -> str:
        """Label of a kind of event or spell."""
        found = self.vocabulary.events.get(name) or self.vocabulary.spells.get(name)
        return label_of(found.label, self.lang, name) if found else name

    def actor(self, name: str | None) -> str:
        """Who owes or is owed."""
        return label_of(self.vocabulary.actors.get(name or "", {}), self.lang, name or "")

    def attribute(self, name: str) -> str:
        """Label of an attribute of an event or spell; its name in words where the vocabulary has no label."""
        if name in _DAYS:
            return self.pick(*_DAYS[name])
        return label_of(self.vocabulary.attributes.get(name, {}), self.lang, name.replace("_", " "))

    def value(self, value: Any, type_: str) -> str:
        """A decoded value of a type."""
        return value_text(value, type_, self.vocabulary, self.lang)

    def code(self, code: int | None, type_: str) -> str:
        """An encoded value of a type."""
        return code_text(code, type_, self.vocabulary, self.lang)

    def day(self, day: date) -> str:
        """A day in full."""
        return day_text(day, self.lang)

    def quote(self, label: str) -> str:
        """A label as the name of a rule or fact."""
        return quoted(label, self.lang)

    def kind_of_norm(self, kind: str) -> str:
        """The word for a kind of norm."""
        return self.pick(*_KINDS.get(kind, (kind, kind)))

    def nature(self, nature: str) -> str:
        """What a rule is for."""
        return self.pick(*_NATURES.get(nature, (nature, nature)))

    def confidence(self, confidence: str) -> str:
        """How sure an encoding is."""
        return self.pick(*_CONFIDENCES.get(confidence, (confidence, confidence)))

    def example_source(self, source_type: str) -> str:
        """Who says what an example says."""
        return self.pick(*_EXAMPLES.get(source_type, (source_type, source_type)))

    def filters(self, kind: str, filters: tuple[ir.Filter, ...], short: bool = False) -> str:
        """`` (kommunen, ikke telefon)`` after a kind; nothing when there is no filter. ``short`` counts long lists."""
        if not filters:
            return ""
        return f" ({', '.join(self._filter(kind, one, short) for one in filters)})"

    def _filter(self, kind: str, one: ir.Filter, short: bool) -> str:
        name, type_ = list(self.vocabulary.kind(kind).attrs.items())[one.slot]
        if short and len(one.values) > _LISTED:
            said = self.pick(f"en af {len(one.values)} slags", f"one of {len(one.values)} sorts")
        else:
            said = listed((self.code(code, type_) for code in one.values), self.lang, ("eller", "or"))
        if type_ not in self.vocabulary.enums:
            said = f"{self.attribute(name)}: {said}"
        return said if one.keep else self.pick(f"ikke {said}", f"not {said}")

    def row(self, row: Mapping[str, Any], with_kind: bool = False) -> str:
        """An event or spell as an explanation holds it: its days and what is known of it."""
        kind = self.vocabulary.kind(str(row["kind"]))
        told = self.described(kind.name, row)
        label = f"{self.kind(kind.name)} " if with_kind else ""
        return f"{label}{self.row_days(row)}{told}"

    def described(self, kind_name: str, row: Mapping[str, Any]) -> str:
        """What is known of an event or spell beside its days, in brackets; nothing when nothing is."""
        kind = self.vocabulary.kind(kind_name)
        known = [self._attr(kind, name, row[name]) for name in kind.attrs if row.get(name) is not None]
        return f" ({', '.join(known)})" if known else ""

    def _attr(self, kind: EventKind | SpellKind, name: str, value: Any) -> str:
        type_ = kind.attrs[name]
        said = self.value(value, type_)
        return said if type_ in self.vocabulary.enums else f"{self.attribute(name)}: {said}"

    def row_days(self, row: Mapping[str, Any]) -> str:
        """The day of an event, or from when to when a spell lasted."""
        if "date" in row:
            return self.day(row["date"])
        first, last = row["from"], row.get("to")
        if last is None:
            return self.pick(f"siden {self.day(first)}", f"since {self.day(first)}")
        return self.pick(f"fra {self.day(first)} til {self.day(last)}", f"from {self.day(first)} to {self.day(last)}")

    def any(self, value: Any) -> str:
        """A decoded value whose type is not at hand."""
        return any_text(value, self.vocabulary, self.lang)

    def lower(self, label: str) -> str:
        """A label inside a sentence."""
        return lowered(label)


def words_of(source: Law | Rulebook, lang: Language) -> Words:
    """The words of a law or of a rulebook."""
    if isinstance(source, Rulebook):
        return Words(lang, source.vocabulary, {id_: norm.norm for id_, norm in source.norms.items()})
    return Words(lang, source.vocabulary, source.norms)
