"""From a small change to the typed law that has it, or to the reason why it cannot be loaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from fodfaeste.foundation import from_day
from fodfaeste.rulebook import Law, ir
from fodfaeste.rulebook.assemble import Assembler, RawNorm
from fodfaeste.rulebook.check import check_norm
from fodfaeste.rulebook.compiler import FieldError
from fodfaeste.rulebook.edits import edited_version
from fodfaeste.rulebook.norms import Norm, Version
from fodfaeste.rulebook.reading import Place
from fodfaeste.rulebook.scope import GrammarError
from tools.law_mutants.changes import Change, Path, changed, changes_of
from tools.law_mutants.patched import Patch

_ROUNDINGS = {True: "last_day", False: "next_first"}


class RefusedError(Exception):
    """The law with the change does not load, or is not what its checks demand."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One small change of the law: of a norm, or of the rounding of a whole file."""

    norms: tuple[str, ...]
    change: Change
    file: str
    act: str
    shown: str  # the norm, or the section whose rounding it is
    field: str


def mutants_of_norm(law: Law, id_: str) -> Iterator[Mutant]:
    """Every mutant of a norm."""
    norm, raw = law.norms[id_], law.assembler.raw[id_]
    for change in changes_of(raw.raw):
        field = _field(raw.raw, change.path)
        yield Mutant((id_,), change, norm.file, norm.act, id_, field)


def mutants_of_files(law: Law) -> Iterator[Mutant]:
    """The other rounding of months, for each file that states one."""
    for section in law.sections:
        norms = tuple(id_ for id_ in section.norms if id_ in law.norms)
        stated = {law.norms[id_].last_day for id_ in norms} - {None}
        for rounding in stated:
            before, after = _ROUNDINGS[bool(rounding)], _ROUNDINGS[not rounding]
            change = Change("month_end", ("month_end",), not rounding, before, after)
            yield Mutant(norms, change, section.file, section.act, f"{section.act}.{section.section}", "month_end")


def _field(raw: dict[str, Any], path: Path) -> str:
    """The place of a change as people find it: the version by its first day."""
    if path[0] != "versions":
        return ".".join(map(str, path))
    version = raw["versions"][path[1]]
    first = (version.get("in_force") or {}).get("from")
    return f"{first or '…'}: " + ".".join(map(str, path[2:]))


class Workshop(Assembler):
    """The assembler of a law, for one changed norm at a time; a problem stops it at once."""

    def __init__(self, law: Law) -> None:
        super().__init__(law.vocabulary, [])
        self.law = law
        self.raw.update(law.assembler.raw)
        self.names.update(law.assembler.names)
        self.types.update(law.assembler.types)
        self.edited = {edit.norm for regime in law.regimes.values() for edit in regime.edits}

    def report(self, norm: RawNorm, place: Place, message: str, mend: str) -> None:
        """A problem of the changed norm."""
        raise RefusedError(message)

    def patch(self, mutant: Mutant) -> Patch:
        """The law with the change. Raises RefusedError."""
        raws = {id_: _changed(self.law.assembler.raw[id_], mutant.change) for id_ in mutant.norms}
        self.raw.update(raws)
        try:
            norms = {id_: self._built(raw, mutant.change) for id_, raw in raws.items()}
            patch = Patch(self.law, norms)
            for norm in norms.values():
                check_norm(patch.whole, norm, self)
                self._edit(norm)
        except (FieldError, GrammarError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise RefusedError(str(error)) from None
        finally:
            self.raw.update({id_: self.law.assembler.raw[id_] for id_ in mutant.norms})
        return patch

    def _built(self, raw: RawNorm, change: Change) -> Norm:
        """The typed norm. Versions without a change stay the very objects they were."""
        before = self.law.norms[raw.id]
        if change.path[0] == "versions":
            index = change.path[1]
            assert isinstance(index, int)
            old = self.law.assembler.raw[raw.id].raw["versions"][index]
            new = self.compiler.version(raw.raw["versions"][index], raw.head)
            versions = [new if version.raw is old else version for version in before.versions]
            return replace(before, versions=tuple(sorted(versions, key=_first)))
        built = self.norm(raw)
        assert built is not None
        if change.path[0] in ("overrides", "excepts", "governed_by"):
            built = replace(built, versions=before.versions)
        return built

    def _edit(self, norm: Norm) -> None:
        """The regimes that edit the norm still can."""
        if norm.id not in self.edited:
            return
        known = set(map(id, self.law.norms[norm.id].versions))
        new = [version for version in norm.versions if id(version) not in known]
        for regime in self.law.regimes.values():
            for edit in regime.edits:
                if edit.op != "add" and edit.norm == norm.id:
                    for version in new:
                        edited_version(norm, version, edit, regime.assembler)


def _first(version: Version) -> int:
    return version.span.first if version.span.first is not None else -(10**9)


def _changed(raw: RawNorm, change: Change) -> RawNorm:
    if change.path == ("month_end",):
        return replace(raw, last_day=bool(change.instead))
    return replace(raw, raw=changed(raw.raw, change.path, change.instead))


def same_law(law: Law, patch: Patch) -> bool:
    """Whether every changed norm came out as the very norm it was: the change says nothing new."""
    return all(bones(law.norms[id_]) == bones(norm) for id_, norm in patch.changed.items())


_WORDS = {"text", "raw", "lo", "hi", "ref", "sources", "provisions", "assumptions", "confidence", "last_day"}


def bones(part: Any) -> Any:
    """A norm or expression without the words it came from."""
    if isinstance(part, tuple | list):
        return tuple(map(bones, part))
    fields = getattr(part, "__dataclass_fields__", None)
    if fields is None:
        return part
    left_out = _WORDS if type(part) in (Norm, Version) else {"text", "lo", "hi"}
    if isinstance(part, ir.Arith | ir.Agg) and not _counts_months(part):
        left_out = left_out | {"last_day"}  # stated with the file, and here without a month to round
    return (type(part).__name__, *(bones(getattr(part, name)) for name in fields if name not in left_out))


def _counts_months(node: ir.Arith | ir.Agg) -> bool:
    """Whether the rounding of months can make a difference to what the node comes to."""
    if isinstance(node, ir.Arith):
        return node.op == "add_months"
    return node.name == "reached" and node.args[1].type == "months"


def left_out(law: Law, mutant: Mutant, first: int) -> str:
    """The rule that leaves a mutant out, or nothing. ``first`` is the first day an example asks about."""
    path = mutant.change.path
    if path[0] != "versions":
        return ""
    if path[2:] == ("share",):
        return "share"
    norm = law.norms[mutant.norms[0]]
    oldest = norm.versions[0]
    mine = oldest.raw is law.assembler.raw[norm.id].raw["versions"][path[1]]
    if path[2:] != ("in_force", "from") or not mine or oldest.span.first is None or norm.governed_by is not None:
        return ""
    latest = max(from_day(oldest.span.first).isoformat(), mutant.change.after)
    return "first day" if latest < from_day(first).isoformat() else ""
