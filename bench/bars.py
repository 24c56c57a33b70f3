"""Bars: what a figure must reach, and the lines of a table that say whether it did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Bar:
    """A bound on a figure: ``at_least`` (a speed-up) or at most (a time, a size, a ratio)."""

    limit: float
    unit: str
    at_least: bool = False

    def met(self, measured: float) -> bool:
        return measured >= self.limit if self.at_least else measured <= self.limit

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {figure(self.limit, self.unit)}"


@dataclass(frozen=True)
class Line:
    """One figure of a benchmark: what was measured at which size, and against which bar, if any."""

    bench: str
    what: str
    size: str
    measured: float
    unit: str
    bar: Bar | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        return None if self.bar is None else self.bar.met(self.measured)

    def cells(self) -> list[str]:
        verdict = {None: "", True: "yes", False: "NO"}[self.met]
        shown = figure(self.measured, self.unit)
        return [self.bench, self.what, self.size, shown, str(self.bar or ""), verdict, self.note]

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"bar": None if self.bar is None else str(self.bar), "met": self.met}


HEAD = ["benchmark", "what", "size", "measured", "bar", "met", "note"]

SPEED_10_RULES = {
    "openfisca": Bar(50, "×", at_least=True),
    "polars": Bar(4, "×", at_least=True),
    "copy": Bar(2.5, "×"),
}
ALL_NORMS: Mapping[str, Bar] = {
    "openfisca": Bar(20, "×", at_least=True),
    "copy": Bar(4, "×"),
    "memory": Bar(200, "MB"),
    "warm": Bar(1, "s"),
}
ONE_CASE: Mapping[str, Bar] = {
    "explained": Bar(2, "ms"),
    "result": Bar(0.2, "ms"),
    "openfisca": Bar(50, "×", at_least=True),
}
DUTIES: Mapping[str, Bar] = {"time": Bar(10, "s"), "memory": Bar(2_000, "MB")}
INTAKE: Mapping[str, Bar] = {"import": Bar(50_000, "rows/s", at_least=True)}
REFUSION: Mapping[str, Bar] = {
    "time": Bar(5, "s"),
    "memory": Bar(4_000, "MB"),
    "pandas": Bar(20, "×", at_least=True),
}
NATION: Mapping[str, Bar] = {
    "time": Bar(20, "s"),
    "copy": Bar(1, "×"),
    "threads": Bar(1.8, "×", at_least=True),
    "numpy": Bar(10, "×", at_least=True),
    "kept": Bar(50, "×", at_least=True),
    "pairs": Bar(15, "×", at_least=True),
    "build": Bar(60, "s"),
}
WEB: Mapping[str, Bar] = {
    "inbox": Bar(200, "ms"),
    "citizen": Bar(250, "ms"),
    "save": Bar(250, "ms"),
    "leader": Bar(2, "s"),
}
REGIMES: Mapping[str, Bar] = {"memory": Bar(200, "MB"), "load": Bar(1, "s")}


def figure(value: float, unit: str) -> str:
    """Three figures that matter, and the unit."""
    if value >= 1_000:
        text = count(value)
    elif value >= 100:
        text = f"{value:.0f}"
    else:
        text = f"{value:.3g}"
    return f"{text} {unit}".rstrip()


def count(number: float) -> str:
    """A whole number with thin gaps, as 10 000."""
    return f"{number:,.0f}".replace(",", " ")


def seconds(value: float) -> tuple[float, str]:
    """A time in the unit one would say it in."""
    for factor, unit in ((1, "s"), (1e3, "ms")):
        if value * factor >= 1:
            return value * factor, unit
    return value * 1e6, "µs"
