"""Questions to the history as Python source for one case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fodfaeste.reasoning.history import NONE, NONE_WIDE
from fodfaeste.rulebook import ir
from fodfaeste.rulebook.calls import SPELL_ONLY

if TYPE_CHECKING:
    from fodfaeste.reasoning.emit import Emitter


def has_this(node: ir.Node, emitter: Emitter) -> bool:
    """Whether an expression depends on the item of an ``each`` norm."""
    for part in ir.walk(node):
        if isinstance(part, ir.This):
            return True
        if isinstance(part, ir.NormRef | ir.AppliesRef):
            target = emitter.rulebook.norms[part.norm]
            if target.norm.each is not None:
                return True
    return False


def plan(emitter: Emitter, kind: str, as_spells: bool, filters: tuple[ir.Filter, ...]) -> int:
    """Number of the column plan of a kind under a filter."""
    key = (kind, as_spells, filters)
    if key not in emitter.plans:
        emitter.plans.append(key)
    return emitter.plans.index(key)


def write_history(emitter: Emitter, node: ir.Agg) -> str:
    """A call of the function that answers the question; remembered per case when it does not depend on the item."""
    number = plan(emitter, node.kind, node.name in SPELL_ONLY, node.filters)
    test, names = emitter.checked(node.args)
    unknown = "1" if node.type == "bool" else "None"
    lines = [f"if {test}: return {unknown}"] if test else []
    lines += _body(emitter, node, number, names)
    return emitter.call(emitter.once("\n".join(lines), lambda: _answering(emitter, node, lines)))


def _answering(emitter: Emitter, node: ir.Agg, lines: list[str]) -> str:
    """The name of the function that answers; its answer is kept for the case where the item plays no part."""
    name = emitter.function("q", lines)
    if has_this(node, emitter):
        return name
    slot = emitter.answers
    emitter.answers += 1
    body = [
        f"r=H.memo[{slot}]",
        "if r is not MISSING: return r",
        f"r=H.memo[{slot}]={emitter.call(name)}",
        "return r",
    ]
    return emitter.function("m", body)


def _body(emitter: Emitter, node: ir.Agg, number: int, names: list[str]) -> list[str]:
    unobserved = f"{node.kind!r} in H.unobserved"
    lines = [f"D,E,M,n,R=H.of({number})"]
    if node.name == "active":
        return [*lines, f"r=active(D,E,M,0,n,{names[0]})", f"return 1 if r<2 and {unobserved} else r"]
    lines.insert(0, f"if H.unobserved and {unobserved}: return None")
    if node.name in ("first", "last"):
        default = "None" if node.default is None else emitter.write(node.default)
        a, b = names
        return [
            *lines,
            f"r={node.name}(D,M,0,n,{a},min({b},on),NO) if n else NO",
            f"return {default} if r==NO else None if r=={NONE} else r",
        ]
    return [*lines, *_plain_body(node, names)]


def _plain_body(node: ir.Agg, names: list[str]) -> list[str]:
    if node.name == "count":
        a, b = names
        return [f"r=count(D,M,0,n,{a},min({b},on)) if n else 0", f"return None if r=={NONE} else r"]
    if node.name in ("total", "reached_total"):
        amounts = f"[r[1][{node.slot}] for r in R]"
        if node.name == "total":
            a, b = names
            return [
                f"r=total(D,M,{amounts},None,0,n,{a},min({b},on))",
                f"return None if r=={NONE_WIDE} else r",
            ]
        target, a = names
        return [
            f"r=reached_total(D,M,{amounts},None,0,n,{target},{a},on)",
            f"return None if r=={NONE} else r",
        ]
    if node.name == "current":
        return [
            f"j=covering(D,E,M,0,n,{names[0]})",
            f"return {_attribute(node)} if j>=0 else {_unknown(node)}",
        ]
    if node.name in ("spell_start", "spell_end"):
        call = f"{node.name}(D,E,M,0,n,{names[0]})"
    elif node.name == "run_start":
        call = f"run_start(D,E,M,0,n,{names[0]},{names[1]})"
    elif node.name == "days_in":
        call = f"days_in(D,E,M,0,n,{names[0]},min({names[1]},on))"
    else:
        months = node.args[1].type == "months"
        call = f"reached(D,E,M,0,n,{names[0]},{names[1]},{months},{node.last_day},{names[2]},on)"
    return [f"r={call}", f"return None if r=={NONE} else r"]


def _attribute(node: ir.Agg) -> str:
    return (
        f"R[j][2][{node.slot}]"
        if node.type != "bool"
        else f"(1 if R[j][2][{node.slot}] is None else R[j][2][{node.slot}])"
    )


def _unknown(node: ir.Agg) -> str:
    return "1" if node.type == "bool" else "None"
