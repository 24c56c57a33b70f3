"""Making a norm come true of a person: expressions are turned around, from the answer to the facts.

Best effort: what cannot be turned around is left as it is. A wish that failed only makes a duller person.
"""

from __future__ import annotations

from random import Random

from fodfaeste.foundation import FAR, workdays
from fodfaeste.foundation import calendar as cal
from fodfaeste.reasoning import Reference
from fodfaeste.rulebook import ir
from fodfaeste.rulebook.norms import Must
from fodfaeste.rulebook.rulebook import ResolvedNorm, Rulebook
from tests.agreement.chance import Chance
from tests.agreement.draft import Draft, Row
from tests.agreement.histories import Histories

FALSE, UNKNOWN, TRUE = 0, 1, 2
_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_MIRRORED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_FIXED = (ir.Const, ir.Today)
PATIENCE, INSIST = 250, 4
"""Steps spent on one norm (a few read half the law), and how often its conditions are gone through."""


class Wishes:
    """Wishes for one draft under one rulebook."""

    def __init__(self, rulebook: Rulebook, draft: Draft, chance: Chance) -> None:
        self.rulebook, self.draft, self.chance = rulebook, draft, chance
        self.random: Random = chance.random
        self.histories = Histories(self)
        self.patience = PATIENCE

    def now(self, node: ir.Node) -> int | None:
        """What an expression is, as the draft stands."""
        reference = Reference(self.rulebook, self.draft.glance())
        item = self.draft.item
        if item is not None:
            reference.at_item((item.start, item.end, tuple(item.attrs)))
        return reference.value(node)

    # -- norms ---------------------------------------------------------------------------------------------

    def norm(self, norm: ResolvedNorm) -> None:
        """Facts under which the norm has something to say."""
        self.patience = PATIENCE
        kind = norm.norm.each
        if kind is not None:
            self.draft.item_kind = kind
            self.draft.item = self.draft.add(kind, self.histories.row(kind, self.chance.day()))
        self._insist(norm.applies)
        self.truth(norm.waived, TRUE if self.chance.often(0.15) else FALSE)
        if norm.must is not None:
            self._duty(norm, norm.must)
        elif norm.requires is not None:
            self.truth(norm.requires, self.random.choice((FALSE, UNKNOWN, TRUE)))
        elif norm.value is not None and norm.norm.type == "bool":
            if self.chance.often(0.2):
                self.truth(norm.value, FALSE)
            else:
                self._insist(norm.value)
        elif norm.value is not None:
            self.number(norm.value, self.guess(norm.value))
        self.draft.item = None

    def _insist(self, node: ir.Node) -> None:
        """What was granted first may be undone by what was granted after it: ask again."""
        for _ in range(INSIST):
            if self.now(node) != TRUE:
                self.truth(node, TRUE)

    def _duty(self, norm: ResolvedNorm, must: Must) -> None:
        """A duty that began lately or ends about today; things done at its edges; pauses across them."""
        on, random = self.draft.on, self.random
        if must.last is not None and self.chance.often(0.5):
            self.number(must.last, on + random.choice((-30, -1, 0, 1, 20)))
        else:
            self.number(must.start, on - random.choice((0, 1, 6, 7, 27, 90, random.randrange(700), -1)))
        self.truth(norm.applies, TRUE)
        if self.chance.often(0.15):
            self.truth(norm.lapses_when, TRUE)
        since, last = self.now(must.count_from), self.now(must.last) if must.last is not None else None
        if since is None or since >= FAR:
            return
        edges = [since - 1, since, since, on, on, random.randrange(since, max(since, on) + 1)]
        edges += [last - 1, last, last + 1] if last is not None and last < FAR else []
        for _ in range(random.choice((0, 0, 1, 1, 2, 4, 5))):
            row = self.draft.add(must.kind, self.histories.row(must.kind, random.choice(edges)))
            self.histories.fit(must.kind, row, must.filters)
        for kind in must.pauses:
            for _ in range(random.choice((0, 0, 1, 2, 3))):
                start = random.choice(edges) + random.choice((-5, -1, 0, 0, 1, 3))
                row = self.draft.add(kind, self.histories.row(kind, start))
                row.end = random.choice((row.end, row.start, FAR, on, on - 1, row.start + random.randrange(20)))
                self.draft.mend(kind, row)

    def guess(self, node: ir.Node) -> int:
        """A value an expression might have."""
        return self.chance.value(node.type, *self.bounds(node))

    def bounds(self, node: ir.Node) -> tuple[int, int]:
        return (node.lo, max(node.lo, node.hi)) if node.type != "date" else (self.draft.on - 1500, self.draft.on + 400)

    # -- truths ----------------------------------------------------------------------------------------------

    def truth(self, node: ir.Node, goal: int) -> None:
        """Make a bool expression false, unknown or true."""
        self.patience -= 1
        if self.patience < 0:
            return
        match node:
            case ir.Not():
                self.truth(node.arg, 2 - goal)
            case ir.Bool():
                self._bool(node, goal)
            case ir.If():
                self._arm(node, goal)
            case ir.NormRef() | ir.AppliesRef():
                self.truth(self.target(node), goal)
            case ir.Compare() | ir.In() | ir.Agg() | ir.Call():
                if (self.now(node) if node.type == "bool" else None) != goal:
                    self._simple(node, goal)
            case ir.FieldRef() | ir.This() | ir.Table():
                self.number(node, None if goal == UNKNOWN else goal)

    def _simple(self, node: ir.Node, goal: int) -> None:
        match node:
            case ir.Compare():
                self._compare(node, goal)
            case ir.In():
                size = node.arg.hi - node.arg.lo + 1
                others = [v for v in range(node.arg.lo, node.arg.lo + min(size, 200)) if v not in node.values]
                choices = list(node.values) if goal == TRUE else others
                if goal == UNKNOWN or choices:
                    self.number(node.arg, None if goal == UNKNOWN else self.random.choice(choices))
            case ir.Agg() if node.name == "active":
                self.histories.active(node, goal)
            case ir.Agg() | ir.Table():
                self.number(node, None if goal == UNKNOWN else goal)
            case ir.Call():  # known(…)
                arg = node.args[0]
                if goal == TRUE and self.now(arg) in (None, UNKNOWN):
                    self.truth(arg, TRUE) if arg.type == "bool" else self.number(arg, self.guess(arg))
                elif goal == FALSE:
                    self.truth(arg, UNKNOWN) if arg.type == "bool" else self.number(arg, None)

    def target(self, node: ir.NormRef | ir.AppliesRef) -> ir.Node:
        norm = self.rulebook.norms[node.norm]
        found = norm.value if isinstance(node, ir.NormRef) else norm.applies
        assert found is not None
        return found

    def _bool(self, node: ir.Bool, goal: int) -> None:
        whole = TRUE if node.op == "and" else FALSE
        args = self.random.sample(node.args, len(node.args))
        if goal == whole:
            for arg in args:
                self.truth(arg, goal)
            return
        if goal == UNKNOWN:
            for arg in args[1:]:
                self.truth(arg, whole)
        able = [arg for arg in args if not isinstance(arg, ir.Const)] or args
        self.truth(able[0], goal)

    def _arm(self, node: ir.If, goal: int | None) -> None:
        """Choose a side that can give the goal, and make it so."""
        arms = [(TRUE, node.then), (FALSE, node.other)]
        able = [(t, arm) for t, arm in arms if not isinstance(arm, ir.Const) or arm.value == goal] or arms
        test, arm = self.random.choice(able)
        self.truth(node.test, test)
        if node.type == "bool":
            assert goal is not None
            self.truth(arm, goal)
        else:
            self.number(arm, goal)

    def _compare(self, node: ir.Compare, goal: int) -> None:
        left, right, op = node.left, node.right, node.op if goal == TRUE else _OPPOSITE[node.op]
        if isinstance(left, _FIXED) or (not isinstance(right, _FIXED) and self.chance.often(0.4)):
            left, right, op = right, left, _MIRRORED[op]
        if goal == UNKNOWN:
            self.number(left, None)
            return
        fixed = self.now(right)
        if fixed is None:
            fixed = self.guess(right)
            self.number(right, fixed)
        if node.left.type in self.draft.vocabulary.enums:
            others = [v for v in range(left.lo, left.hi + 1) if v != fixed]
            self.number(left, fixed if op == "==" or not others else self.random.choice(others))
            return
        step = self.random.choice((0, 0, 1, 1, 7, 40, 400) if node.left.type in ("date", "days") else (0, 0, 1, 2, 30))
        sign = {"==": 0, "!=": self.random.choice((-1, 1)), "<": -1, "<=": -1, ">": 1, ">=": 1}[op]
        wanted = fixed + sign * (max(step, 1) if op in ("<", ">", "!=") else step)
        self.number(left, max(left.lo, min(wanted, left.hi)))

    # -- numbers -----------------------------------------------------------------------------------------------

    def number(self, node: ir.Node, goal: int | None) -> None:
        """Make an expression that value; None: unknown."""
        self.patience -= 1
        if self.patience < 0:
            return
        match node:
            case ir.FieldRef():
                field = self.draft.vocabulary.fields[node.name]
                known = None if goal is None else self.chance.clamp(goal, field.lo, field.hi)
                self.draft.put(node.name, known)
            case ir.This():
                self._this(node, goal)
            case ir.NormRef():
                self.number(self.target(node), goal)
            case ir.If():
                self._arm(node, goal)
            case ir.Arith():
                self._arith(node, goal)
            case ir.Call():
                self._call(node, goal)
            case ir.Table():
                self._table(node, goal)
            case ir.Agg():
                self.histories.number(node, goal)

    def _this(self, node: ir.This, goal: int | None) -> None:
        item = self.draft.item
        if item is None:
            return
        if node.slot >= 0:
            self.draft.set(self.draft.item_kind, item, node.slot, goal)
        elif goal is not None:
            self._move(item, goal, node.slot == -1)

    def _move(self, item: Row, day: int, first: bool) -> None:
        event = item.start == item.end and not first
        if first or event:
            shift = day - item.start
            item.start, item.end = day, item.end if item.end >= FAR else item.end + shift
        else:
            item.start, item.end = min(item.start, day), day

    def _arith(self, node: ir.Arith, goal: int | None) -> None:
        left, right = node.left, node.right
        if goal is None or (goal >= FAR and node.type == "date"):
            self.number(left, goal)
            return
        swap = isinstance(left, _FIXED)
        fixed = self.now(left if swap else right)
        if fixed is None:
            fixed = self.guess(left if swap else right)
            self.number(left if swap else right, fixed)
        match node.op:
            case "add_months":
                wanted = cal.months_between(fixed, goal) if swap else cal.add_months(goal, -fixed, node.last_day)
            case "+" | "add_days":
                wanted = goal - fixed
            case "-":
                wanted = fixed - goal if swap else goal + fixed
            case "*":
                wanted = goal // fixed if fixed else 0
            case _:
                wanted = goal * fixed
        side = right if swap else left
        self.number(side, self.chance.clamp(wanted, side.lo, max(side.lo, side.hi)))

    def _call(self, node: ir.Call, goal: int | None) -> None:
        if goal is None or node.name in ("min", "max"):
            able = [arg for arg in node.args if not isinstance(arg, _FIXED)] or list(node.args)
            self.number(self.random.choice(able), goal)
            return
        first, others = node.args[0], [self.now(arg) for arg in node.args[1:]]
        if any(value is None for value in others):
            self.number(node.args[1], self.guess(node.args[1]))
            others = [self.now(arg) for arg in node.args[1:]]
        other = next((value for value in others if value is not None), 0)
        days = self.random.choice((0, 0, -1, 1, -100))
        match node.name:
            case "age":
                self.number(first, cal.add_months(other, -12 * goal, True) + days)
            case "months_between":
                self.number(first, cal.add_months(other, -goal, True) + days)
            case "add_workdays":
                self.number(first, workdays.add_workdays(goal, -other))
            case "percent_of":
                self.number(node.args[1], goal)
            case _:
                self.number(first, goal)

    def _table(self, node: ir.Table, goal: int | None) -> None:
        able = [index for index, cell in enumerate(node.cells) if cell == goal] or range(len(node.cells))
        index = self.random.choice(list(able))
        for arg, origin, size in reversed(list(zip(node.args, node.origins, node.shape, strict=True))):
            index, code = divmod(index, size)
            self.truth(arg, code + origin) if arg.type == "bool" else self.number(arg, code + origin)
