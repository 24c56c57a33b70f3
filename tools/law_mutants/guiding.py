"""Facts driven to one changed expression: everything around it is set so that the change decides the answer."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from fodfaeste.facts import range_of
from fodfaeste.foundation import FAR
from fodfaeste.foundation import calendar as cal
from fodfaeste.rulebook import ir
from fodfaeste.rulebook.norms import Must
from fodfaeste.rulebook.rulebook import ResolvedNorm, Rulebook
from tests.agreement.chance import Chance, Reading, reading
from tests.agreement.draft import Draft
from tests.agreement.wishes import FALSE, TRUE, Wishes
from tools.law_mutants.mutants import bones

_LIKELY_STEPS = (0, 0, 0, -1, 1)
_PARTS = ("applies", "waived", "value", "requires", "lapses_when", "promise")
_MUST_PARTS = ("start", "last", "count_from", "needed")


class Way:
    """The way from an expression of a norm down to a part that was changed: the nodes passed, and which child."""

    def __init__(self, steps: tuple[tuple[ir.Node, int], ...], was: ir.Node, now: ir.Node) -> None:
        self.steps, self.was, self.now = steps, was, now


def ways(old: ResolvedNorm, new: ResolvedNorm) -> list[Way]:
    """Every changed part of a norm's expressions."""
    pairs = [(getattr(old, part), getattr(new, part)) for part in _PARTS]
    if old.must is not None and new.must is not None:
        pairs += [(getattr(old.must, part), getattr(new.must, part)) for part in _MUST_PARTS]
    return [way for a, b in pairs if a is not None and b is not None for way in _changed(a, b, ())]


def _changed(a: ir.Node, b: ir.Node, above: tuple[tuple[ir.Node, int], ...]) -> Iterator[Way]:
    if a is b or bones(a) == bones(b):
        return
    mine, others = ir.children(a), ir.children(b)
    if type(a) is not type(b) or len(mine) != len(others) or _own(a) != _own(b):
        yield Way(above, a, b)
        return
    for place, (one, other) in enumerate(zip(mine, others, strict=True)):
        yield from _changed(one, other, (*above, (a, place)))


def _own(node: ir.Node) -> Any:
    """What a node says itself, its parts apart."""
    names = [name for name in node.__dataclass_fields__ if name not in ("text", "lo", "hi")]
    found = [getattr(node, name) for name in names]
    return [value for value in found if not isinstance(value, ir.Node) and not _nodes(value)]


def _nodes(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], ir.Node)


class Guide:
    """Drafts for one norm under two laws: the one that is, and the changed one."""

    def __init__(self, old: Rulebook, new: Rulebook, norm: str, found: list[Way], random: Random) -> None:
        self.old, self.new, self.id, self.ways, self.random = old, new, norm, found, random

    def draft(self, full: bool) -> Draft:
        """A person the norm has something to say about; with ``full`` False only what the change needs."""
        random, law = self.random, self.old if self.random.random() < 0.7 else self.new
        norm = law.norms[self.id]
        seen = reading(law, self.id) if not norm.absent else Reading()
        draft = Draft(law.vocabulary, law.day)
        chance = Chance(law.vocabulary, law.day, random, seen)
        wishes = Wishes(law, draft, chance)
        if full:
            self._noise(wishes, seen)
        if random.random() < 0.8:
            wishes.norm(norm)
        for _ in range(random.choice((1, 1, 2))):
            self._excite(wishes, norm)
        draft.item = None
        return draft

    def _noise(self, wishes: Wishes, seen: Reading) -> None:
        fullness = self.random.choice((0.2, 0.6, 0.9))
        fields, chance = wishes.draft.vocabulary.fields, wishes.chance
        for name in sorted(seen.fields):
            if chance.often(fullness):
                wishes.draft.put(name, chance.value(fields[name].type, fields[name].lo, fields[name].hi))
        for kind in sorted(seen.kinds):
            if chance.often(fullness):
                for _ in range(chance.count()):
                    wishes.draft.add(kind, wishes.histories.row(kind, chance.day()))

    def _excite(self, wishes: Wishes, norm: ResolvedNorm) -> None:
        draft, kind = wishes.draft, norm.norm.each
        wishes.patience = 300
        if kind is not None:
            rows = draft.rows.get(kind) or [draft.add(kind, wishes.histories.row(kind, wishes.chance.day()))]
            draft.item = self.random.choice(rows)
        if norm.norm.each is None or draft.item is not None:
            if norm.must is not None:
                self._must(wishes, norm, norm.must)
            if self.ways:
                self._way(wishes, self.random.choice(self.ways))

    def _must(self, wishes: Wishes, norm: ResolvedNorm, must: Must) -> None:
        """Events that one of the two laws counts and the other does not; pauses that one of them knows."""
        wishes.truth(norm.applies, TRUE)
        wishes.truth(norm.waived, FALSE)
        old, new = self.old.norms[self.id].must, self.new.norms[self.id].must
        since = wishes.now(must.count_from)
        if old is None or new is None or since is None or since >= FAR:
            return
        on = wishes.draft.on
        if old.filters != new.filters:
            day = self.random.randint(since, max(since, on))
            self._apart(wishes, must.kind, day, old.filters, new.filters)
        for kind in {*old.pauses} ^ {*new.pauses}:
            wishes.draft.add(kind, wishes.histories.row(kind, since + 2, since + 9))

    def _apart(
        self, wishes: Wishes, kind: str, day: int, old: tuple[ir.Filter, ...], new: tuple[ir.Filter, ...]
    ) -> None:
        """A row that fits one of two rows of filters."""
        fit, miss = (new, old) if self.random.random() < 0.5 else (old, new)
        histories, draft = wishes.histories, wishes.draft
        row = histories.fit(kind, draft.add(kind, histories.row(kind, day)), fit)
        left = [one for one in miss if one not in fit]
        if not left:
            return
        types = list(draft.kind(kind).attrs.values())
        one = self.random.choice(left)
        lo, hi = (0, 2) if types[one.slot] == "bool" else range_of(types[one.slot], draft.vocabulary)
        step = 2 if types[one.slot] == "bool" else 1
        held = [same for same in fit if same.slot == one.slot]
        able = [v for v in range(lo, min(hi, lo + 300) + 1, step) if (v in one.values) != one.keep]
        able = [v for v in able if all((v in same.values) == same.keep for same in held)] or able
        if able:
            row.attrs[one.slot] = self.random.choice(able)

    def _way(self, wishes: Wishes, way: Way) -> None:
        for node, place in way.steps:
            self._open(wishes, node, place)
        self._leaf(wishes, way)
        for node, place in reversed(way.steps):
            self._edge(wishes, node, place, way)
        if self.random.random() < 0.5:
            for node, place in way.steps:
                self._open(wishes, node, place)

    def _open(self, wishes: Wishes, node: ir.Node, place: int) -> None:
        """The other parts of a node are set so that this one decides."""
        parts = ir.children(node)
        match node:
            case ir.Bool():
                for other, part in enumerate(parts):
                    if other != place:
                        wishes.truth(part, TRUE if node.op == "and" else FALSE)
            case ir.If() if place > 0:
                wishes.truth(node.test, TRUE if place == 1 else FALSE)
            case ir.If():
                arm = self.random.choice((node.then, node.other))
                self._random(wishes, arm)
            case _:
                pass

    def _random(self, wishes: Wishes, node: ir.Node) -> None:
        if node.type == "bool":
            wishes.truth(node, self.random.choice((FALSE, TRUE)))
        else:
            wishes.number(node, wishes.guess(node))

    def _leaf(self, wishes: Wishes, way: Way) -> None:
        node, new = way.was, way.now
        match node:
            case ir.Bool():
                goals = [self.random.choice((FALSE, TRUE)) for _ in node.args]
                if self.random.random() < 0.6:
                    goals = [FALSE] * len(goals)
                    goals[self.random.randrange(len(goals))] = TRUE
                for arg, goal in zip(node.args, goals, strict=True):
                    wishes.truth(arg, goal)
            case ir.Compare():
                self._level(wishes, node.left, node.right)
            case ir.In() if isinstance(new, ir.In):
                able = sorted({*node.values} ^ {*new.values}) or list(node.values)
                wishes.number(node.arg, self.random.choice(able))
            case ir.Agg() if isinstance(new, ir.Agg) and node.filters != new.filters:
                self._random(wishes, self.random.choice((node, new)))
                if self.random.random() < 0.8:
                    day = wishes.draft.on - self.random.choice((0, 1, 10, 60, 200))
                    self._apart(wishes, node.kind, day, node.filters, new.filters)
            case ir.Arith(op="add_months"):
                self._month_end(wishes, node)
            case ir.Not():
                wishes.truth(node.arg, self.random.choice((FALSE, TRUE)))
            case _ if not isinstance(node, ir.Const):
                self._random(wishes, node)

    def _month_end(self, wishes: Wishes, node: ir.Arith) -> None:
        """A day so late in its month that the month reckoned to has no such day."""
        months = wishes.now(node.right)
        able = list(range(wishes.draft.on - self.random.choice((40, 250, 900, 3000)), wishes.draft.on + 40))
        if months is not None:
            able = [d for d in able if cal.add_months(d, months, True) != cal.add_months(d, months, False)]
        if able:
            wishes.number(node.left, self.random.choice(able))

    def _level(self, wishes: Wishes, left: ir.Node, right: ir.Node) -> None:
        """Two sides of a comparison made equal, or one apart."""
        if isinstance(left, ir.Const | ir.Today) or (
            not isinstance(right, ir.Const | ir.Today) and self.random.random() < 0.4
        ):
            left, right = right, left
        fixed = wishes.now(right)
        if fixed is None:
            fixed = wishes.guess(right)
            wishes.number(right, fixed)
        if fixed < FAR:
            wishes.number(left, max(left.lo, min(fixed + self.random.choice(_LIKELY_STEPS), left.hi)))

    def _edge(self, wishes: Wishes, node: ir.Node, place: int, way: Way) -> None:
        parts = ir.children(node)
        match node:
            case ir.Compare():
                self._level(wishes, parts[place], parts[1 - place])
            case ir.Call() if node.name in ("min", "max"):
                mine = wishes.now(parts[place])
                away = 500 if node.name == "min" else -500
                for other, part in enumerate(parts):
                    if other != place and mine is not None and mine < FAR:
                        wishes.number(part, max(part.lo, min(mine + away, part.hi)))
            case ir.Agg() if parts[place].type == "date":
                law = self.random.choice((self.old, self.new))
                day = Wishes(law, wishes.draft, wishes.chance).now(parts[place])
                if day is not None and day < FAR:
                    start = day + self.random.choice(_LIKELY_STEPS)
                    row = wishes.draft.add(node.kind, wishes.histories.row(node.kind, start))
                    wishes.histories.fit(node.kind, row, node.filters)
                    if wishes.draft.is_spell(node.kind) and self.random.random() < 0.4:
                        row.end, row.start = row.start, row.start - self.random.choice((0, 1, 30, 200))
            case _:
                pass
