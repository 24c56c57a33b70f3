"""Expressions as Python source for one case: short-circuiting, unknown as None, truths 0/1/2."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from fodfaeste.reasoning.alike import Alike
from fodfaeste.reasoning.bounds import by_bounds
from fodfaeste.reasoning.emit_history import write_counted, write_history
from fodfaeste.reasoning.rows import Plan
from fodfaeste.rulebook import ir
from fodfaeste.rulebook.rulebook import Rulebook

ARGS = "F,N,H,on,I,M"
"""What every generated function takes: facts, norm values, history rows, today, the item of an each norm, and the
answers remembered for the case (``...`` where none is yet; None is a remembered unknown)."""

_LARGE = 8  # a truth of so many parts that more than one norm asks for is found once a case


_SHORT = 500  # a longer choice is a function: what contains it may be written more than once


def _is_number(text: str) -> bool:
    return text.lstrip("-").isdigit()


def _any(known: list[str], name: str) -> str:
    """Whether one of several truths found before holds: most often none does, and then this is soon seen."""
    holds = " or ".join(f"{text}==2" for text in known)
    return f"({name} if ({name}:={' or '.join(known)})!=1 else 2 if {holds} else 1)"


class Emitter:
    """Writes expressions; hoists conditionals and questions to the history into functions of their own.

    Expressions that read alike are written alike, so that what two norms ask is one function and found once a case.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.index = {id_: i for i, id_ in enumerate(rulebook.norms)}
        self.functions: list[str] = []
        self.constants: dict[str, object] = {}
        self.plans: list[Plan] = []
        self.answers: list[Any] = []  # what is remembered of a case in which nothing has happened
        self.asked: dict[str, list[int]] = {}  # kind → answers that its rows can change
        self.alike = Alike(rulebook)
        self._made: dict[str, str] = {}
        self._written: dict[int, str] = {}
        self._constants: dict[tuple[str, object], str] = {}
        self._nullable: dict[int, bool] = {}

    # -- what can be unknown ---------------------------------------------------------------------------------

    def nullable(self, node: ir.Node) -> bool:
        """Whether a non-bool expression can be None."""
        key = self.alike.number(node)
        if key not in self._nullable:
            self._nullable[key] = True  # a circle cannot be; stay on the safe side while looking
            self._nullable[key] = self._find_nullable(node)
        return self._nullable[key]

    def _find_nullable(self, node: ir.Node) -> bool:
        if node.type == "bool":
            return False
        match node:
            case ir.Const():
                return node.value is None
            case ir.Today():
                return False
            case ir.NormRef():
                target = self.rulebook.norms[node.norm].value
                return target is None or self.nullable(target)
            case ir.Arith() | ir.Call():
                return any(self.nullable(child) for child in ir.children(node))
            case ir.This():
                return node.slot >= 0
            case ir.If():
                return True
        return True

    # -- writing ---------------------------------------------------------------------------------------------

    def write(self, node: ir.Node) -> str:
        """Python source of an expression."""
        number = self.alike.number(node)
        if number not in self._written:
            text = self._WRITERS[type(node)](self, node)
            if isinstance(node, ir.Bool) and self.alike.size(node) >= _LARGE and self.alike.uses(node) > 1:
                text = self.remembered(text, node)
            self._written[number] = text
        return self._written[number]

    def temp(self, node: ir.Node) -> str:
        """The local name of an expression's value."""
        return f"t{self.alike.number(node)}"

    def constant(self, value: object, prefix: str) -> str:
        """A module-level name for a value that has no literal."""
        if (prefix, value) not in self._constants:
            name = self._constants[prefix, value] = f"{prefix}{len(self.constants)}"
            self.constants[name] = value
        return self._constants[prefix, value]

    def function(self, prefix: str, body: list[str], args: str = ARGS) -> str:
        """A function of the generated module; gives its name."""
        name = f"{prefix}{len(self.functions)}"
        lines = "\n ".join(body)
        self.functions.append(f"def {name}({args}):\n {lines}")
        return name

    def once(self, key: str, make: Callable[[], str]) -> str:
        """What ``make`` writes for the first who asks with this key."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    def call(self, name: str) -> str:
        """A call of a generated function."""
        return f"{name}({ARGS})"

    def remembered(self, text: str, node: ir.Node) -> str:
        """The expression, found once a case by a function; where the item plays a part, the expression as it is."""
        if self.alike.about_item(node):
            return text
        return self.once("remembered " + text, lambda: self.memo([f"r={text}"]))

    def memo(self, lines: list[str], nothing: Any = ..., kind: str = "") -> str:
        """An expression that finds ``r`` by these lines once a case.

        ``nothing`` is the answer where the case has no row of the kind, if that is certain beforehand.
        """
        slot = len(self.answers)
        self.answers.append(nothing)
        if kind:
            self.asked.setdefault(kind, []).append(slot)
        name = self.function("m", [*lines, f"M[{slot}]=r", "return r"])
        return f"(M[{slot}] if M[{slot}] is not ... else {self.call(name)})"

    def hoist(self, node: ir.Node) -> str:
        """A call of a function that returns the expression (written once)."""
        text = self.write(node)
        if text.isdigit():
            return text
        if not self.alike.about_item(node):
            return self.remembered(text, node)
        return self.call(self.once(text, lambda: self.function("h", [f"return {text}"])))

    def checked(self, args: tuple[ir.Node, ...]) -> tuple[str, list[str]]:
        """(test that any argument is None, names or literals of the arguments)."""
        tests, names = [], []
        for arg in args:
            text = self.write(arg)
            if self.nullable(arg):
                name = self.temp(arg)
                tests.append(f"({name}:={text}) is None")
                names.append(name)
            elif _is_number(text) or text == "on":
                names.append(text)
            else:
                name = self.temp(arg)
                tests.append(f"({name}:={text}) is None")
                names.append(name)
        return " or ".join(tests), names

    def _guarded(self, args: tuple[ir.Node, ...], template: str, unknown: str) -> str:
        nullable = any(self.nullable(arg) for arg in args)
        if not nullable:
            return template.format(*(self.write(arg) for arg in args))
        test, names = self.checked(args)
        return f"({unknown} if {test} else {template.format(*names)})"

    def _const(self, node: ir.Const) -> str:
        return str(1 if node.value is None and node.type == "bool" else node.value)

    def _today(self, node: ir.Today) -> str:
        return "on"

    def _applies(self, node: ir.AppliesRef) -> str:
        return self.hoist(self.rulebook.norms[node.norm].applies)

    def _not(self, node: ir.Not) -> str:
        return f"(2-{self.write(node.arg)})"

    def _field(self, node: ir.FieldRef) -> str:
        text = f"F[{self.rulebook.vocabulary.fields[node.name].index}]"
        if node.type == "bool":
            name = f"f{self.rulebook.vocabulary.fields[node.name].index}"
            return f"(1 if ({name}:={text}) is None else {name})"
        return text

    def _this(self, node: ir.This) -> str:
        if node.slot < 0:
            return f"I[{-node.slot - 1}]"
        if node.type == "bool":
            name = f"i{node.slot}"
            return f"(1 if ({name}:=I[2][{node.slot}]) is None else {name})"
        return f"I[2][{node.slot}]"

    def _norm(self, node: ir.NormRef) -> str:
        target = self.rulebook.norms[node.norm]
        if target.norm.each is not None and target.value is not None:
            return self.hoist(target.value)
        if isinstance(target.value, ir.Const):
            return self._const(target.value)
        return f"N[{self.index[node.norm]}]"

    def _arith(self, node: ir.Arith) -> str:
        template = {
            "add_days": "add_days({},{})",
            "add_months": f"add_months({{}},{{}},{node.last_day})",
        }.get(node.op, f"({{}}{node.op}{{}})")
        return self._guarded((node.left, node.right), template, "None")

    def _compare(self, node: ir.Compare) -> str:
        bounded = by_bounds(self.rulebook, node)
        if bounded is not None:
            return self._bounded(node, bounded)
        return self._guarded((node.left, node.right), f"(2 if {{}}{node.op}{{}} else 0)", "1")

    def _bounded(self, node: ir.Compare, bounded: ir.Node) -> str:
        """A comparison of a count; of one with a number, which is most of them, in one go."""
        if isinstance(node.left, ir.Agg) and isinstance(node.right, ir.Const) and node.right.value is not None:
            return write_counted(self, node.left, node.op, node.right.value)
        text = self.write(bounded)
        return self.remembered(text, node)

    def _in(self, node: ir.In) -> str:
        values = self.constant(frozenset(node.values), "S")
        return self._guarded((node.arg,), f"(2 if {{}} in {values} else 0)", "1")

    def _bool(self, node: ir.Bool) -> str:
        """Left to right until one settles it; what is known so far is carried along in a name of its own."""
        so_far = f"b{self.alike.number(node)}"
        known = [self.write(arg) for arg in node.args if isinstance(arg, ir.NormRef)] if node.op == "or" else []
        others = [arg for arg in node.args if node.op == "and" or not isinstance(arg, ir.NormRef)]
        if len(known) > 1:
            begun = _any(known, so_far)
        else:
            others = list(node.args)
            begun = self.write(others.pop(0))
        if not others:
            return begun
        steps = [f"({so_far}:={begun})"]
        neutral = 2 if node.op == "and" else 0
        for arg in others:
            text = f"{so_far} if ({self.temp(arg)}:={self.write(arg)})=={neutral} else {self.temp(arg)}"
            steps.append(f"({text})" if arg is others[-1] else f"({so_far}:={text})")
        if node.op == "and":
            return f"({' and '.join(steps)})"
        return f"({''.join(f'2 if {step}==2 else ' for step in steps[:-1])}{steps[-1]})"

    def _if(self, node: ir.If) -> str:
        text = self._choice(node, *(self.write(part) for part in (node.test, node.then, node.other)))
        if len(text) > _SHORT:
            text = self.call(self.once(text, lambda: self.function("k", [f"return {text}"])))
        return self.remembered(text, node) if self.alike.uses(node) > 1 else text

    def _choice(self, node: ir.If, test: str, then: str, other: str) -> str:
        """One side or the other; where the test is unknown, what both sides come to.

        So a side that is unknown is the answer unless the test says the other, and a side that is a number is the
        answer if the test says so or the other side comes to the same. Only two sides that must both be found then
        need a function.
        """
        unknown = "1" if node.type == "bool" else "None"
        if other == unknown:
            return f"({then} if {test}==2 else {unknown})"
        if then == unknown:
            return f"({other} if {test}==0 else {unknown})"
        tested = f"b{self.alike.number(node)}"
        for number, said, text, unsaid, part in ((then, 2, other, 0, node.other), (other, 0, then, 2, node.then)):
            if _is_number(number):
                same = f"({tested}:={test})=={said} or ({self.temp(part)}:={text})=={number}"
                return f"({number} if {same} else {self.temp(part)} if {tested}=={unsaid} else {unknown})"
        lines = [f"x={then}", f"y={other}", f"return x if x==y else {unknown}"]
        unsure = self.call(self.once("\n".join(lines), lambda: self.function("k", lines)))
        return f"({then} if ({tested}:={test})==2 else {other} if {tested}==0 else {unsure})"

    def _call(self, node: ir.Call) -> str:
        if node.name == "known":
            arg = node.args[0]
            text = self.write(arg)
            if arg.type == "bool":
                return f"(0 if {text}==1 else 2)"
            return f"(0 if {text} is None else 2)" if self.nullable(arg) else "2"
        slots = ",".join("{}" for _ in node.args)
        return self._guarded(node.args, f"{node.name}({slots})", "None")

    def _table(self, node: ir.Table) -> str:
        unknown = 1 if node.type == "bool" else None
        cells = self.constant(tuple(unknown if cell is None else cell for cell in node.cells), "T")
        names = []
        tests = []
        for arg, origin, size in zip(node.args, node.origins, node.shape, strict=True):
            name = self.temp(arg)
            tests.append(f"({name}:={self.write(arg)}) is None or not 0<={name}-{origin}<{size}")
            names.append((name, origin, size))
        index = "0"
        for name, origin, size in names:
            index = f"({index}*{size}+{name}-{origin})"
        return f"({unknown} if {' or '.join(tests)} else {cells}[{index}])"

    _WRITERS: ClassVar[dict[type[ir.Node], Callable[[Emitter, Any], str]]] = {
        ir.Const: _const, ir.FieldRef: _field, ir.NormRef: _norm, ir.AppliesRef: _applies, ir.This: _this,
        ir.Today: _today, ir.Arith: _arith, ir.Compare: _compare, ir.Bool: _bool, ir.Not: _not, ir.If: _if,
        ir.In: _in, ir.Call: _call, ir.Table: _table, ir.Agg: write_history,
    }  # fmt: skip
