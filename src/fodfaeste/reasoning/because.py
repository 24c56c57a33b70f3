"""Because: the part of a norm's reasoning that decided, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fodfaeste.facts.view import View
from fodfaeste.foundation import FAR, from_day
from fodfaeste.reasoning.generated import judge_of
from fodfaeste.reasoning.outcome import Outcome, Raw, outcome, plain, value_of
from fodfaeste.reasoning.plainly import fit
from fodfaeste.reasoning.reference import Item, Reference
from fodfaeste.reasoning.rows import Rows
from fodfaeste.reasoning.status import Status
from fodfaeste.rulebook import ir
from fodfaeste.rulebook.norms import Must
from fodfaeste.rulebook.rulebook import ResolvedNorm, Rulebook


@dataclass(slots=True, eq=False)
class Because:
    """One decisive step. ``kind``: fact | history | norm | rule | today | item. Read it; others may hold it too.

    ``name`` is a field, an event or spell kind, or a norm id; ``value`` the decoded value, None unknown;
    ``rows`` the events or spells that were counted; ``why`` the steps it rests on.
    """

    kind: str
    name: str
    text: str
    value: Any
    why: tuple[Because, ...] = ()
    rows: tuple[dict[str, Any], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The documented JSON form."""
        row: dict[str, Any] = {"kind": self.kind, "name": self.name, "text": self.text}
        row["value"] = "unknown" if self.value is None else plain(self.value)
        if self.rows:
            row["rows"] = [{k: plain(v) if v is not None else None for k, v in r.items()} for r in self.rows]
        if self.why:
            row["because"] = [step.as_dict() for step in self.why]
        return row

    def leaves(self) -> list[Because]:
        """The facts and histories at the bottom, each once, in order."""
        if self.kind in ("fact", "history", "item"):
            return [self, *(leaf for step in self.why for leaf in step.leaves())]
        return [leaf for step in self.why for leaf in step.leaves()]


class Common(Because):
    """A step that says nothing of one person: explanations of several cases may share it."""

    __slots__ = ()


@dataclass(slots=True)
class Explanation:
    """An outcome with what decided it: role and step.

    Roles: applies, waived, start, due, events, pauses, lapses, requires, value. ``item`` is what an ``each`` norm
    was judged for.
    """

    norm: ResolvedNorm
    outcome: Outcome
    because: tuple[tuple[str, Because], ...]
    item: dict[str, Any] | None = None

    def steps(self) -> list[Because]:
        """All steps, flat, the norm's own first."""
        found: list[Because] = []
        waiting = [step for _, step in self.because]
        while waiting:
            step = waiting.pop(0)
            found.append(step)
            waiting += step.why
        return found

    def facts(self) -> list[Because]:
        """Facts and histories used, each once."""
        seen: dict[tuple[str, str], Because] = {}
        for _, step in self.because:
            for leaf in step.leaves():
                seen.setdefault((leaf.kind, leaf.text), leaf)
        return list(seen.values())

    def norms(self) -> list[str]:
        """Ids of the norms it rests on, itself first."""
        return list(dict.fromkeys([self.norm.id, *(s.name for s in self.steps() if s.kind == "norm")]))

    def assumptions(self, rulebook: Rulebook) -> list[str]:
        """Legal doubts it rests on: the norm's own and those of the norms used."""
        used = [rulebook.norms[id_] for id_ in self.norms() if id_ in rulebook.norms]
        return list(dict.fromkeys(doubt for norm in used for doubt in norm.assumptions))

    def as_dict(self, rulebook: Rulebook) -> dict[str, Any]:
        """The documented JSON form."""
        row: dict[str, Any] = {"norm": self.norm.id, "kind": self.norm.norm.kind, "ref": self.norm.ref}
        row |= {"label": self.norm.norm.label, **self.outcome.as_dict()}
        if self.item is not None:
            row["for"] = {k: plain(v) if v is not None else None for k, v in self.item.items()}
        row["because"] = {role: step.as_dict() for role, step in self.because}
        row["rests_on"] = [
            {"norm": id_, "ref": rulebook.norms[id_].ref} for id_ in self.norms() if id_ in rulebook.norms
        ]
        row["assumptions"] = self.assumptions(rulebook)
        row["sources"] = list(self.norm.version.sources)
        row["regimes"] = [{"regime": regime, "op": op} for regime, op in self.norm.edits]
        return row


def explain(rulebook: Rulebook, view: View, norm: str) -> list[Explanation]:
    """Why a norm came out as it did: one explanation, or one per item of an ``each`` norm. Raises KeyError."""
    return Explainer(rulebook, view).norm(rulebook.norms[norm])


class Explainer:
    """Explains norms for one view; what one explanation found, the next remembers."""

    def __init__(self, rulebook: Rulebook, view: View) -> None:
        self.rulebook, self.view = rulebook, view
        self.reference = Reference(rulebook, view)
        self._of_person: dict[int, Because] = {}
        self._of_item: dict[int, Because] = {}
        self._found_rows: dict[tuple[Any, ...], tuple[dict[str, Any], ...]] = {}

    def all(self) -> dict[str, list[Explanation]]:
        """Every norm in force, explained."""
        norms = self.rulebook.norms.values()
        return {
            norm.id: self.told(norm, raw) for norm, raw in zip(norms, self.judged(), strict=True) if not norm.absent
        }

    def judged(self) -> list[Raw | list[Raw]]:
        """All outcomes from the fast evaluator; what it found of the norms is not reckoned again."""
        judge = judge_of(self.rulebook)
        found, _ = judge.judge(self.view, Rows(self.view, judge.shape))
        for norm, raw in zip(self.rulebook.norms.values(), found, strict=True):
            if norm.norm.each is None and norm.value is not None and norm.must is None and norm.requires is None:
                assert isinstance(raw, tuple)
                self.reference.know(norm.value, raw[0])
        return found

    def norm(self, norm: ResolvedNorm) -> list[Explanation]:
        """One explanation, or one per item."""
        return self.told(norm, self.reference.norm(norm))

    def told(self, norm: ResolvedNorm, raw: Raw | list[Raw]) -> list[Explanation]:
        """The explanation of outcomes that are already known."""
        if norm.norm.each is None:
            assert isinstance(raw, tuple)
            return [self._single(norm, None, raw)]
        items = self.reference.items(norm.norm.each)
        assert isinstance(raw, list)
        found = [self._single(norm, item, one) for item, one in zip(items, raw, strict=True)]
        self.reference.at_item(None)
        return found

    def _single(self, norm: ResolvedNorm, item: Item | None, raw: Raw) -> Explanation:
        if item is not None:
            self.reference.at_item(item)
            self._of_item = {}
        answer = outcome(norm, raw, self.rulebook.vocabulary)
        return Explanation(norm, answer, self._roles(norm, raw), self._item(norm, item))

    def _item(self, norm: ResolvedNorm, item: Item | None) -> dict[str, Any] | None:
        if item is None or norm.norm.each is None:
            return None
        return self._row(norm.norm.each, norm.norm.each in self.view.spells, item)

    def _roles(self, norm: ResolvedNorm, raw: Raw) -> tuple[tuple[str, Because], ...]:
        if norm.value is not None and norm.requires is None and norm.must is None:
            return (("value", self.why(norm.value)),)
        status = Status(raw[0] or 0) if len(raw) > 1 else Status.UNKNOWN
        applies = self.reference.truth(norm.applies)
        roles = [("applies", self.why(norm.applies))]
        if applies == 0 or len(raw) == 1:
            return tuple(roles)
        if self.reference.truth(norm.waived) != 0 or (norm.exceptions and status == Status.WAIVED):
            roles.append(("waived", self.why(norm.waived)))
        if status in (Status.WAIVED, Status.STANDING) or applies == 1:
            return tuple(roles)
        if norm.requires is not None:
            return (*roles, ("requires", self.why(norm.requires)))
        if norm.must is not None:
            roles += self._duty_roles(norm, norm.must, status)
        return tuple(roles)

    def _duty_roles(self, norm: ResolvedNorm, must: Must, status: Status) -> list[tuple[str, Because]]:
        roles = [("start", self.why(must.start))]
        if self.reference.value(must.start) is None or (status == Status.NOT_YET and must.form != "not_before"):
            return roles
        if must.last is not None:
            roles.append(("due", self.why(must.last)))
        parts = self.reference.parts(norm, must)
        roles.append(("events", self._events(must, parts.sure)))
        if must.pauses and (parts.paused or parts.due != parts.unpaused):
            rows = tuple(self._row(k, True, r) for k in must.pauses for r in self.view.spells[k])
            roles.append(("pauses", Because("history", must.pauses[0], ", ".join(must.pauses), None, (), rows)))
        if parts.lapses:
            roles.append(("lapses", self.why(norm.lapses_when)))
        return roles

    def _events(self, must: Must, sure: int) -> Because:
        since = self.reference.value(must.count_from)
        rows = self._rows(must.kind, must.spell, must.filters, since, self.view.on)
        return Because("history", must.kind, f"{must.kind} since {must.count_from.text}", sure, (), rows)

    # -- expressions -----------------------------------------------------------------------------------------

    def why(self, node: ir.Node) -> Because:
        """The decisive part of an expression."""
        key = id(node)
        reference = self.reference
        known = self._of_item if reference.item is not None and reference.about_item(node) else self._of_person
        found = known.get(key)
        if found is None:
            found = known[key] = self._why(node)
        return found

    def _why(self, node: ir.Node) -> Because:
        raw = self.reference.value(node)
        if node.type == "bool":
            value: Any = None if raw == 1 or raw is None else raw == 2
        elif raw is not None and node.type == "date":
            value = from_day(min(raw, FAR))
        else:
            value = value_of(node.type, raw, self.rulebook.vocabulary)
        rule = RULES.get(type(node))
        if rule is not None:
            return Because("rule", rule, node.text, value, tuple(self._decisive(node)))
        if isinstance(node, ir.NormRef):
            target = self.rulebook.norms[node.norm]
            why = () if target.absent or target.value is None else (self.why(target.value),)
            return Because("norm", node.norm, node.text, value, why)
        if isinstance(node, ir.FieldRef):
            return Because("fact", node.name, node.text, value)
        if isinstance(node, ir.Agg):
            return self._history(node, value)
        if isinstance(node, ir.AppliesRef):
            return Because("norm", node.norm, node.text, value, (self.why(self.rulebook.norms[node.norm].applies),))
        if isinstance(node, ir.This):
            return Because("item", node.attr, node.text, value)
        return Because("today", "on", node.text, value)

    def _decisive(self, node: ir.Node) -> list[Because]:
        """The parts that made the value what it is."""
        match node:
            case ir.Bool():
                truth = self.reference.truth(node)
                if truth == (0 if node.op == "and" else 2):
                    return [self.why(next(arg for arg in node.args if self.reference.truth(arg) == truth))]
                return [self.why(arg) for arg in node.args if self.reference.truth(arg) == truth]
            case ir.If():
                test = self.reference.truth(node.test)
                if test == 1 and self.reference.value(node) in (None, 1):
                    return [self.why(node.test)]
                branch = node.then if test == 2 else node.other
                return [self.why(node.test), self.why(branch)]
            case ir.Const():
                return []
        parts = [child for child in ir.children(node) if not isinstance(child, ir.Const)]
        unknown = [part for part in parts if self._unknown(part)] if self._unknown(node) else []
        return [self.why(part) for part in (unknown or parts)]

    def _unknown(self, node: ir.Node) -> bool:
        return self.reference.truth(node) == 1 if node.type == "bool" else self.reference.value(node) is None

    def _history(self, node: ir.Agg, value: Any) -> Because:
        dated = [arg for arg in node.args if not isinstance(arg, ir.Const | ir.Today)]
        why = tuple(self.why(arg) for arg in dated if arg.type in ("date", "days"))
        bounds = [self.reference.value(arg) for arg in node.args if arg.type == "date"]
        low = bounds[0] if len(bounds) > 1 else None
        return Because(
            "history",
            node.kind,
            node.text,
            value,
            why,
            self._rows(node.kind, node.spell, node.filters, low, self.view.on),
        )

    def _rows(
        self, kind: str, spell: bool, filters: tuple[ir.Filter, ...], low: int | None, high: int
    ) -> tuple[dict[str, Any], ...]:
        key = (kind, filters, low)
        if key not in self._found_rows:
            self._found_rows[key] = self._find_rows(kind, spell, filters, low, high)
        return self._found_rows[key]

    def _find_rows(
        self, kind: str, spell: bool, filters: tuple[ir.Filter, ...], low: int | None, high: int
    ) -> tuple[dict[str, Any], ...]:
        if spell:
            spells = self.view.spells[kind]
            return tuple(
                self._row(kind, True, s) for s in spells if fit(s[2], filters) and (low is None or s[1] >= low)
            )
        events = self.view.events[kind]
        return tuple(
            self._row(kind, False, (day, day, attrs))
            for day, attrs in events
            if fit(attrs, filters) and (low is None or day >= low) and day <= high
        )

    def _row(self, kind: str, spell: bool, item: Item) -> dict[str, Any]:
        vocabulary = self.rulebook.vocabulary
        attrs = (vocabulary.spells if spell else vocabulary.events)[kind].attrs
        row: dict[str, Any] = {"kind": kind}
        if spell:
            row |= {"from": from_day(item[0]), "to": None if item[1] >= FAR else from_day(item[1])}
        else:
            row["date"] = from_day(item[0])
        for (name, type_), raw in zip(attrs.items(), item[2], strict=True):
            if raw is not None:
                row[name] = value_of(type_, raw, vocabulary)
        return row


RULES: dict[type[ir.Node], str] = {
    kind: kind.__name__.lower()
    for kind in (ir.Arith, ir.Compare, ir.Bool, ir.Not, ir.If, ir.In, ir.Call, ir.Table, ir.Const)
}
"""How a step of each sort of expression is called."""
