"""Reasons: the decisive steps of an answer as clauses, sentences and lines of a tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from fodfaeste.interfaces.wording.expressions import counted_kind, is_settled, occurs, operator, phrase
from fodfaeste.interfaces.wording.language import listed
from fodfaeste.interfaces.wording.words import Words
from fodfaeste.reasoning import Because
from fodfaeste.rulebook import Rulebook, ir

Step = tuple[Because, ir.Node]
"""A decisive step, and the expression it is a step of."""

_MOST_CLAUSES = 3


@dataclass(frozen=True)
class Reasons:
    """Finds words for the decisive steps of answers from one rulebook."""

    words: Words
    rulebook: Rulebook

    def below(self, step: Because, node: ir.Node) -> list[Step]:
        """The steps a step rests on, each with its expression."""
        waiting = self._parts(node)
        found: list[Step] = []
        for because in step.why:
            match = next((part for part in waiting if part.text == because.text), None)
            if match is not None:
                waiting.remove(match)
                found.append((because, match))
        return found

    def _parts(self, node: ir.Node) -> list[ir.Node]:
        if isinstance(node, ir.NormRef):
            value = self.rulebook.norms[node.norm].value
            return [] if value is None else [value]
        if isinstance(node, ir.AppliesRef):
            return [self.rulebook.norms[node.norm].applies]
        return list(ir.children(node))

    # -- clauses -------------------------------------------------------------------------------------------------

    def because(self, step: Because, node: ir.Node) -> str:
        """``a, b og c``: what decided, as clauses that follow *fordi* and *because*. Empty when nothing did."""
        clauses = list(dict.fromkeys(self.clauses(step, node)))
        more = len(clauses) - _MOST_CLAUSES
        if more > 0:
            clauses = clauses[:_MOST_CLAUSES]
            clauses.append(self.words.pick(f"{more} forhold mere", f"{more} more"))
        return listed(clauses, self.words.lang)

    def clauses(self, step: Because, node: ir.Node) -> Iterator[str]:
        """One clause for each thing that decided; rules with a name are named, not unfolded."""
        words = self.words
        match node:
            case ir.Const():
                return
            case ir.Bool() | ir.Not() | ir.If() if _unfold(node):
                for below in self.below(step, node):
                    yield from self.clauses(*below)
            case ir.Compare() if _chooses_version(node):
                return
            case ir.AppliesRef() if step.value is False:
                return  # a special rule that does not apply decides nothing
            case ir.Compare():
                yield self._compared(step, node)
            case ir.In():
                values = {part.text: part.value for part in step.why}
                if values.get(node.arg.text, step) is None:
                    yield self._unknown(phrase(words, node.arg))
                else:
                    yield f"{phrase(words, node.arg)} {words.pick('er', 'is')} {self._value(step, node.arg)}"
            case ir.Agg() if node.name == "active":
                yield self._active(step, node)
            case ir.NormRef() if step.value is True:
                yield self._plain(True, node) + self._ground(step)
            case _:
                yield self._plain(step.value, node)

    def _plain(self, value: Any, node: ir.Node) -> str:
        """``»Er voksen« gælder``, ``alder er 29``."""
        said = phrase(self.words, node)
        if value is None:
            return self._unknown(said)
        if isinstance(value, bool):
            if isinstance(node, ir.AppliesRef):
                return (
                    said if value else self.words.pick(f"det ikke er rigtigt, at {said}", f"it is not so that {said}")
                )
            if value:
                return self.words.pick(f"{said} gælder", f"{said} holds")
            return self.words.pick(f"{said} ikke gælder", f"{said} does not hold")
        return f"{said} {self.words.pick('er', 'is')} {self.words.value(value, node.type)}"

    def _ground(self, step: Because) -> str:
        """`` (målgruppe siden 3. august 2026)`` when one open spell is all a rule rests on."""
        leaves = step.leaves()
        spells = [row for leaf in leaves for row in leaf.rows if "from" in row]
        if len(leaves) != 1 or len(spells) != 1:
            return ""
        kind = self.words.lower(self.words.kind(str(spells[0]["kind"])))
        return f" ({kind} {self.words.row_days(spells[0])})"

    def _unknown(self, said: str) -> str:
        return self.words.pick(f"{said} er uvist", f"{said} is unknown")

    def _value(self, step: Because, node: ir.Node) -> str:
        if isinstance(node, ir.Const):
            return self.words.code(node.value, node.type)
        found = next((part for part in step.why if part.text == node.text), None)
        return self.words.value(found.value if found else None, node.type)

    def _active(self, step: Because, node: ir.Agg) -> str:
        kind = counted_kind(self.words, node, short=True)
        if step.value is None:
            return self._unknown(kind)
        if not step.value:
            return self.words.pick(f"ingen {kind} løber", f"no {kind} runs")
        since = [row["from"] for row in step.rows if isinstance(row.get("from"), date)]
        if not since:
            return self.words.pick(f"{kind} løber", f"{kind} runs")
        day = self.words.day(max(since))
        return self.words.pick(f"{kind} har løbet siden {day}", f"{kind} has run since {day}")

    def _compared(self, step: Because, node: ir.Compare) -> str:
        existence = occurs(self.words, node)
        if existence is not None:
            return self._occurred(step, existence[0])
        left, right = self._side(step, node.left), self._side(step, node.right)
        if step.value is None:
            unknown = [part for part in (node.left, node.right) if any(w.text == part.text for w in step.why)]
            return listed((self._unknown(phrase(self.words, part)) for part in unknown), self.words.lang)
        if any(part.value is None for part in step.why):  # a count that is not known, but enough of it
            holds = phrase(self.words, node)
            denied = self.words.pick(f"det ikke er rigtigt, at {holds}", f"it is not so that {holds}")
            return holds if step.value else denied
        said, verb = self._value(step, node.left), self.words.pick("er", "is")
        settled = is_settled(node)
        if settled is not None:
            if step.value is settled:
                return f"{left} {verb} {said}"
            return self.words.pick(f"{left} ikke er fastsat", f"{left} is not set")
        if node.op in ("==", "!=") and step.value is (node.op == "=="):
            return f"{left} {verb} {said}"
        test = operator(self.words, node.op, node.left.type).removeprefix(f"{verb} ")
        against = right if isinstance(node.right, ir.Const) else f"{right} ({self._value(step, node.right)})"
        if node.op in ("==", "!="):
            return self.words.pick(f"{left} er {said}, ikke {against}", f"{left} is {said}, not {against}")
        if not step.value:
            test = self.words.pick(f"ikke {test}", f"not {test}")
        if isinstance(node.left, ir.Today):
            return f"{said} {verb} {test} {against}"
        return f"{left} {verb} {said}, {test} {against}"

    def _side(self, step: Because, node: ir.Node) -> str:
        """One side of a comparison; of a choice, the branch that was taken."""
        if isinstance(node, ir.If):
            below = next((pair for pair in self.below(step, _only(node)) if pair[1] is node), None)
            parts = self.below(*below) if below else []
            if parts and parts[-1][1] is not node.test:
                return phrase(self.words, parts[-1][1])
        return phrase(self.words, node)

    def _occurred(self, step: Because, kind: str) -> str:
        history = step.why[0] if step.why else None
        if history is None or step.value is None:
            return self._unknown(kind)
        name = self.words.quote(kind)
        if history.value is None:  # how often is not known, but at least once
            return self.words.pick(f"{name} er sket", f"{name} has happened")
        if not history.value:
            return self.words.pick(f"{name} ikke er sket", f"{name} has not happened")
        days = [row.get("date") or row.get("from") for row in history.rows]
        latest = max((day for day in days if isinstance(day, date)), default=None)
        when = "" if latest is None else " " + self.words.day(latest)
        return self.words.pick(f"{name} er sket{when}", f"{name} has happened{when}")

    # -- the unknown ---------------------------------------------------------------------------------------------

    def missing(self, step: Because) -> Iterator[str]:
        """Names of the unknown facts and histories a step waits for."""
        if step.value is not None or step.kind == "today":
            return
        below = [leaf for child in step.why for leaf in self.missing(child)]
        if below:
            yield from below
        elif step.kind == "fact":
            yield self.words.lower(self.words.field(step.name))
        elif step.kind == "history":
            yield self.words.lower(self.words.kind(step.name))
        elif step.kind == "item":
            yield self.words.attribute(step.name)
        elif step.kind == "norm":
            label = self.words.norm(step.name)
            found = self.rulebook.norms.get(step.name)
            if found is not None and "blank" in found.version.raw:
                yield self.words.pick(f"{label} (ikke fastsat)", f"{label} (not set)")
            else:
                yield self.words.pick(f"{label} (kan ikke beregnes)", f"{label} (cannot be computed)")

    # -- the whole tree ------------------------------------------------------------------------------------------

    def tree(
        self, step: Because, node: ir.Node | None, depth: int = 0, seen: set[str] | None = None
    ) -> Iterator[tuple[int, str]]:
        """(depth, line) of every decisive step: what it is, its value, and the events it counted.

        A step with one decisive part that says the same is passed over, and a rule is unfolded once.
        """
        seen = set() if seen is None else seen
        parts = [] if node is None else [p for p in self.below(step, node) if not _is_length(p[1])]
        if isinstance(node, ir.Bool | ir.Not) and len(parts) == 1:
            yield from self.tree(*parts[0], depth, seen)
            return
        yield depth, self._line(step, node)
        if isinstance(node, ir.NormRef | ir.AppliesRef):
            if node.norm in seen:
                return
            seen.add(node.norm)
        for below in parts:
            yield from self.tree(*below, depth + 1, seen)
        if step.kind == "history":
            yield from ((depth + 1, self.words.row(row)) for row in step.rows)

    def _line(self, step: Because, node: ir.Node | None) -> str:
        if isinstance(node, ir.Const):
            return phrase(self.words, node)
        said = step.text if node is None else _heading(self.words, node, step)
        if isinstance(node, ir.NormRef | ir.AppliesRef) and node.norm in self.rulebook.norms:
            said += f" [{self.rulebook.norms[node.norm].ref}]"
        value = step.value
        shown = self.words.any(value) if node is None else self.words.value(value, node.type)
        return f"{said}: {shown}"


def _unfold(node: ir.Node) -> bool:
    """Whether a truth is made of others; a value chosen between is shown as the value."""
    return node.type == "bool" or isinstance(node, ir.Bool | ir.Not)


def _chooses_version(node: ir.Compare) -> bool:
    """Whether it only tests which wording was in force on the governing day."""
    return isinstance(node.right, ir.Const) and node.right.type == "date" and not node.right.text


def _is_length(node: ir.Node) -> bool:
    """Whether it is a fixed length of time, which the line above has said already."""
    return node.type in ("days", "months", "int") and all(
        isinstance(part, ir.Const | ir.Arith) for part in ir.walk(node)
    )


def _only(node: ir.Node) -> ir.Node:
    """A node whose only part is the one given."""
    return ir.Not("bool", 0, 2, "", node)


def _heading(words: Words, node: ir.Node, step: Because) -> str:
    """What a line of the tree is about; a long rule is named by what it asks of its parts."""
    if isinstance(node, ir.Bool):
        every = node.op == "and"
        return words.pick(
            "alt dette" if every else "mindst ét af dette", "all of this" if every else "at least one of this"
        )
    if isinstance(node, ir.Not):
        return words.pick("det modsatte af dette", "the opposite of this")
    if isinstance(node, ir.If):
        return words.pick("valgt efter forholdene", "chosen by the circumstances")
    if isinstance(node, ir.FieldRef):
        return words.field(node.name)
    if isinstance(node, ir.NormRef):
        return words.norm(node.norm)
    return phrase(words, node)
