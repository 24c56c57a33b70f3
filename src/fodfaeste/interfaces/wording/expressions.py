"""Expressions as phrases: what a norm reads and demands, in words instead of code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fodfaeste.foundation import FAR
from fodfaeste.interfaces.wording.language import listed
from fodfaeste.interfaces.wording.words import Words
from fodfaeste.rulebook import ir
from fodfaeste.rulebook.norms import Must
from fodfaeste.rulebook.types import EARLIEST

OPERATORS = {
    "==": ("er", "is"),
    "!=": ("ikke er", "is not"),
    "<": ("er under", "is under"),
    "<=": ("er højst", "is at most"),
    ">": ("er over", "is over"),
    ">=": ("er mindst", "is at least"),
}
DATE_OPERATORS = OPERATORS | {
    "<": ("er før", "is before"),
    "<=": ("er senest", "is no later than"),
    ">": ("er efter", "is after"),
    ">=": ("er tidligst", "is no earlier than"),
}


def phrase(words: Words, node: ir.Node) -> str:
    """The expression as a phrase: a noun for a value, a statement for a truth."""
    return _PHRASES[type(node)](words, node)


def operator(words: Words, op: str, type_: str) -> str:
    """A comparison in words, after the type compared."""
    return words.pick(*(DATE_OPERATORS if type_ == "date" else OPERATORS)[op])


def is_bool(node: ir.Node) -> bool:
    """Whether a node is a truth."""
    return node.type == "bool"


def _const(words: Words, node: ir.Const) -> str:
    if is_bool(node):
        return {2: words.pick("altid", "always"), 0: words.pick("aldrig", "never")}.get(
            -1 if node.value is None else node.value, words.pick("uvist", "unknown")
        )
    if node.value is not None:
        for word, size, names in (
            ("weeks(", 7, ("uge", "uger", "week", "weeks")),
            ("years(", 12, ("år", "år", "year", "years")),
        ):
            if node.text.startswith(word) and node.value % size == 0:
                n = node.value // size
                return f"{n} {words.pick(names[0] if n == 1 else names[1], names[2] if n == 1 else names[3])}"
    return words.code(node.value, node.type)


def _field(words: Words, node: ir.FieldRef) -> str:
    return words.quote(words.field(node.name)) if is_bool(node) else words.lower(words.field(node.name))


def _norm(words: Words, node: ir.NormRef) -> str:
    label = words.norm(node.norm)
    return words.quote(label) if is_bool(node) else words.lower(label)


def _applies(words: Words, node: ir.AppliesRef) -> str:
    label = words.quote(words.norm(node.norm))
    return words.pick(f"{label} gælder", f"{label} applies")


def _this(words: Words, node: ir.This) -> str:
    name = words.attribute(node.attr)
    return words.quote(name) if is_bool(node) else name


def _today(words: Words, node: ir.Today) -> str:
    return words.pick("dagen der spørges om", "the day asked about")


def _arith(words: Words, node: ir.Arith) -> str:
    left, right = phrase(words, node.left), phrase(words, node.right)
    if node.op in ("add_days", "add_months"):
        return _moved(words, node, left, right)
    if node.op == "-" and node.left.type == "date":
        return words.pick(f"dage fra {right} til {left}", f"days from {right} to {left}")
    sign = {"*": "×", "//": words.pick("delt med", "divided by")}.get(node.op, node.op)
    return f"{left} {sign} {right}"


def _moved(words: Words, node: ir.Arith, left: str, right: str) -> str:
    """A day some time after or before another; *a + P − 1 day* is the last day of P."""
    back = _negative(words, node.right)
    if back is None:
        return words.pick(f"{right} efter {left}", f"{right} after {left}")
    inner = node.left
    if back == words.code(1, "days") and isinstance(inner, ir.Arith) and inner.op in ("add_days", "add_months"):
        length, start = phrase(words, inner.right), phrase(words, inner.left)
        if _negative(words, inner.right) is None:
            return words.pick(f"sidste dag i {length} fra {start}", f"the last day of {length} from {start}")
    return words.pick(f"{back} før {left}", f"{back} before {left}")


def _negative(words: Words, by: ir.Node) -> str | None:
    """The length gone back, when a length is negative."""
    if isinstance(by, ir.Const) and by.value is not None and by.value < 0:
        return words.code(-by.value, by.type)
    if isinstance(by, ir.Arith) and by.op == "*" and isinstance(by.right, ir.Const) and by.right.value == -1:
        return phrase(words, by.left)
    return None


def _compare(words: Words, node: ir.Compare) -> str:
    existence = occurs(words, node)
    if existence is not None:
        kind, some = existence
        return words.pick(f"{'mindst én' if some else 'ingen'}: {kind}", f"{'at least one' if some else 'no'}: {kind}")
    left, right = phrase(words, node.left), phrase(words, node.right)
    settled = is_settled(node)
    if settled is not None:
        return words.pick(f"{left} er {'' if settled else 'ikke '}fastsat", f"{left} is {'' if settled else 'not '}set")
    return f"{left} {operator(words, node.op, node.left.type)} {right}"


def is_settled(node: ir.Compare) -> bool | None:
    """Whether a comparison with the end of time asks for a day that is set (or for one that is not)."""
    if not (isinstance(node.right, ir.Const) and node.right.type == "date" and node.right.value == FAR):
        return None
    return {"<": True, "!=": True, "==": False, ">=": False}.get(node.op)


def occurs(words: Words, node: ir.Compare) -> tuple[str, bool] | None:
    """(what is counted, whether some rather than none is asked for) of a count compared with nothing."""
    left, right = node.left, node.right
    if not (isinstance(left, ir.Agg) and left.name == "count" and isinstance(right, ir.Const)):
        return None
    some = {(">", 0): True, (">=", 1): True, ("!=", 0): True, ("==", 0): False, ("<", 1): False}
    asked = some.get((node.op, right.value if right.value is not None else -1))
    return None if asked is None else (counted_kind(words, left), asked)


def counted_kind(words: Words, node: ir.Agg | Must, short: bool = False) -> str:
    """The kind a question to the history or a duty is about, with its filters."""
    return words.lower(words.kind(node.kind)) + words.filters(node.kind, node.filters, short)


def _bool(words: Words, node: ir.Bool) -> str:
    parts = [f"({phrase(words, arg)})" if isinstance(arg, ir.Bool) else phrase(words, arg) for arg in node.args]
    joint = words.pick(" og ", " and ") if node.op == "and" else words.pick(" eller ", " or ")
    return joint.join(parts)


def _not(words: Words, node: ir.Not) -> str:
    inner = phrase(words, node.arg)
    if isinstance(node.arg, ir.Bool | ir.Compare | ir.In):
        inner = f"({inner})"
    return words.pick(f"ikke {inner}", f"not {inner}")


def _if(words: Words, node: ir.If) -> str:
    test, then, other = (phrase(words, part) for part in (node.test, node.then, node.other))
    return words.pick(f"{then}, hvis {test}; ellers {other}", f"{then}, if {test}; otherwise {other}")


def _in(words: Words, node: ir.In) -> str:
    values = listed((words.code(value, node.arg.type) for value in node.values), words.lang, ("eller", "or"))
    return f"{phrase(words, node.arg)} {words.pick('er', 'is')} {values}"


def _call(words: Words, node: ir.Call) -> str:
    args = [phrase(words, arg) for arg in node.args]
    if node.name in ("min", "max"):
        return _extreme(words, node, args)
    a, b = args[0], args[-1]
    said = {
        "known": (f"{a} er oplyst", f"{a} is known"),
        "age": (f"alderen efter {a} på {b}", f"the age by {a} on {b}"),
        "months_between": (f"hele måneder fra {a} til {b}", f"whole months from {a} to {b}"),
        "end_of_week": (f"søndag i ugen for {a}", f"the Sunday of the week of {a}"),
        "end_of_month": (f"månedens sidste dag for {a}", f"the last day of the month of {a}"),
        "start_of_month": (f"månedens første dag for {a}", f"the first day of the month of {a}"),
        "next_workday": (f"første arbejdsdag fra og med {a}", f"the first working day from {a}"),
        "add_workdays": (f"{b} arbejdsdage efter {a}", f"{b} working days after {a}"),
        "percent_of": (f"{a} af {b}", f"{a} of {b}"),
    }[node.name]
    return words.pick(*said)


def _extreme(words: Words, node: ir.Call, args: list[str]) -> str:
    least = node.name == "min"
    parts = listed(args, words.lang)
    if node.type == "date":
        return words.pick(
            f"den {'tidligste' if least else 'seneste'} af {parts}", f"the {'earlier' if least else 'later'} of {parts}"
        )
    return words.pick(
        f"det {'mindste' if least else 'største'} af {parts}", f"the {'smallest' if least else 'largest'} of {parts}"
    )


def _table(words: Words, node: ir.Table) -> str:
    by = listed((phrase(words, arg) for arg in node.args), words.lang)
    return words.pick(f"opslag i tabel efter {by}", f"looked up in a table by {by}")


def _agg(words: Words, node: ir.Agg) -> str:
    kind, args = counted_kind(words, node), list(node.args)
    at = "" if not args or isinstance(args[0], ir.Today) else words.pick(" på ", " on ") + phrase(words, args[0])
    attr = words.attribute(list(words.vocabulary.kind(node.kind).attrs)[node.slot]) if node.slot >= 0 else ""
    match node.name:
        case "count" | "total" | "first" | "last":
            return _counted(words, node, kind, attr)
        case "active":
            return words.pick(f"{kind} løber{at}", f"{kind} runs{at}")
        case "current":
            return words.pick(f"{attr} i den {kind}, der løber{at}", f"{attr} of the {kind} that runs{at}")
        case "spell_start" | "run_start":
            whole = words.pick("sammenhængende ", "unbroken ") if node.name == "run_start" else ""
            return words.pick(f"første dag i {whole}{kind}{at}", f"the first day of the {whole}{kind}{at}")
        case "spell_end":
            return words.pick(f"sidste dag i {kind}{at}", f"the last day of {kind}{at}")
        case "days_in":
            span = _span(words, args)
            return words.pick(f"dage i alt med {kind}{span}", f"days in all of {kind}{span}")
        case "reached_total":
            amount = phrase(words, args[0])
            return words.pick(f"den dag, {attr} i {kind} når {amount}", f"the day {attr} of {kind} reaches {amount}")
    amount, window = phrase(words, args[0]), phrase(words, args[1])
    return words.pick(
        f"den dag, {kind} når {amount} inden for {window}", f"the day {kind} reaches {amount} within {window}"
    )


def _counted(words: Words, node: ir.Agg, kind: str, attr: str) -> str:
    span = _span(words, list(node.args))
    said = {
        "count": (f"antal {kind}", f"number of {kind}"),
        "total": (f"{attr} i alt i {kind}", f"{attr} in all of {kind}"),
        "first": (f"første {kind}", f"first {kind}"),
        "last": (f"seneste {kind}", f"latest {kind}"),
    }[node.name]
    if node.default is not None and node.args and node.default.text == node.args[0].text:
        span = ""  # counted from the very day that stands in when there is none
    text = words.pick(*said) + span
    if node.default is None or (isinstance(node.default, ir.Const) and node.default.value == FAR):
        return text
    other = phrase(words, node.default)
    return words.pick(f"{text} (ellers {other})", f"{text} (otherwise {other})")


def _span(words: Words, args: list[ir.Node]) -> str:
    """`` fra a til b``; open ends and today are left out."""
    said = ""
    if args and not (isinstance(args[0], ir.Const) and (args[0].value or 0) <= EARLIEST):
        said = words.pick(" fra ", " from ") + phrase(words, args[0])
    if len(args) > 1 and not isinstance(args[1], ir.Today):
        far = isinstance(args[1], ir.Const) and (args[1].value or 0) >= FAR
        said += "" if far else words.pick(" til ", " to ") + phrase(words, args[1])
    return said


def demand(words: Words, must: Must) -> str:
    """What a duty demands, in a sentence without its full stop."""
    kind = counted_kind(words, must)
    start = phrase(words, must.start)
    if must.form == "not_before":
        assert must.last is not None
        return words.pick(
            f"{kind}: ikke før {phrase(words, must.last)}", f"{kind}: not before {phrase(words, must.last)}"
        )
    if must.form == "every":
        assert must.last is not None
        return words.pick(
            f"{kind}: igen senest {phrase(words, must.last)}", f"{kind}: again by {phrase(words, must.last)}"
        )
    times = phrase(words, must.needed)
    many = "" if times == "1" else words.pick(f"mindst {times} × ", f"at least {times} × ")
    if must.last is None:
        return words.pick(f"{many}{kind} efter {start}; loven nævner ingen sidste dag",
                          f"{many}{kind} after {start}; the law names no last day")  # fmt: skip
    return many + kind + _within(words, must.start, must.last, start)


def _within(words: Words, start: ir.Node, last: ir.Node, said: str) -> str:
    """The window, without saying the start twice."""
    if last.text == start.text:
        return words.pick(f" samme dag som {said}", f" on the same day as {said}")
    if isinstance(last, ir.Arith) and last.left is start:
        length = phrase(words, last.right)
        return words.pick(f" senest {length} efter {said}", f" at the latest {length} after {said}")
    inner = last.left if isinstance(last, ir.Arith) else None
    if isinstance(last, ir.Arith) and isinstance(inner, ir.Arith) and inner.left is start:
        length = phrase(words, inner.right)
        return words.pick(f" inden for {length} fra {said}", f" within {length} from {said}")
    if isinstance(last, ir.Call) and last.name == "add_workdays" and last.args[0] is start:
        n = phrase(words, last.args[1])
        return words.pick(f" senest {n} arbejdsdage efter {said}", f" at the latest {n} working days after {said}")
    until = phrase(words, last)
    return words.pick(f" fra {said} til {until}", f" from {said} to {until}")


_PHRASES: dict[type[ir.Node], Callable[[Words, Any], str]] = {
    ir.Const: _const, ir.FieldRef: _field, ir.NormRef: _norm, ir.AppliesRef: _applies, ir.This: _this, ir.Today: _today,
    ir.Arith: _arith, ir.Compare: _compare, ir.Bool: _bool, ir.Not: _not, ir.If: _if, ir.In: _in, ir.Call: _call,
    ir.Table: _table, ir.Agg: _agg,
}  # fmt: skip
