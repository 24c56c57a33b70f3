"""Reading the lines of a case with every problem found on the way, each with its place and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from fodfaeste.facts.corrections import check_contradictions, check_corrections
from fodfaeste.facts.encoding import check_range, decode, encode, range_of
from fodfaeste.facts.records import Event, Fact, Spell
from fodfaeste.facts.scalars import EARLIEST, UnfitValueError, Value, suggest
from fodfaeste.facts.terms import EventKind, SpellKind, Vocabulary
from fodfaeste.foundation import FAR, Problem, from_day

FACT_KEYS = ("field", "value", "from", "to", "recorded", "source", "by")
EVENT_KEYS = ("kind", "date", "id", "recorded", "void", "corrects")
SPELL_KEYS = ("kind", "from", "to", "id", "recorded", "void", "corrects")

_Kind = TypeVar("_Kind", EventKind, SpellKind)


class Checker:
    """Reads parts of one case; ``problems`` grows, and what cannot be read is left out of the answer."""

    def __init__(self, vocabulary: Vocabulary, file: str, prefix: str) -> None:
        self.vocabulary = vocabulary
        self.problems: list[Problem] = []
        self._file = file
        self._prefix = prefix

    def tell(self, where: str, message: str, mend: str) -> None:
        """Note a problem at a place such as ``events[3].date``."""
        self.problems.append(Problem(self._file, None, (self._prefix + where).rstrip("."), message, mend))

    def keys(self, entry: Mapping[Any, Any], known: tuple[str, ...], where: str) -> None:
        """Every key must be known; a misspelt one is named with the nearest."""
        for key in entry:
            if key not in known:
                self.tell(f"{where}.{key}".lstrip("."), f"'{key}' has no meaning here", suggest(key, known))

    def text(self, entry: Mapping[str, Any], key: str, where: str) -> str | None:
        """An optional text, not empty."""
        value = entry.get(key)
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        self.tell(f"{where}.{key}".lstrip("."), f"{key} is not a text", "write it in quotes, or leave it out")
        return None

    def facts(self, found: Any) -> tuple[Fact, ...]:
        """The facts of a case, from either form: a mapping, or a list of facts with days."""
        if isinstance(found, Mapping):
            read = [self._fact(name, value, {}, f"facts.{name}", f"facts.{name}") for name, value in found.items()]
            return tuple(fact for fact in read if fact is not None)
        facts = [
            (where, fact)
            for entry, where in self._entries(found, "facts")
            if (fact := self._dated_fact(entry, where)) is not None
        ]
        check_contradictions(facts, self.tell)
        return tuple(fact for _, fact in facts)

    def events(self, found: Any) -> tuple[Event, ...]:
        """The events of a case, in the order they are written."""
        entries = list(self._entries(found, "events"))
        events = [(where, event) for entry, where in entries if (event := self._event(entry, where)) is not None]
        check_corrections(events, _ids(entries), self.tell)
        return tuple(event for _, event in events)

    def spells(self, found: Any) -> tuple[Spell, ...]:
        """The spells of a case, in the order they are written."""
        entries = list(self._entries(found, "spells"))
        spells = [(where, spell) for entry, where in entries if (spell := self._spell(entry, where)) is not None]
        check_corrections(spells, _ids(entries), self.tell)
        return tuple(spell for _, spell in spells)

    def unobserved(self, found: Any) -> frozenset[str]:
        """Kinds of events and spells of which there may be more than is written."""
        if not isinstance(found, list | tuple | set | frozenset):
            self.tell("unobserved", "unobserved is not a list", 'write a list of kinds, as ["cv-samtale"]')
            return frozenset()
        kinds = (*self.vocabulary.events, *self.vocabulary.spells)
        for position, kind in enumerate(found):
            if kind not in kinds:
                message = f"'{kind}' is not a kind of event or spell"
                self.tell(f"unobserved[{position}]", message, suggest(kind, kinds))
        return frozenset(kind for kind in found if kind in kinds)

    def _entries(self, found: Any, part: str) -> Iterator[tuple[Mapping[str, Any], str]]:
        if not isinstance(found, list | tuple):
            self.tell(part, f"{part} is not a list", f"write {part} as a list: [{{…}}, {{…}}]")
            return
        for position, entry in enumerate(found):
            where = f"{part}[{position}]"
            if isinstance(entry, Mapping):
                yield entry, where
            else:
                self.tell(where, f"an entry of {part} is a mapping", "write it in braces: {…}")

    def _dated_fact(self, entry: Mapping[str, Any], where: str) -> Fact | None:
        self.keys(entry, FACT_KEYS, where)
        for key in ("field", "value"):
            if key not in entry:
                self.tell(where, f"'{key}' is missing", f"write {key}; an unknown value is null")
        if "field" not in entry or "value" not in entry:
            return None
        return self._fact(entry["field"], entry["value"], entry, f"{where}.field", f"{where}.value", where)

    def _fact(
        self, name: Any, raw: Any, entry: Mapping[str, Any], at_name: str, at_value: str, where: str = ""
    ) -> Fact | None:
        before = len(self.problems)
        field = self.vocabulary.fields.get(name) if isinstance(name, str) else None
        value: Value | None = None
        if field is None:
            self.tell(at_name, f"'{name}' is not a field", suggest(name, self.vocabulary.fields))
        else:
            value = self._value(raw, field.type, field.lo, field.hi, at_value)
        start, end = self._stretch(entry, where)
        recorded = self._day(entry, "recorded", where)
        source, by = self.text(entry, "source", where), self.text(entry, "by", where)
        if len(self.problems) > before:
            return None
        return Fact(name, value, start, end, recorded, source, by)

    def _event(self, entry: Mapping[str, Any], where: str) -> Event | None:
        before = len(self.problems)
        kind = self._kind(entry, self.vocabulary.events, "event", where)
        attrs = self._attrs(entry, kind, EVENT_KEYS, where)
        date = self._day(entry, "date", where, required=True)
        recorded, void = self._day(entry, "recorded", where), self._void(entry, where)
        id_, corrects = self.text(entry, "id", where), self.text(entry, "corrects", where)
        if len(self.problems) > before or kind is None or date is None:
            return None
        return Event(kind.name, date, attrs, id_, recorded, void, corrects)

    def _spell(self, entry: Mapping[str, Any], where: str) -> Spell | None:
        before = len(self.problems)
        kind = self._kind(entry, self.vocabulary.spells, "spell", where)
        attrs = self._attrs(entry, kind, SPELL_KEYS, where)
        start, end = self._stretch(entry, where, required=True)
        recorded, void = self._day(entry, "recorded", where), self._void(entry, where)
        id_, corrects = self.text(entry, "id", where), self.text(entry, "corrects", where)
        if len(self.problems) > before or kind is None or start is None:
            return None
        return Spell(kind.name, start, end, attrs, id_, recorded, void, corrects)

    def _kind(self, entry: Mapping[str, Any], kinds: Mapping[str, _Kind], noun: str, where: str) -> _Kind | None:
        name = entry.get("kind")
        if name is None:
            self.tell(where, "'kind' is missing", suggest("", kinds).replace("choose", "write kind:"))
            return None
        kind = kinds.get(name) if isinstance(name, str) else None
        if kind is None:
            both = (*self.vocabulary.events, *self.vocabulary.spells)
            other = "spells" if noun == "event" else "events"
            mend = f"move it to {other}" if name in both else suggest(name, kinds)
            self.tell(f"{where}.kind", f"'{name}' is not a kind of {noun}", mend)
        return kind

    def _attrs(
        self, entry: Mapping[str, Any], kind: EventKind | SpellKind | None, words: tuple[str, ...], where: str
    ) -> dict[str, Value]:
        """Attributes with a known value; what is null or left out is unknown."""
        if kind is None:
            return {}
        self.keys(entry, (*words, *kind.attrs), where)
        attrs: dict[str, Value] = {}
        for name, type_ in kind.attrs.items():
            lo, hi = range_of(type_, self.vocabulary)
            value = self._value(entry.get(name), type_, lo, hi, f"{where}.{name}")
            if value is not None:
                attrs[name] = value
        return attrs

    def _value(self, raw: Any, type_: str, lo: int, hi: int, where: str) -> Value | None:
        if raw is None:
            return None
        try:
            code = encode(raw, type_, self.vocabulary)
            check_range(code, lo, hi, type_)
        except UnfitValueError as error:
            self.tell(where, error.message, error.mend)
            return None
        return decode(code, type_, self.vocabulary)

    def _day(self, entry: Mapping[str, Any], key: str, where: str, required: bool = False) -> int | None:
        if entry.get(key) is None:
            if required:
                self.tell(where, f"'{key}' is missing", f"write {key} as year-month-day, as 2024-01-31")
            return None
        try:
            code = encode(entry[key], "date", self.vocabulary)
            check_range(code, EARLIEST, FAR, "date")
        except UnfitValueError as error:
            self.tell(f"{where}.{key}".lstrip("."), error.message, error.mend)
            return None
        return code

    def _stretch(self, entry: Mapping[str, Any], where: str, required: bool = False) -> tuple[int | None, int | None]:
        start, end = self._day(entry, "from", where, required), self._day(entry, "to", where)
        if start is not None and end is not None and end < start:
            message = f"to ({from_day(end)}) is before from ({from_day(start)})"
            self.tell(f"{where}.to", message, "swap the two, or correct one; leave out to while it is open")
        return start, end

    def _void(self, entry: Mapping[str, Any], where: str) -> bool:
        void = entry.get("void")
        if void is None or isinstance(void, bool):
            return bool(void)
        self.tell(f"{where}.void", f"'{void}' is not true or false", "write true, or leave it out")
        return False


def _ids(entries: list[tuple[Mapping[str, Any], str]]) -> set[str]:
    return {entry["id"] for entry, _ in entries if isinstance(entry.get("id"), str)}
