"""Decisive steps as Python source for one case: the same parts that because.Explainer finds, found without looking.

A step about the person is kept in ``W``, one about the item of an ``each`` norm in ``V``; both are made when asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from fodfaeste.facts.view import View
from fodfaeste.reasoning.because import RULES, Because, Common, Explainer
from fodfaeste.reasoning.emit import Emitter
from fodfaeste.reasoning.emit_history import columns, plan
from fodfaeste.reasoning.outcome import decoder
from fodfaeste.rulebook import ir

ARGS = "F,N,H,on,I,M,W,V"
"""What every explaining function takes: emit.ARGS, and the steps made so far about the person and about the item."""

Head = tuple[str, str, str]
"""Kind, name and text of a step."""

Truth = int | None
"""What is known of the truth of an expression: 0, 1, 2, or None while it must be found."""

Kept = TypeVar("Kept")

_SHORT = 400  # longer source is written once

_LISTED = 300  # a fact with so few values has a step for each, made beforehand


class StepEmitter:
    """Writes the steps of expressions, each once however many norms rest on it."""

    def __init__(self, emitter: Emitter) -> None:
        self.emitter, self.rulebook = emitter, emitter.rulebook
        self.of_person = self.of_item = 0
        vocabulary = self.rulebook.vocabulary
        nobody = View(
            0, [None] * len(vocabulary.fields), {k: [] for k in vocabulary.events}, {k: [] for k in vocabulary.spells}
        )
        self._explainer = Explainer(self.rulebook, nobody)
        self._written: dict[tuple[int, Truth], str] = {}
        self._same: dict[tuple[int, Truth], Because | None] = {}
        self._places: dict[int, str] = {}
        self._names: dict[int, str] = {}
        self._uses: Counter[int] = Counter()
        for norm in self.rulebook.norms.values():
            for node in norm.expressions:
                self._use(node)

    def _use(self, node: ir.Node) -> None:
        """Count how many steps may rest on each."""
        key = self.emitter.alike.step(node)
        self._uses[key] += 1
        if self._uses[key] == 1:
            inner = self.rulebook.norms[node.norm].value if isinstance(node, ir.NormRef) else None
            if isinstance(node, ir.AppliesRef):
                inner = self.rulebook.norms[node.norm].applies
            for part in ir.children(node) if inner is None else (inner,):
                self._use(part)

    # -- steps that are the same in every case ------------------------------------------------------------------

    def same(self, node: ir.Node, known: Truth = None) -> Because | None:
        """The step, if it is the same in every case in which the expression has the truth ``known``."""
        key = (self.emitter.alike.step(node), known)
        if key not in self._same:
            self._same[key] = self._find_same(node, known)
        return self._same[key]

    def _find_same(self, node: ir.Node, known: Truth) -> Because | None:
        if self._is_same(node):
            return common(self._explainer.why(node))
        if known is None:
            return None
        value = TRUTH[known]
        match node:
            case ir.FieldRef():
                return Common("fact", node.name, node.text, value)
            case ir.This():
                return Common("item", node.attr, node.text, value)
            case ir.NormRef() if (inner := self._read(node)) is not None:
                return self._same_on([inner], known, ("norm", node.norm, node.text), value)
            case ir.AppliesRef():
                inner = self.rulebook.norms[node.norm].applies
                return self._same_on([inner], known, ("norm", node.norm, node.text), value)
            case ir.Not():
                return self._same_on([node.arg], 2 - known, self._head(node), value)
            case ir.Bool() if known == (2 if node.op == "and" else 0):
                return self._same_on(node.args, known, self._head(node), value)
        return None

    def _same_on(self, parts: Iterable[ir.Node], known: int, head: Head, value: bool | None) -> Because | None:
        why = tuple(step for part in parts if (step := self.same(part, known)) is not None)
        return Common(*head, value, why) if len(why) == len(list(parts)) else None

    def _read(self, node: ir.NormRef) -> ir.Node | None:
        """The expression of the norm that is read, unless it is not in force."""
        target = self.rulebook.norms[node.norm]
        return None if target.absent else target.value

    def _is_same(self, node: ir.Node) -> bool:
        match node:
            case ir.Const():
                return True
            case ir.NormRef():
                value = self.rulebook.norms[node.norm].value
                return value is not None and self._is_same(value)
            case ir.AppliesRef():
                return self._is_same(self.rulebook.norms[node.norm].applies)
            case ir.FieldRef() | ir.This() | ir.Today() | ir.Agg():
                return False
        return all(self._is_same(child) for child in ir.children(node))

    def keep(self, value: Any, prefix: str = "Z") -> str:
        """A module-level name for something made beforehand."""
        if id(value) not in self._names:
            self._names[id(value)] = f"{prefix}{len(self.emitter.constants)}"
            self.emitter.constants[self._names[id(value)]] = value
        return self._names[id(value)]

    def shelf(self) -> str:
        """A module-level name for a place where steps that say nothing of one person are kept between cases."""
        return self.keep({}, "X")

    # -- writing ------------------------------------------------------------------------------------------------

    def step(self, node: ir.Node, known: Truth = None) -> str:
        """Python source that gives the step of an expression whose truth is ``known``; None where it must be found."""
        known = known if node.type == "bool" else None
        key = (self.emitter.alike.step(node), known)
        if key not in self._written:
            same = self.same(node, known)
            self._written[key] = self.keep(same) if same is not None else self._write(node, known)
        return self._written[key]

    def by_truth(self, node: ir.Node, truth: str, say: Callable[[Truth], str]) -> str:
        """Source that chooses between what is said of a truth by its value."""
        if node.type != "bool":
            return say(None)
        return f"({say(2)} if (known:={truth})==2 else {say(0)} if known==0 else {say(1)})"

    def _write(self, node: ir.Node, known: Truth) -> str:
        leaf = self._leaf(node)
        if leaf is not None:
            return leaf
        if node.type == "bool" and known is None:
            lines = [f"t={self.emitter.write(node)}"]
            return self._made(node, lines, self.by_truth(node, "t", lambda truth: self.step(node, truth)))
        match node:
            case ir.NormRef():
                return self._norm(node, known)
            case ir.AppliesRef():
                return self._around(node, self.rulebook.norms[node.norm].applies, known)
            case ir.Bool() if known is not None:
                return self._bool(node, known)
            case ir.If():
                return self._made(node, self._if(node, known), "r")
            case ir.Not() if known is not None:
                return self._made(node, [], self._one(node.arg, self._head(node), str(TRUTH[known]), 2 - known))
            case ir.Agg():
                return self._made(node, self._history(node, known), "r")
        return self._rule(node, known)

    def _leaf(self, node: ir.Node) -> str | None:
        match node:
            case ir.FieldRef():
                return self._listed(node, f"F[{self.rulebook.vocabulary.fields[node.name].index}]", "fact", node.name)
            case ir.This() if node.slot >= 0:
                return self._listed(node, f"I[2][{node.slot}]", "item", node.attr)
            case ir.This():
                return self._made(node, [], f"Because('item',{node.attr!r},{node.text!r},day(I[{-node.slot - 1}]))")
            case ir.Today():
                return self._made(node, [], f"today(on,{node.text!r})")
        return None

    def _made(self, node: ir.Node, lines: list[str], text: str) -> str:
        """A call of a function that makes the step once a case; one that little rests on is made where it is read."""
        key = self.emitter.alike.step(node)
        if not lines and len(text) < _SHORT and self._uses[key] == 1:
            return f"({text})"
        if key not in self._places:
            if self.emitter.alike.about_item(node):
                self._places[key], self.of_item = f"V[{self.of_item}]", self.of_item + 1
            else:
                self._places[key], self.of_person = f"W[{self.of_person}]", self.of_person + 1
        place = self._places[key]
        last = ["return r"] if text == "r" else [f"r={text}", "return r"]
        name = self.emitter.function("w", [*lines, *last[:-1], f"{place}=r", last[-1]], ARGS)
        return f"({place} or {name}({ARGS}))"

    def decoded(self, type_: str, text: str) -> str:
        """Source of the readable value of an encoded one."""
        if type_ == "bool":
            return f"TRUTH[{text}]"
        if type_ in ("int", "days", "months"):
            return text
        if type_ == "date":
            return f"(None if (x:={text}) is None else day(x))"
        enum = self.rulebook.vocabulary.enums.get(type_)
        if enum is not None:
            return f"(None if (x:={text}) is None else {self.keep(enum.values)}[x])"
        name = self.emitter.constant(decoder(type_, self.rulebook.vocabulary), "decode")
        return f"(None if (x:={text}) is None else {name}(x))"

    def _listed(self, node: ir.Node, text: str, kind: str, name: str) -> str:
        """A fact: of a few values, a step for each is there beforehand."""
        vocabulary = self.rulebook.vocabulary
        unknown = Common(kind, name, node.text, None)
        size = (
            3
            if node.type == "bool"
            else len(vocabulary.enums[node.type].values)
            if node.type in vocabulary.enums
            else 0
        )
        if 0 < size <= _LISTED:
            decode = decoder(node.type, vocabulary)
            listed: dict[int | None, Because] = {raw: Common(kind, name, node.text, decode(raw)) for raw in range(size)}
            return f"{self.keep({**listed, None: unknown})}[{text}]"
        value = self.decoded(node.type, text)
        made = f"Because({kind!r},{name!r},{node.text!r},{value})"
        return self._made(node, [], f"{self.keep(unknown)} if {text} is None else {made}")

    def _norm(self, node: ir.NormRef, known: Truth) -> str:
        inner = self._read(node)
        if inner is None:
            value = self.decoded(node.type, self.emitter.write(node))
            return self._made(node, [], f"Because('norm',{node.norm!r},{node.text!r},{value})")
        return self._around(node, inner, known)

    def _around(self, node: ir.NormRef | ir.AppliesRef, inner: ir.Node, known: Truth) -> str:
        """A norm that another reads: what it is, is what its own expression is."""
        return self._made(node, [], self._one(inner, ("norm", node.norm, node.text), "{}.value", known))

    def _head(self, node: ir.Node) -> Head:
        return ("rule", RULES[type(node)], node.text)

    def _one(self, part: ir.Node, head: Head, value: str, known: Truth = None) -> str:
        """Source of the step that rests on one other alone; ``{}`` stands for that one in the value."""
        same = self.same(part, known)
        if same is not None and value in ("True", "False", "None"):
            return self.keep(Common(*head, {"True": True, "False": False}.get(value), (same,)))
        name = f"c{self.emitter.alike.step(part)}"
        own = f"type({name}:={self.step(part, known)}) is Because"
        return self.rests(own, name, head, value.format(name), f"({name},)")

    def heading(self, head: Head) -> str:
        """A module-level name for the kind, name and text of a step."""
        return self.emitter.constant(head, "head")

    def rests(self, own: str, key: str, head: Head, value: str, why: str) -> str:
        """Source of a step that rests on others: made anew where one of them is the person's ``own``, or else kept."""
        shelf, (kind, name, text) = self.shelf(), head
        made = f"Because({kind!r},{name!r},{text!r},{value},{why})"
        return f"{made} if {own} else {shelf}.get({key}) or rest({shelf},{key},{self.heading(head)},{value},{why})"

    def _many(self, parts: list[tuple[ir.Node, Truth]], head: Head, value: str) -> str:
        """Source of the step that rests on all these parts."""
        same = [self.same(part, known) for part, known in parts]
        whose = [i for i, step in enumerate(same) if step is None]
        why = f"(why:=({','.join(self.step(part, known) for part, known in parts)},))"
        if not whose:
            why = self.keep(tuple(same))
            return f"Common({head[0]!r},{head[1]!r},{head[2]!r},{value.replace('why', why)},{why})"
        own = [f"type({'why' if k else why}[{i}]) is Because" for k, i in enumerate(whose)]
        return self.rests(" or ".join(own), "why", head, value, "why")

    def _some(self, steps: str, head: Head, value: str) -> str:
        """Source of the step that rests on those of several parts that were found to decide."""
        shelf = self.shelf()
        return f"{shelf}.get(why:=({steps},)) or rest({shelf},why,{self.heading(head)},{value},why)"

    def _bool(self, node: ir.Bool, known: int) -> str:
        """The parts that made it what it is known to be; what the last part must be, the others have told."""
        write = self.emitter.write
        head, value, args = self._head(node), str(TRUTH[known]), node.args
        if known == 1:
            some = ",".join(f"*(({self.step(arg, 1)},) if {write(arg)}==1 else ())" for arg in args)
            return self._made(node, [], self._some(some, head, value))
        if known == (2 if node.op == "and" else 0):
            return self._made(node, [], self._many([(arg, known) for arg in args], head, value))
        chosen = [self._one(arg, head, value, known) for arg in args]
        tests = [f"if {write(arg)}=={known}: r={one}" for arg, one in zip(args[:-1], chosen[:-1], strict=True)]
        return self._made(node, [*tests[:1], *("el" + test for test in tests[1:]), f"else: r={chosen[-1]}"], "r")

    def _if(self, node: ir.If, known: Truth) -> list[str]:
        write, head = self.emitter.write, self._head(node)
        unsure = self._some(self.step(node.test, 1), head, self.decoded(node.type, "v"))
        lines = [f"t={write(node.test)}", f"if t==1 and ((v:={write(node)}) is None or v==1): r={unsure}"]
        if known in (0, 2):
            lines = [f"t={write(node.test)}", "if 0: pass"]
        for opening, branch, test in (
            ("elif t==2:", node.then, 2),
            ("elif t==0:", node.other, 0),
            ("else:", node.other, 1),
        ):
            value = "why[1].value" if branch.type == node.type else self.decoded(node.type, write(node))
            lines.append(f"{opening} r={self._many([(node.test, test), (branch, known)], head, value)}")
        return lines

    def _rule(self, node: ir.Node, known: Truth) -> str:
        """Comparison, sum, call, table: it rests on what is unknown, or else on all its parts."""
        emitter, head = self.emitter, self._head(node)
        parts = [child for child in ir.children(node) if not isinstance(child, ir.Const)]
        value = self.decoded(node.type, emitter.write(node)) if known is None else str(TRUTH[known])
        if len(parts) == 1:
            return self._made(node, [], self._one(parts[0], head, value))
        unsure = [part for part in parts if part.type == "bool" or emitter.nullable(part)]
        whole = self._many([(part, None) for part in parts], head, value)
        if not unsure or known in (0, 2):
            return self._made(node, [], whole)
        tests = [f"u{i}={emitter.write(part)}{_unknown(part)}" for i, part in enumerate(unsure)]
        some = ",".join(f"*(({self.step(part)},) if u{i} else ())" for i, part in enumerate(unsure))
        unknown = " or ".join(f"u{i}" for i in range(len(unsure)))
        lines = [*tests, f"if {unknown}: r={self._some(some, head, value)}", f"else: r={whole}"]
        return self._made(node, lines, "r")

    def _history(self, node: ir.Agg, known: Truth) -> list[str]:
        emitter = self.emitter
        dated = [arg for arg in node.args if not isinstance(arg, ir.Const | ir.Today) and arg.type in ("date", "days")]
        bounds = [arg for arg in node.args if arg.type == "date"]
        low = emitter.write(bounds[0]) if len(bounds) > 1 else "None"
        head, shelf = ("history", node.kind, node.text), self.shelf()
        value = self.decoded(node.type, "v") if known is None else str(TRUTH[known])
        why = f"({''.join(f'{self.step(arg)},' for arg in dated)})"
        key = "(v,why)" if dated else "v"
        certain = "" if node.type == "bool" else " and not v"
        return [
            f"v={emitter.write(node) if known is None else known}",
            f"why={why}",
            f"rows={self.rows(node.kind, node.filters, low)}",
            f"if not rows{certain}: r={shelf}.get({key}) or rest({shelf},{key},{self.heading(head)},{value},why)",
            f"else: r=Because('history',{node.kind!r},{node.text!r},{value},why,rows)",
        ]

    def rows(self, kind: str, filters: tuple[ir.Filter, ...], low: str) -> str:
        """Source of the rows of a kind that fit, or may fit, a filter from a day on."""
        emitter = self.emitter
        number = plan(emitter, kind, filters)
        low = low if low.lstrip("-").isdigit() or low == "None" else f"({low})"
        return f"H.counted({number},k,{low},on) if (k:={columns(emitter, kind, filters)})[3] else ()"


def _unknown(part: ir.Node) -> str:
    return "==1" if part.type == "bool" else " is None"


def common(step: Because) -> Because:
    """The same step, marked as saying nothing of one person."""
    why = tuple(common(one) for one in step.why)
    return Common(step.kind, step.name, step.text, step.value, why, step.rows)


TRUTH: dict[int | None, bool | None] = {0: False, 1: None, 2: True, None: None}
"""Readable truths."""

NOT: dict[bool | None, bool | None] = {False: True, True: False, None: None}
"""Denied truths."""

_MOST = 64  # so many steps of an expression are kept between cases


def rest(shelf: dict[Any, Because], key: Any, head: Head, value: Any, why: tuple[Because, ...]) -> Because:
    """A step that rests on others. If none of them says anything of one person, it is kept for the next case."""
    for one in why:
        if type(one) is not Common:
            return Because(*head, value, why)
    return keep(shelf, key, Common(*head, value, why))


def keep(shelf: dict[Any, Kept], key: Any, made: Kept) -> Kept:
    """Put something on a shelf; a full one is emptied first: what is asked for again comes back soon."""
    if len(shelf) >= _MOST:
        shelf.clear()
    shelf[key] = made
    return made
