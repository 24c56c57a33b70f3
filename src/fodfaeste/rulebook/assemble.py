"""Putting norms together: names first, types on demand, then every version."""

from __future__ import annotations

from dataclasses import dataclass
from keyword import iskeyword
from typing import Any

from fodfaeste.facts.vocabulary import Vocabulary
from fodfaeste.foundation import Problem
from fodfaeste.rulebook import ir
from fodfaeste.rulebook.compiler import Compiler, FieldError, Head
from fodfaeste.rulebook.kinds import idle_in_norm, kinds_with
from fodfaeste.rulebook.norms import KINDS, PREDICATES, Exceptance, Norm, Version
from fodfaeste.rulebook.reading import Document, Place
from fodfaeste.rulebook.scope import GrammarError, Scope, nearest

NORM_KEYS = {
    "id", "kind", "name", "owed_by", "owed_to", "nature", "label", "each", "on", "governed_by", "overrides", "excepts",
    "fills", "versions", "no_example", "of", "type", "per", "note", "not_modelled",
}  # fmt: skip
"""The fields a norm may have in a file."""

ROUNDINGS: dict[Any, bool | None] = {"last_day": True, "next_first": False, None: None}
"""What ``month_end:`` of a file may say, and whether the 31st plus a month is then the month's last day."""

_TAKEN = ("on", "never", "this")


@dataclass(frozen=True)
class RawNorm:
    """A norm as it stands in a file, at a place there, before it is typed.

    ``last_day`` is the file's stated rounding of months (see ROUNDINGS), None where none is stated.
    """

    id: str
    raw: dict[str, Any]
    document: Document
    place: Place
    act: str
    section: str
    last_day: bool | None

    @property
    def head(self) -> Head:
        """What its versions are read under."""
        raw = self.raw
        return Head(raw.get("kind", ""), raw.get("each"), raw.get("on"), raw.get("type"), self.last_day)


class Assembler:
    """Collects raw norms of a law (or of a regime on top of one) and types them."""

    def __init__(self, vocabulary: Vocabulary, problems: list[Problem]) -> None:
        self.vocabulary = vocabulary
        self.problems = problems
        self.raw: dict[str, RawNorm] = {}
        self.names: dict[str, str] = {}
        self.types: dict[str, str] = {}
        self.typing: list[str] = []
        self.on_top = False  # of a law's own norms
        self.added = 0  # norms a regime has added on top: with each, names may mean another norm
        self.compiler = Compiler(Scope(vocabulary, self.names, self.type_of))

    def overlay(self) -> Assembler:
        """A copy a regime may add norms to without changing the law."""
        copy = Assembler(self.vocabulary, self.problems)
        copy.raw.update(self.raw)
        copy.types.update(self.types)
        copy.names.update(self.names)
        copy.on_top, copy.added = True, self.added
        return copy

    def forget(self, id_: str, name: str | None) -> None:
        """Make room for a norm that takes another's place."""
        self.raw.pop(id_, None)
        self.types.pop(id_, None)
        if name and self.names.get(name) == id_:
            self.names.pop(name)

    def add(self, norm: RawNorm) -> None:
        """Keep a norm; a second one with its id or name is a problem."""
        if norm.id in self.raw:
            message = f"the norm '{norm.id}' is also in {self.raw[norm.id].document.shown}"
            self.report(norm, ("id",), message, "give it its own id")
            return
        self.raw[norm.id] = norm
        self.added += self.on_top
        name = norm.raw.get("name")
        if not name:
            return
        word = str(name)
        if not word.isidentifier() or iskeyword(word) or word in _TAKEN or word in self.vocabulary.fields:
            self.report(norm, ("name",), f"'{name}' cannot be a name", "use snake_case that no field has")
        elif name in self.names:
            message = f"the name '{name}' is also that of {self.names[name]}"
            self.report(norm, ("name",), message, "names are unique in the whole law")
        else:
            self.names[str(name)] = norm.id

    def report(self, norm: RawNorm, place: Place, message: str, mend: str) -> None:
        """Add a problem in a field of a norm."""
        if norm.act == "rates" and place[:1] == ("versions",):
            place = ("values", *place[1:])  # what the file of a rate series calls them
        where = ".".join(map(str, (norm.id, *place)))
        self.problems.append(norm.document.problem((*norm.place, *place), message, mend, where))

    def type_of(self, id_: str) -> str:
        """Type of a norm's value, from its first version that tells.

        Raises GrammarError for a norm without a value, or one that is read to find its own type.
        """
        if id_ in self.types:
            return self.types[id_]
        if id_ in self.typing:
            chain = " → ".join([*self.typing[self.typing.index(id_) :], id_])
            raise GrammarError(f"the norms go in a circle: {chain}", "break the circle")
        raw = self.raw[id_].raw
        kind = raw.get("kind")
        if kind in ("duty", "quota"):
            raise GrammarError(f"'{id_}' is a {kind} and has no value", "refer to a definition, condition or right")
        self.typing.append(id_)
        try:
            self.types[id_] = self._infer(self.raw[id_])
        finally:
            self.typing.pop()
        return self.types[id_]

    def _infer(self, norm: RawNorm) -> str:
        kind, raw = norm.raw.get("kind"), norm.raw
        if kind == "condition" or kind in PREDICATES:
            return "bool"
        if raw.get("type"):
            return str(raw["type"])
        error: FieldError | None = None
        for version in raw.get("versions") or []:
            if version.get("type"):
                return str(version["type"])
            try:
                value, _ = self.compiler.value(version, norm.head, self.compiler.scope(norm.head))
            except FieldError as caught:
                error = caught
                continue
            if value is not None and not (
                isinstance(value, ir.Const) and value.value is None and "blank" not in version
            ):
                return value.type
        if error is not None:
            raise GrammarError(error.message, error.mend)
        return "bool"

    def norms(self) -> dict[str, Norm]:
        """Every norm, typed; what cannot be typed is reported and left out."""
        found: dict[str, Norm] = {}
        for raw in self.raw.values():
            norm = self.norm(raw)
            if norm is not None:
                found[norm.id] = norm
        return found

    def norm(self, raw: RawNorm) -> Norm | None:
        """One typed norm, or None after reporting."""
        data = raw.raw
        for key in sorted(set(data) - NORM_KEYS, key=str):
            self.report(raw, (key,), f"a norm has no field '{key}'", nearest(key, sorted(NORM_KEYS)))
        if data.get("kind") not in KINDS:
            self.report(raw, ("kind",), f"'{data.get('kind')}' is no kind of norm", f"use one of {', '.join(KINDS)}")
            return None
        kind = data["kind"]
        for key in idle_in_norm(kind, data):
            self.report(raw, (key,), f"a {kind} cannot hold {key}:", f"leave it out, or use {kinds_with(key)}")
        versions = self._versions(raw)
        if not data.get("versions"):
            self.report(raw, ("versions",), "the norm has no version", "add a version with in_force, ref and source")
        if not versions:
            return None
        try:
            return self._norm(raw, versions)
        except FieldError as error:
            self.report(raw, (error.field,), error.message, error.mend)
        except GrammarError as error:
            self.report(raw, ("versions",), error.message, error.mend)
        except (AttributeError, TypeError, ValueError, KeyError) as error:
            self.report(raw, (), f"the norm cannot be read: {error}", "compare it with the norm guide")
        return None

    def _versions(self, raw: RawNorm) -> tuple[Version, ...]:
        versions = []
        for index, version in enumerate(raw.raw.get("versions") or []):
            try:
                versions.append(self.compiler.version(version, raw.head))
            except FieldError as error:
                place: Place = ("versions", index, *error.field.split("."))
                self.report(raw, place, error.message, error.mend)
            except (TypeError, ValueError, KeyError, AttributeError) as error:
                mend = "compare the version with the norm guide"
                self.report(raw, ("versions", index), f"the version cannot be read: {error}", mend)
        return tuple(sorted(versions, key=lambda v: v.span.first if v.span.first is not None else -(10**9)))

    def _norm(self, raw: RawNorm, versions: tuple[Version, ...]) -> Norm:
        data, head = raw.raw, raw.head
        kind = data["kind"]
        governed = data.get("governed_by")
        scope = self.compiler.scope(head)
        each = "afgoerelse" if head.on is not None else head.each
        if each is not None:
            scope.attributes(each)
        type_ = "" if kind in ("duty", "quota") else self.type_of(raw.id)
        day: ir.Node | None = None
        if governed not in (None, "today", "on"):
            day = self.compiler.expression("governed_by", governed, scope, "date")
        return Norm(
            id=raw.id, kind=kind, name=data.get("name"), type=type_, act=raw.act, section=raw.section,
            file=raw.document.shown, label=data.get("label") or {}, owed_by=data.get("owed_by"),
            owed_to=data.get("owed_to"), nature=data.get("nature"), each=each, governed_by=day,
            overrides=tuple(data.get("overrides") or ()), excepts=_exceptance(data.get("excepts")),
            fills=data.get("fills"), of=data.get("of") or _of(data), versions=versions, last_day=raw.last_day,
            no_example=data.get("no_example"),
        )  # fmt: skip


def _exceptance(raw: Any) -> Exceptance | None:
    if raw is None:
        return None
    norms = raw["norms"] if isinstance(raw["norms"], list) else [raw["norms"]]
    return Exceptance(tuple(norms), int(raw.get("rank", 0)), str(raw.get("effect", "waive")))


def _of(data: dict[str, Any]) -> str | None:
    for version in data.get("versions") or []:
        if "of" in version:
            return str(version["of"])
    return None
