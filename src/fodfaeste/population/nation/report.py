"""Every margin of a nation against its source: what was published, what the persons give, how far apart they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from fodfaeste.population.nation.cells import assistance_now, municipal_level, published_persons, rate_cells, selection
from fodfaeste.population.nation.sources import AGES, SEXES, kommuner, margins, population, states

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Row:
    """One published figure beside ours. ``kind`` is persons or rate; ``held_out`` was not raked to."""

    margin: str
    group: str
    kind: str
    published: float
    ours: float
    source: str
    held_out: bool = False
    note: str = ""

    @property
    def deviation(self) -> float:
        """Ours less the published, as a share of the published."""
        return self.ours / self.published - 1 if self.published else 0.0


def report(table: Array) -> list[Row]:
    """All margins of persons by municipality × sex × age × state. Figures of persons are brought to their number."""
    scale = float(table.sum()) / published_persons()
    return [*_totals(table, scale), *_rates(table), *_municipalities(table, scale), *_ages(table, scale)]


def _totals(table: Array, scale: float) -> list[Row]:
    found = margins()
    by_state = table.sum(axis=(0, 1, 2))
    rows = [
        Row("befolkning", "hele landet", "persons", published_persons() * scale, float(table.sum()),
            found["population"]["nation"]["source"])
    ]  # fmt: skip
    for row in found["totals"]:
        ours = float(by_state[states().index(row["state"])])
        note = "published figure of low confidence" if row.get("confidence") == "low" else ""
        rows.append(Row("tilstand", row["state"], "persons", row["count"] * scale, ours, row["source"], note=note))
    return rows


def _rates(table: Array) -> list[Row]:
    found, flat = margins(), table.ravel()
    rows = []
    for held_out, given in [(False, found["rates"]), (True, found["held_out"])]:
        for row in given:
            part, of = rate_cells(row)
            ours = _share(flat[part >= 0].sum(), flat[of >= 0].sum())
            rows.append(Row("andel", row["id"], "rate", row["rate"], ours, row["source"], held_out))
    return rows


def _municipalities(table: Array, scale: float) -> list[Row]:
    found, names = margins(), [one.name for one in kommuner()]
    rows = []
    given = found["municipal_rates"]
    part = table[..., selection(found[given["part"]])].sum(axis=(1, 2, 3))
    of = table[..., selection(found[given["of"]])].sum(axis=(1, 2, 3))
    level = municipal_level(given)
    for name, rate in given["rates"].items():
        at = names.index(name)
        rows.append(Row("ledighed", name, "rate", rate * level, _share(part[at], of[at]), given["source"]))
    given = found["municipal_assistance"]
    young = np.array([given["ages"][0] <= age <= given["ages"][1] for age in AGES])
    part = table[:, :, young][..., selection(found[given["part"]])].sum(axis=(1, 2, 3))
    of = table[:, :, young].sum(axis=(1, 2, 3))
    level = municipal_level(given, assistance_now())
    for name, rate in given["rates"].items():
        at = names.index(name)
        rows.append(Row("hjælp under 30", name, "rate", rate * level, _share(part[at], of[at]), given["source"]))
    wanted, ours = population().sum(axis=(1, 2)), table.sum(axis=(1, 2, 3))
    source = found["population"]["kommune"]["source"] + "; " + found["population"]["method"]
    rows += [
        Row("kommune", name, "persons", float(wanted[i]) * scale, float(ours[i]), source)
        for i, name in enumerate(names)
    ]
    return rows


def _ages(table: Array, scale: float) -> list[Row]:
    wanted, ours = population().sum(axis=0), table.sum(axis=(0, 3))
    source = margins()["population"]["nation"]["source"]
    return [
        Row("køn og alder", f"{sex} {age}", "persons", float(wanted[i, j]) * scale, float(ours[i, j]), source)
        for i, sex in enumerate(SEXES)
        for j, age in enumerate(AGES)
    ]


def _share(part: float, of: float) -> float:
    return float(part / of) if of else 0.0
