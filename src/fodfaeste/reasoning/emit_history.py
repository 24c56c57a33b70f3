"""Questions to the history as Python source for one case."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fodfaeste.foundation import FAR
from fodfaeste.reasoning.bounds import LEAST, MOST
from fodfaeste.reasoning.history import NONE, NONE_WIDE
from fodfaeste.rulebook import ir

if TYPE_CHECKING:
    from fodfaeste.reasoning.emit import Emitter


def plan(emitter: Emitter, kind: str, filters: tuple[ir.Filter, ...]) -> int:
    """Number of the column plan of a kind under a filter."""
    key = (kind, filters)
    if key not in emitter.plans:
        emitter.plans.append(key)
    return emitter.plans.index(key)


def columns(emitter: Emitter, kind: str, filters: tuple[ir.Filter, ...]) -> str:
    """Source that gives the columns of a kind under a filter, made when they are not there yet."""
    number = plan(emitter, kind, filters)
    body = [
        f"D,E,n,R=H.days({kind!r})",
        f"c=H.columns[{number}]=(D,E,{_match(emitter, kind, filters)},n,R)",
        "return c",
    ]
    name = emitter.once(f"columns {number}", lambda: emitter.function("p", body, "H"))
    return f"H.columns[{number}] or {name}(H)"


def _match(emitter: Emitter, kind: str, filters: tuple[ir.Filter, ...]) -> str:
    """How well each row fits: plainly.fit, written out."""
    if not filters:
        return "[2]*n"
    attrs = 2 if kind in emitter.rulebook.vocabulary.spells else 1
    fits = []
    for one in filters:
        values = emitter.constant(frozenset(one.values), "S")
        fits.append(
            f"(1 if (v:=r[{attrs}][{one.slot}]) is None else 2 if v {'' if one.keep else 'not '}in {values} else 0)"
        )
    return f"[{fits[0] if len(fits) == 1 else 'min(' + ','.join(fits) + ')'} for r in R]"


def write_history(emitter: Emitter, node: ir.Agg) -> str:
    """The answer to the question; found once a case when it does not depend on the item."""
    test, names = emitter.checked(node.args)
    lines = [f"if {test}:", f" r={_unknown(node)}", "else:"] if test else ["if 1:"]
    lines += [" " + line for line in _body(emitter, node, names)]
    key = "\n".join(lines)
    if emitter.alike.about_item(node):
        return emitter.call(emitter.once(key, lambda: emitter.function("q", [*lines, "return r"])))
    nothing = ... if any(emitter.nullable(arg) for arg in node.args) else _of_nothing(node)
    return emitter.once(key, lambda: emitter.memo(lines, nothing, node.kind))


def write_counted(emitter: Emitter, count: ir.Agg, op: str, limit: int) -> str:
    """How a count compares with a number, as bounds.by_bounds has it: by the least and the most it can be."""
    test, (a, b) = emitter.checked(count.args)
    unsure = {
        ">=": f"2 if least>={limit} else 1 if most>={limit} else 0",
        ">": f"2 if least>{limit} else 1 if most>{limit} else 0",
        "<=": f"2 if most<={limit} else 1 if least<={limit} else 0",
        "<": f"2 if most<{limit} else 1 if least<{limit} else 0",
        "==": f"1 if least<={limit}<=most else 0",
        "!=": f"1 if least<={limit}<=most else 2",
    }[op]
    lines = [f"if {test}:", " r=1", "else:"] if test else ["if 1:"]
    lines += [
        f" D,E,X,n,R={columns(emitter, count.kind, count.filters)}",
        f" most=least=count_sure(D,X,0,n,{a},{_by_today(b)}) if n else 0",
        f" if 1 in X: most=count_possible(D,X,0,n,{a},{_by_today(b)})",
        f" if H.unobserved and {count.kind!r} in H.unobserved: most=MANY",
        f" r=(2 if least{op}{limit} else 0) if least==most else {unsure}",
    ]
    key = "\n".join(lines)
    if emitter.alike.about_item(count):
        return emitter.call(emitter.once(key, lambda: emitter.function("q", [*lines, "return r"])))
    nothing: Any = ...
    if not any(emitter.nullable(arg) for arg in count.args):
        nothing = 2 if COMPARED[op](0, limit) else 0
    return emitter.once(key, lambda: emitter.memo(lines, nothing, count.kind))


COMPARED: dict[str, Callable[[int, int], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
"""The comparisons of the grammar."""


def _of_nothing(node: ir.Agg) -> Any:
    """The answer when there is no row of the kind, and none that may be; ``...`` where it depends on more."""
    if node.name in ("count", LEAST, MOST, "total", "days_in", "active"):
        return 0
    if node.name in ("first", "last"):
        if node.default is None:
            return None
        return node.default.value if isinstance(node.default, ir.Const) else ...
    if node.name in ("reached", "reached_total"):
        least = node.args[0]
        return FAR if isinstance(least, ir.Const) and least.value is not None and least.value > 0 else ...
    return 1 if node.type == "bool" else None


def _body(emitter: Emitter, node: ir.Agg, names: list[str]) -> list[str]:
    """Lines that find ``r``, for arguments that are known."""
    read = f"D,E,X,n,R={columns(emitter, node.kind, node.filters)}"
    if node.name in (LEAST, MOST):
        function = "count_sure" if node.name == LEAST else "count_possible"
        found = [read, f"r={function}(D,X,0,n,{names[0]},{_by_today(names[1])}) if n else 0"]
        return found if node.name == LEAST else [*found, f"if {node.kind!r} in H.unobserved: r=MANY"]
    if node.name == "active":
        return [read, f"r=active(D,E,X,0,n,{names[0]})", f"if r<2 and {node.kind!r} in H.unobserved: r=1"]
    return [
        f"if H.unobserved and {node.kind!r} in H.unobserved: r={_unknown(node)}",
        "else:",
        f" {read}",
        *(" " + line for line in _found(emitter, node, names)),
    ]


def _found(emitter: Emitter, node: ir.Agg, names: list[str]) -> list[str]:
    if node.name in ("first", "last"):
        default = "None" if node.default is None else emitter.write(node.default)
        a, b = names
        return [
            f"r={node.name}(D,X,0,n,{a},{_by_today(b)},NO) if n else NO",
            f"if r=={NONE}: r=None",
            f"elif r==NO: r={default}",
        ]
    if node.name == "current":
        value = f"R[j][2][{node.slot}]"
        if node.type == "bool":
            value = f"(1 if {value} is None else {value})"
        return [f"j=covering(D,E,X,0,n,{names[0]})", f"r={value} if j>=0 else {_unknown(node)}"]
    none = NONE_WIDE if node.name == "total" else NONE
    return [f"r={_call(node, names)}", f"if r=={none}: r=None"]


def _call(node: ir.Agg, names: list[str]) -> str:
    amounts = f"[r[1][{node.slot}] for r in R]"
    a, b = names[0], names[1] if len(names) > 1 else ""
    match node.name:
        case "count":
            return f"count(D,X,0,n,{a},{_by_today(b)}) if n else 0"
        case "total":
            return f"total(D,X,{amounts},None,0,n,{a},{_by_today(b)})"
        case "reached_total":
            return f"reached_total(D,X,{amounts},None,0,n,{a},{b},on)"
        case "spell_start" | "spell_end":
            return f"{node.name}(D,E,X,0,n,{a})"
        case "run_start":
            return f"run_start(D,E,X,0,n,{a},{b})"
        case "days_in":
            return f"days_in(D,E,X,0,n,{a},{_by_today(b)})"
    months = node.args[1].type == "months"
    return f"reached(D,E,X,0,n,{a},{b},{months},{node.last_day},{names[2]},on)"


def _by_today(day: str) -> str:
    return "on" if day == "on" else f"min({day},on)"


def _unknown(node: ir.Agg) -> str:
    return "1" if node.type == "bool" else "None"
