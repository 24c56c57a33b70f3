"""What an amount of money is counted per, checked at load: kroner a month are never added to kroner a week.

A rate series says it in its unit (DKK_per_month), a definition may say it with ``per:``. What neither says, a fact or
a literal, goes with everything; and a multiplication by anything but a literal makes another amount of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from fodfaeste.rulebook import ir
from fodfaeste.rulebook.norms import Law

_MEND = "reckon one of them for the period of the other first"


class Periods:
    """The period of any expression, given the expressions a norm's value can come from and what is declared."""

    def __init__(self, sources: dict[str, list[ir.Node]], declared: dict[str, str]) -> None:
        self.sources, self.declared = sources, declared
        self._norms: dict[str, str | None] = {}
        self._nodes: dict[int, tuple[str | None, ir.Node]] = {}
        self.off: list[tuple[ir.Node, str, str]] = []

    def norm(self, id_: str) -> str | None:
        """What a norm's value is counted per; None when nothing says."""
        if id_ not in self._norms:
            self._norms[id_] = self.declared.get(id_)  # also for a norm that is read on the way to itself
            for node in self.sources.get(id_, ()):
                self._norms[id_] = self._same(node, (self._norms[id_], self.of(node)))
        return self._norms[id_]

    def of(self, node: ir.Node) -> str | None:
        """What an expression is counted per. What mixes two periods is remembered in ``off``."""
        if id(node) not in self._nodes:
            self._nodes[id(node)] = (self._of(node), node)  # the node is kept, so that its id stays its own
        return self._nodes[id(node)][0]

    def _of(self, node: ir.Node) -> str | None:
        parts = [self.of(child) for child in ir.children(node)]
        match node:
            case ir.NormRef() if node.type == "money":
                return self.norm(node.norm)
            case ir.Compare():
                self._same(node, parts)
                return None
            case ir.Arith() if node.op in ("*", "//"):
                one, other = (node.left, node.right) if node.left.type == "money" else (node.right, node.left)
                return self.of(one) if isinstance(other, ir.Const) else None
            case ir.If():
                return self._same(node, parts[1:])
            case ir.Arith() | ir.Call() if node.type == "money":
                return self._same(node, parts)
        return None

    def _same(self, node: ir.Node, parts: Iterable[str | None]) -> str | None:
        found = list(dict.fromkeys(part for part in parts if part is not None))
        if len(found) > 1:
            message = f"'{node.text}' mixes kroner per {found[0]} with kroner per {found[1]}"
            self.off.append((node, message, _MEND))
        return found[0] if found else None


def declared_periods(law: Law) -> dict[str, str]:
    """Norm id → what its file says it is counted per, under the law and under every regime."""
    raws = dict(law.assembler.raw)
    for regime in law.regimes.values():
        raws |= {norm.id: regime.assembler.raw[norm.id] for norm in regime.added}
    return {id_: str(raw.raw["per"]) for id_, raw in raws.items() if raw.raw.get("per")}


def periods(law: Law) -> Periods:
    """The periods of a law without regimes, for who shows amounts."""
    sources = {norm.id: [v.value for v in norm.versions if v.value is not None] for norm in law.norms.values()}
    return Periods(sources, declared_periods(law))


def period_of_unit(unit: str) -> str | None:
    """What a unit counts money per: ``month`` of DKK_per_month; None for other units."""
    money, per, period = unit.partition("_per_")
    return period if money == "DKK" and per else None
