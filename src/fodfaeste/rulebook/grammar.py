"""The closed grammar: Python's own expression syntax, a white list of nodes, typed while it is read.

Anything not listed here is refused with a sentence. Nothing is ever executed.
"""

from __future__ import annotations

import ast

from fodfaeste.rulebook import ir
from fodfaeste.rulebook.calls import call
from fodfaeste.rulebook.intervals import arith_range
from fodfaeste.rulebook.scope import GrammarError, Scope, nearest
from fodfaeste.rulebook.types import ADDITIVE, is_enum, range_of

_BINARY = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.FloorDiv: "//"}
_FARTHEST = {"days": 10_000_000, "months": 300_000}  # more than any two days lie apart
_COMPARE = {ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}


def parse(source: str | int | bool, scope: Scope, expect: str | None = None) -> ir.Node:
    """The typed tree of an expression; ``expect`` is the type the place demands.

    Raises GrammarError with what is wrong and how to mend it.
    """
    text = " ".join(str(source).split())
    try:
        tree = ast.parse(text, mode="eval")
    except SyntaxError as error:
        raise GrammarError(f"'{text}' cannot be read: {error.msg}", "check brackets and quotes") from None
    reader = Reader(text, scope)
    node = reader.read(tree.body, expect)
    if expect is not None and node.type != expect:
        raise GrammarError(f"'{text}' is {node.type}, but {expect} is needed here", f"give a {expect}")
    return node


class Reader:
    """Reads one expression: a method per node of Python's syntax that a norm may hold, in the scope it stands in.

    Every method raises GrammarError for what the grammar or the types do not allow. ``expect`` is the type the
    place wants, where that is known: it tells which enum a word belongs to.
    """

    def __init__(self, text: str, scope: Scope) -> None:
        self.bytes = text.encode()
        self.scope = scope

    def text(self, tree: ast.expr) -> str:
        """The source of a part of the expression."""
        return self.bytes[tree.col_offset : tree.end_col_offset].decode()

    def read(self, tree: ast.expr, expect: str | None = None) -> ir.Node:
        """The typed node of a part of the expression."""
        method = getattr(self, f"_{type(tree).__name__.lower()}", None)
        if method is None:
            raise GrammarError(
                f"'{self.text(tree)}' is not allowed in a norm",
                "use names, literals, + - * //, comparisons, and/or/not, if-else and the listed functions",
            )
        node: ir.Node = method(tree, expect)
        return node

    def _constant(self, tree: ast.Constant, expect: str | None) -> ir.Node:
        value = tree.value
        text = self.text(tree)
        if isinstance(value, bool):
            return ir.Const("bool", 0, 2, text, 2 if value else 0)
        if isinstance(value, int):
            return ir.Const("int", value, value, text, value)
        if isinstance(value, str):
            return self.enum_value(value, expect, text)
        raise GrammarError(f"the literal {text} has no unit", "write kr(…), hours(…), percent(…) or a whole number")

    def enum_value(self, value: str, expect: str | None, text: str) -> ir.Node:
        """The position of a word in the enum that is expected."""
        if expect is None or not is_enum(expect):
            raise GrammarError(f"nothing tells which enum '{value}' belongs to", "compare it with a name of that type")
        values = self.scope.vocabulary.enums[expect].values
        if value not in values:
            raise GrammarError(f"'{value}' is not a value of {expect}", nearest(value, list(values)))
        code = values.index(value)
        return ir.Const(expect, code, code, text, code)

    def _name(self, tree: ast.Name, expect: str | None) -> ir.Node:
        name, scope = tree.id, self.scope
        if name == "on":
            return ir.Today("date", *range_of("date"), name)
        if name == "never":
            far = range_of("date")[1]
            return ir.Const("date", far, far, name, far)
        if name in scope.vocabulary.fields:
            field = scope.vocabulary.fields[name]
            return ir.FieldRef(field.type, field.lo, field.hi, name, name)
        if name in scope.norm_of_name:
            norm = scope.norm_of_name[name]
            type_ = scope.type_of_norm(norm)
            return ir.NormRef(type_, *range_of(type_, scope.enum_size(type_)), name, norm)
        known = [*scope.vocabulary.fields, *scope.norm_of_name, "on", "never"]
        raise GrammarError(f"'{name}' is not defined", nearest(name, known))

    def _attribute(self, tree: ast.Attribute, expect: str | None) -> ir.Node:
        if not (isinstance(tree.value, ast.Name) and tree.value.id == "this"):
            raise GrammarError(f"'{self.text(tree)}' is not allowed in a norm", "only this.<attribute> has a dot")
        scope, attr = self.scope, tree.attr
        if scope.each is None:
            raise GrammarError("'this' has no meaning here", "add `each: <spell or event kind>` to the norm")
        attrs = scope.attributes(scope.each)
        spell = scope.is_spell(scope.each)
        dates = {"start": -1, "end": -2} if spell else {"date": -1}
        if attr in dates:
            return ir.This("date", *range_of("date"), self.text(tree), attr, dates[attr])
        if attr not in attrs:
            raise GrammarError(f"{scope.each} has no attribute '{attr}'", nearest(attr, [*attrs, *dates]))
        type_ = attrs[attr]
        bounds = range_of(type_, scope.enum_size(type_))
        return ir.This(type_, *bounds, self.text(tree), attr, list(attrs).index(attr))

    def _binop(self, tree: ast.BinOp, expect: str | None) -> ir.Node:
        op = _BINARY.get(type(tree.op))
        text = self.text(tree)
        if op is None:
            raise GrammarError(f"the operator in '{text}' is not allowed", "use + - * or //")
        left, right = self.read(tree.left), self.read(tree.right)
        return self.arithmetic(op, left, right, text)

    def arithmetic(self, op: str, left: ir.Node, right: ir.Node, text: str) -> ir.Node:
        """A typed sum, difference, product or whole quotient."""
        if left.type == "date":
            return self.date_arithmetic(op, left, right, text)
        types = (left.type, right.type)
        if op in "+-" and left.type == right.type and left.type in ADDITIVE:
            type_ = left.type
        elif op == "*" and "int" in types and (types[0] in ADDITIVE and types[1] in ADDITIVE):
            type_ = types[1] if types[0] == "int" else types[0]
        elif op == "//" and right.type == "int" and left.type in ADDITIVE:
            type_ = left.type
        elif op == "//" and left.type == right.type and left.type in ADDITIVE:
            type_ = "int"
        else:
            raise GrammarError(
                f"'{text}' mixes {left.type} and {right.type}",
                "give both sides the same unit: days(…), months(…), kr(…)",
            )
        if op == "//" and right.lo <= 0:
            raise GrammarError(f"the divisor in '{text}' may be zero or negative", "divide by a positive literal")
        lo, hi = arith_range(op, left, right, text)
        return ir.Arith(type_, lo, hi, text, op, left, right)

    def date_arithmetic(self, op: str, left: ir.Node, right: ir.Node, text: str) -> ir.Node:
        """Date ± days, date ± months (rounding stated), date - date."""
        bounds = range_of("date")
        if op == "-" and right.type == "date":
            return ir.Arith("days", *range_of("days"), text, "-", left, right)
        if op not in "+-" or right.type not in ("days", "months"):
            raise GrammarError(f"'{text}' is no date", "write date + days(…), date + months(…) or date - date")
        if max(-right.lo, right.hi) > _FARTHEST[right.type]:
            raise GrammarError(f"'{text}' can leave the calendar", "narrow the range of the facts it uses")
        if op == "-":
            right = ir.Arith(right.type, -right.hi, -right.lo, right.text, "*", right, _minus_one())
        if right.type == "days":
            return ir.Arith("date", *bounds, text, "add_days", left, right)
        if self.scope.last_day is None:
            raise GrammarError(
                f"'{text}' adds months, but what the 31st plus a month is, is not stated",
                "add `month_end: last_day` (or next_first) to the file",
            )
        return ir.Arith("date", *bounds, text, "add_months", left, right, self.scope.last_day)

    def _unaryop(self, tree: ast.UnaryOp, expect: str | None) -> ir.Node:
        text = self.text(tree)
        arg = self.read(tree.operand)
        if isinstance(tree.op, ast.Not):
            self.need(arg, "bool")
            return ir.Not("bool", 0, 2, text, arg)
        if (
            isinstance(tree.op, ast.USub)
            and isinstance(arg, ir.Const)
            and arg.type in ADDITIVE
            and arg.value is not None
        ):
            return ir.Const(arg.type, -arg.value, -arg.value, text, -arg.value)
        raise GrammarError(f"'{text}' is not allowed in a norm", "a minus may stand before a literal only")

    def _boolop(self, tree: ast.BoolOp, expect: str | None) -> ir.Node:
        args = tuple(self.read(value) for value in tree.values)
        for arg in args:
            self.need(arg, "bool")
        op = "and" if isinstance(tree.op, ast.And) else "or"
        return ir.Bool("bool", 0, 2, self.text(tree), op, args)

    def _ifexp(self, tree: ast.IfExp, expect: str | None) -> ir.Node:
        test = self.read(tree.test)
        self.need(test, "bool")
        then, other = self.pair(tree.body, tree.orelse, expect)
        lo, hi = min(then.lo, other.lo), max(then.hi, other.hi)
        return ir.If(then.type, lo, hi, self.text(tree), test, then, other)

    def _compare(self, tree: ast.Compare, expect: str | None) -> ir.Node:
        parts: list[ir.Node] = []
        left = tree.left
        for op, right in zip(tree.ops, tree.comparators, strict=True):
            text = f"{self.text(left)} {self._symbol(op)} {self.text(right)}"
            if isinstance(op, ast.In | ast.NotIn):
                parts.append(self.membership(left, right, isinstance(op, ast.NotIn), text))
            else:
                parts.append(self.comparison(_COMPARE.get(type(op)), left, right, text))
            left = right
        return parts[0] if len(parts) == 1 else ir.Bool("bool", 0, 2, self.text(tree), "and", tuple(parts))

    @staticmethod
    def _symbol(op: ast.cmpop) -> str:
        words = {ast.In: "in", ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not"}
        return words.get(type(op)) or _COMPARE[type(op)]

    def comparison(self, op: str | None, left: ast.expr, right: ast.expr, text: str) -> ir.Node:
        """Two sides of one type compared; ``op`` None is an operator a norm does not have."""
        if op is None:
            raise GrammarError(f"'{text}' is not allowed in a norm", "use == != < <= > >= in, not in")
        a, b = self.pair(left, right, None)
        if a.type == "bool":
            raise GrammarError(f"'{text}' compares truth values", "use the name itself, or `not` before it")
        if op not in ("==", "!=") and is_enum(a.type):
            raise GrammarError(f"'{text}' puts {a.type} in an order it does not have", "use == or in {…}")
        return ir.Compare("bool", 0, 2, text, op, a, b)

    def membership(self, left: ast.expr, right: ast.expr, negate: bool, text: str) -> ir.Node:
        """Whether a value is (or, negated, is not) one of the literals in braces."""
        if not isinstance(right, ast.Set):
            raise GrammarError(f"'{text}' needs a list of literals on the right", "write in {'a', 'b'}")
        arg = self.read(left)
        if arg.type == "bool":
            raise GrammarError(f"'{text}' compares truth values", "use the name itself, or `not` before it")
        values = tuple(sorted(self.literal(item, arg.type) for item in right.elts))
        node: ir.Node = ir.In("bool", 0, 2, text, arg, values)
        return ir.Not("bool", 0, 2, text, node) if negate else node

    def literal(self, tree: ast.expr, type_: str) -> int:
        """The encoded value of a literal of the given type."""
        node = self.read(tree, type_)
        self.need(node, type_)
        if not isinstance(node, ir.Const) or node.value is None:
            raise GrammarError(f"'{self.text(tree)}' is not a literal", "use a literal here")
        return node.value

    def pair(self, left: ast.expr, right: ast.expr, expect: str | None) -> tuple[ir.Node, ir.Node]:
        """Two sides of one type; a string literal takes the other side's enum."""
        if expect is None and isinstance(left, ast.Constant) and isinstance(left.value, str):
            b = self.read(right)
            a = self.read(left, b.type)
        else:
            a = self.read(left, expect)
            b = self.read(right, expect if expect is not None else a.type)
        if a.type != b.type:
            mend = "give both sides the same unit: days(…), weeks(…), months(…), kr(…)"
            raise GrammarError(f"'{self.text(left)}' is {a.type} but '{self.text(right)}' is {b.type}", mend)
        return a, b

    def _call(self, tree: ast.Call, expect: str | None) -> ir.Node:
        if not isinstance(tree.func, ast.Name):
            raise GrammarError(
                f"'{self.text(tree)}' is not allowed in a norm", "call one of the listed functions by name"
            )
        return call(self, tree, tree.func.id)

    def need(self, node: ir.Node, type_: str) -> None:
        """Refuse a node of another type."""
        if node.type != type_:
            raise GrammarError(f"'{node.text}' is {node.type}, but {type_} is needed here", f"give a {type_}")


def _minus_one() -> ir.Const:
    return ir.Const("int", -1, -1, "-1", -1)
