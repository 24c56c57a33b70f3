"""From the raw fields of a norm to typed expressions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from fodfaeste.foundation import parse_day, parse_scaled, to_day
from fodfaeste.rulebook import ir
from fodfaeste.rulebook.grammar import parse
from fodfaeste.rulebook.kinds import idle_in_version, kinds_with
from fodfaeste.rulebook.norms import Must, Span, Version
from fodfaeste.rulebook.scope import GrammarError, Scope, nearest
from fodfaeste.rulebook.types import SCALARS, range_of

TRUE = ir.Const("bool", 0, 2, "True", 2)
"""What has no condition; compared by identity, so that it can be left out."""

FALSE = ir.Const("bool", 0, 2, "False", 0)
"""What never is: no exception waives it, nothing makes it lapse; compared by identity."""

VERSION_KEYS = {
    "in_force", "ref", "applies", "value", "blank", "table", "requires", "must", "promise", "paused_by", "lapses_when",
    "share", "group", "judged", "needs", "not_modelled", "source", "provisions", "assumptions", "confidence", "note",
    "transition", "seen_valid", "type", "of",
}  # fmt: skip
"""The fields a version may have in a file."""

MUST_FORMS = ("once", "at_least", "every", "agreed", "not_before")
"""The patterns of a duty; a demand has exactly one."""

MUST_KEYS = {*MUST_FORMS, "of", "where", "where_not", "from", "by", "within", "until", "first", "count_from"}
"""The fields a demand may have in a file."""

UNITS = {
    "DKK": "money", "percent": "percent", "hours": "hours", "days": "days", "weeks": "days", "months": "months",
    "years": "months", "times": "int", "persons": "int", "share": "percent",
}  # fmt: skip
"""Unit of a rate series → type of its values."""

_OF_APPLIES = ("applies", "group")
_OF_VALUE = ("type", "requires", "value", "blank", "table", "needs", "judged")
_OF_MUST = ("must", "paused_by")
"""The fields that say whom a version concerns, what it is worth or demands, and what must be done."""

_WRAPS = {"money": "kr", "percent": "percent", "hours": "hours", "days": "days", "months": "months"}


@dataclass(frozen=True)
class Head:
    """The parts of a norm that its versions are read under."""

    kind: str
    each: str | None
    on: dict[str, Any] | None
    type_hint: str | None
    last_day: bool | None


class FieldError(Exception):
    """A problem in one field of a version: which field, what and how to mend it."""

    def __init__(self, field: str, message: str, mend: str) -> None:
        super().__init__(message)
        self.field, self.message, self.mend = field, message, mend


class Compiler:
    """Types raw versions against a vocabulary and the names of a law."""

    def __init__(self, scope_base: Scope) -> None:
        self.base = scope_base

    def scope(self, head: Head) -> Scope:
        """What expressions of a norm with this head may refer to."""
        each = "afgoerelse" if head.on is not None else head.each
        return Scope(self.base.vocabulary, self.base.norm_of_name, self.base.type_of_norm, each, head.last_day)

    def expression(self, field: str, source: Any, scope: Scope, expect: str | None) -> ir.Node:
        """A typed expression of a field. Raises FieldError that names the field."""
        if isinstance(source, date):
            source = f"date('{source.isoformat()}')"
        try:
            return parse(source, scope, expect)
        except GrammarError as error:
            raise FieldError(field, error.message, error.mend) from None

    def version(self, raw: dict[str, Any], head: Head, old: Version | None = None) -> Version:
        """A typed version; raises FieldError on the first thing wrong in it.

        ``old`` is the version it was made from by an edit, under the same head and names: the fields that are the
        very same there are not typed again.
        """
        for key in raw:
            if key not in VERSION_KEYS:
                raise FieldError(str(key), f"a version has no field '{key}'", nearest(key, sorted(VERSION_KEYS)))
        if raw.get("needs") not in (None, "judgement"):
            raise FieldError("needs", f"'{raw['needs']}' is nothing a norm needs", "write needs: judgement")
        scope = self.scope(head)
        applies = old.applies if old and _alike(raw, old, _OF_APPLIES) else self.applies(raw, head, scope)
        if old and _alike(raw, old, _OF_VALUE):
            value, requires = old.value, old.requires
        else:
            value, requires = self.value(raw, head, scope)
        must: Must | None = None
        if old and _alike(raw, old, _OF_MUST):
            must = old.must
        elif "must" in raw:
            must = self.must(raw, scope)
        if "promise" in raw and must is None:
            raise FieldError(
                "promise", "there is no demand the promise could be better than", "add must:, or leave it out"
            )
        idle = idle_in_version(head.kind, map(str, raw))
        if idle is not None:
            raise FieldError(idle, f"a {head.kind} cannot hold {idle}:", f"leave it out, or use {kinds_with(idle)}")
        lapses = self.expression("lapses_when", raw["lapses_when"], scope, "bool") if "lapses_when" in raw else None
        promise, promise_from = self.promise(raw, must, scope) if "promise" in raw and must else (None, None)
        return Version(
            span=span(raw.get("in_force")), ref=str(raw.get("ref", "")), raw=raw, applies=applies, value=value,
            requires=requires, must=must, promise=promise, promise_from=promise_from, lapses_when=lapses,
            share=_share(raw), judged=self.judged(raw), sources=words(raw, "source"),
            provisions=words(raw, "provisions"),
            assumptions=words(raw, "assumptions"), confidence=str(raw.get("confidence", "high")),
            not_modelled=raw.get("not_modelled"),
        )  # fmt: skip

    def applies(self, raw: dict[str, Any], head: Head, scope: Scope) -> ir.Node:
        """Whom the version concerns, with the filter of ``on:`` and the ``group:`` of a quota."""
        parts = [self.expression(f, raw[f], scope, "bool") for f in ("applies", "group") if f in raw]
        if head.on is not None:
            parts = [*decision_filter(head.on, scope), *parts]
        return conjunction(parts)

    def value(self, raw: dict[str, Any], head: Head, scope: Scope) -> tuple[ir.Node | None, ir.Node | None]:
        """The value and the demand of a version, as its kind has them."""
        hint = raw.get("type") or head.type_hint
        if hint is not None:
            self.type("type", hint)
        if head.kind == "condition":
            hint = "bool"
        if "requires" in raw:
            return None, self.expression("requires", raw["requires"], scope, "bool")
        if "value" in raw:
            return self.expression("value", raw["value"], scope, hint), None
        if "blank" in raw:
            return self.blank(raw["blank"], scope), None
        if "table" in raw:
            return self.table(raw["table"], scope, hint), None
        if raw.get("needs") == "judgement" and raw.get("judged") and head.kind in ("condition", "definition"):
            return self.expression("judged", raw["judged"], scope, hint), None
        if head.kind in ("condition", "definition"):
            type_ = hint or "bool"
            return ir.Const(type_, *range_of(type_, scope.enum_size(type_)), "", None), None
        return None, None

    def blank(self, raw: dict[str, Any], scope: Scope) -> ir.Node:
        """A hole for a lower rule: its default, or unknown."""
        type_ = self.type("blank.type", raw.get("type"))
        if raw.get("default") is not None:
            return self.expression("blank.default", raw["default"], scope, type_)
        return ir.Const(type_, *range_of(type_, scope.enum_size(type_)), "", None)

    def type(self, field: str, name: Any) -> str:
        """The name of a type; FieldError when there is none of that name."""
        types = [*SCALARS, *self.base.vocabulary.enums]
        if name not in types:
            raise FieldError(field, f"'{name}' is no type", nearest(name, types))
        return str(name)

    def table(self, raw: dict[str, Any], scope: Scope, hint: str | None) -> ir.Node:
        """A table of constants by one or more enums, truths or small whole numbers."""
        from fodfaeste.rulebook.tables import read_table

        return read_table(self, raw, scope, hint)

    def judged(self, raw: dict[str, Any]) -> str | None:
        """The field only a named person may fill."""
        name = raw.get("judged")
        if name is None:
            return None
        field = self.base.vocabulary.fields.get(name)
        if field is None:
            raise FieldError("judged", f"'{name}' is no field", nearest(name, list(self.base.vocabulary.fields)))
        if field.kind != "judged":
            raise FieldError("judged", f"the field '{name}' is {field.kind}", "make it kind: judged in the vocabulary")
        return str(name)

    def must(self, raw: dict[str, Any], scope: Scope) -> Must:
        """What a duty demands."""
        from fodfaeste.rulebook.duties import read_must

        return read_must(self, raw, scope)

    def promise(self, raw: dict[str, Any], must: Must, scope: Scope) -> tuple[ir.Node, ir.Node | None]:
        """The last day of a local promise above the law, and where it is counted from."""
        from fodfaeste.rulebook.duties import read_promise

        return read_promise(self, raw["promise"], must, scope)


def _alike(raw: dict[str, Any], old: Version, fields: tuple[str, ...]) -> bool:
    """Whether these fields are the very same as in an earlier version, or in neither."""
    return all(raw.get(field, _alike) is old.raw.get(field, _alike) for field in fields)


def span(raw: Any, field: str = "in_force") -> Span:
    """Validity from ``{from, to}``; both days included, null open. Raises FieldError."""
    raw = raw or {}
    if not isinstance(raw, dict) or set(raw) - {"from", "to"}:
        raise FieldError(field, f"{field} holds from and to, and nothing else", "write {from: 2024-01-01, to: null}")
    try:
        found = Span(day(raw.get("from")), day(raw.get("to")))
    except ValueError as error:
        raise FieldError(field, str(error), "null is open") from None
    if found.first is not None and found.last is not None and found.last < found.first:
        raise FieldError(field, "it ends before it begins", "swap the two days, or correct one")
    return found


def day(value: Any) -> int | None:
    """A YAML date or ISO string as a day number; None stays None."""
    if value is None:
        return None
    return to_day(value) if isinstance(value, date) else parse_day(str(value))


def conjunction(parts: list[ir.Node]) -> ir.Node:
    """All of them; true when there are none."""
    parts = [p for p in parts if p is not TRUE]
    if not parts:
        return TRUE
    if len(parts) == 1:
        return parts[0]
    return ir.Bool("bool", 0, 2, " and ".join(p.text for p in parts), "and", tuple(parts))


def decision_filter(on: dict[str, Any], scope: Scope) -> list[ir.Node]:
    """``on: {decisions: all | […], adverse: true}`` as conditions on the decision."""
    parts: list[ir.Node] = []
    decisions = on.get("decisions", "all")
    try:
        if decisions != "all":
            listed = ", ".join(repr(d) for d in decisions)
            parts.append(parse(f"this.type in {{{listed}}}", scope, "bool"))
        if "adverse" in on:
            parts.append(
                parse("this.udfald != 'medhold'" if on["adverse"] else "this.udfald == 'medhold'", scope, "bool")
            )
    except GrammarError as error:
        raise FieldError("on", error.message, error.mend) from None
    return parts


def type_of_unit(unit: str) -> str:
    """The type of a rate's unit; DKK_per_month is money."""
    return UNITS.get(unit) or UNITS.get(unit.split("_", maxsplit=1)[0], "int")


def is_unit(unit: str) -> bool:
    """Whether a rate series can count in it: a unit, or so much of one per something (DKK_per_month)."""
    return unit.split("_per_", maxsplit=1)[0] in UNITS


def with_unit(value: Any, unit: str) -> str:
    """A bare number of a file as the literal of its unit; what already is an expression stays."""
    type_ = unit if unit in _WRAPS else type_of_unit(unit)
    named = unit.split("_", maxsplit=1)[0]
    wrap = named if named in ("weeks", "years") else _WRAPS.get(type_)
    return f"{wrap}({value})" if wrap and not str(value).endswith(")") else str(value)


def _share(raw: dict[str, Any]) -> int | None:
    value = raw.get("share")
    if value is None:
        return None
    text = str(value).removeprefix("percent(").removesuffix(")").removesuffix("%")
    return parse_scaled(text, 2)


def words(raw: dict[str, Any], key: str) -> tuple[str, ...]:
    """A list of words, or the one word that stands alone."""
    value = raw.get(key) or ()
    return tuple(str(v) for v in (value if isinstance(value, list | tuple) else [value]))
