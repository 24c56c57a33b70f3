"""What a merge says: moves, re-assessments, duties, rights, winners and losers, and kroner by decile of households."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from fodfaeste.population.nation import states
from fodfaeste.population.nation.sources import margins
from fodfaeste.rulebook import Law, ResolvedNorm
from fodfaeste.simulation.behaviour import IN_THE_LAW, declared
from fodfaeste.simulation.incomes import MONTHS, WEEKS, declared_incomes, kinds
from fodfaeste.simulation.merge import Merged, law_of, rules_of
from fodfaeste.simulation.merging import Courses, merging
from fodfaeste.simulation.outcomes import interval
from fodfaeste.simulation.scenario import Scenario
from fodfaeste.simulation.situations import courses

Array = npt.NDArray[Any]

_ØRE = 100
_MILLION = 1e6
_ADULT = 2
DECILES = tuple(range(1, 11))


def answer(law: Law, scenario: Scenario, told: list[Merged]) -> dict[str, Any]:
    """Everything a merge says, as JSON has it. The first replication has central values; intervals are of all."""
    duties = _duties(law, scenario, told)
    again = [row for row in duties if row["reassessment"]]
    return {
        "transitions": _transitions(told), "transitions_left": _figure(told, lambda one: one.a_year(one.left)),
        "reassessments": {
            side: _figure(told, partial(_again, again, place))
            for place, side in enumerate(("before", "after"))
        },
        "reassessments_difference": _figure(told, lambda one: _again(again, 1, one) - _again(again, 0, one)),
        "duties": duties, "unknown": _unknown(told), "rights": rights(law, scenario),
        "persons": _persons(told), "benefits": _benefits(told), "deciles": _deciles(told),
        "households": {name: _share(name) for name in kinds()},
    }  # fmt: skip


def _figure(told: list[Merged], of: Callable[[Merged], float]) -> dict[str, Any]:
    """The central value, and the interval of all replications."""
    values = [float(of(one)) for one in told]
    low, high = interval(values)
    return {"value": values[0], "interval": None if low is None else [low, high]}


def _transitions(told: list[Merged]) -> list[dict[str, Any]]:
    """Moves between the benefits before: those that are none any more."""
    pairs = sorted({pair for one in told for pair in one.moves})
    return [
        {"from": pair[0], "to": pair[1]} | _figure(told, partial(_moved, pair)) for pair in pairs
    ]  # fmt: skip


def _moved(pair: tuple[str, str], one: Merged) -> float:
    return one.a_year(one.moves.get(pair, 0))


def _duties(law: Law, scenario: Scenario, told: list[Merged]) -> list[dict[str, Any]]:
    """What falls due in the merged benefits, before and after, by duty."""
    norms: dict[str, ResolvedNorm] = {}
    for book in law_of(law, scenario).books:
        norms |= {id_: norm for id_, norm in book.norms.items() if not norm.absent}
    again = set(merging()["reassessments"])
    return [
        {
            "norm": id_, "ref": norms[id_].ref, "label": norms[id_].norm.label, "owed_by": norms[id_].norm.owed_by,
            "reassessment": _kind(norms[id_]) in again,
            "before": told[0].a_year(told[0].duties[id_][0]), "after": told[0].a_year(told[0].duties[id_][1]),
            "interval": _figure(told, partial(_difference, id_))["interval"],
        }
        for id_ in sorted({id_ for one in told for id_ in one.duties})
        if id_ in told[0].duties
    ]  # fmt: skip


def _kind(norm: ResolvedNorm) -> str:
    return "" if norm.must is None else norm.must.kind


def _difference(norm: str, one: Merged) -> float:
    before, after = one.duties.get(norm, (0, 0))
    return one.a_year(after - before)


def _again(rows: list[dict[str, Any]], place: int, one: Merged) -> float:
    return one.a_year(sum(one.duties.get(row["norm"], (0, 0))[place] for row in rows))


def _unknown(told: list[Merged]) -> dict[str, list[str]]:
    """Duties nobody can say anything of, because they rest on what is not on record: before, and only after."""
    before, after = (set().union(*(one.unknown[place] for one in told)) for place in (0, 1))
    return {"before": sorted(before), "only_after": sorted(after - before)}


def rights(law: Law, scenario: Scenario) -> list[dict[str, Any]]:
    """Rights that somebody on a merged benefit has on one side and not, or perhaps not, on the other; by state."""
    asked, rules = law_of(law, scenario), rules_of(scenario)
    figures = {name: float(declared()["offices"][name]["value"]) for name in IN_THE_LAW}
    sides = [Courses(book, figures, rule) for book, rule in zip(asked.books, rules, strict=True)]
    found = []
    for state in rules[0].paid:
        number = next((i for i, one in enumerate(courses()) if one.state == state and one.age == _ADULT), None)
        if number is None:
            continue
        had, has = (
            side.rights(book, rule.course(number))
            for side, book, rule in zip(sides, asked.books, rules, strict=True)
        )  # fmt: skip
        for id_ in sorted({*had, *has}):
            one, other = had.get(id_, "no"), has.get(id_, "no")
            if one != other:
                norm = next(book.norms[id_] for book in asked.books if id_ in book.norms)
                row = {"state": state, "norm": id_, "ref": norm.ref, "label": norm.norm.label}
                found.append(row | {"before": one, "after": other})
    return found


def _weeks(one: Merged) -> Array:
    return np.asarray(one.spells[0].until - one.spells[0].first)


def classes(one: Merged) -> Mapping[str, tuple[int, float]]:
    """Persons who win, lose, keep what they have, or of whom it is not known; and kroner a month on average.

    A person is judged by all the weeks of the run; one with a week of unknown difference is not known.
    """
    weeks, money = _weeks(one), one.money
    persons, which = np.unique(one.spells[0].person, return_inverse=True)
    total, time, open_ = (np.zeros(len(persons), np.int64) for _ in range(3))
    np.add.at(total, which, money.change * weeks)
    np.add.at(time, which, weeks)
    np.add.at(open_, which, np.where(money.known, 0, weeks))
    groups = {
        "win": (open_ == 0) & (total > 0), "lose": (open_ == 0) & (total < 0), "same": (open_ == 0) & (total == 0),
        "unknown": open_ > 0,
    }  # fmt: skip
    found = {}
    for name, rows in groups.items():
        spent = int(time[rows].sum())
        known = spent and name != "unknown"
        found[name] = (int(rows.sum()), int(total[rows].sum()) / spent / _ØRE if known else 0.0)
    return found


def _persons(told: list[Merged]) -> list[dict[str, Any]]:
    return [
        {
            "group": name, "persons": _figure(told, partial(_number, name)),
            "kroner_a_month": None if name == "unknown" else _figure(told, partial(_kroner, name)),
        }
        for name in ("win", "lose", "same", "unknown")
    ]  # fmt: skip


def _number(group: str, one: Merged) -> float:
    return classes(one)[group][0] * one.scale


def _kroner(group: str, one: Merged) -> float:
    return classes(one)[group][1]


def _benefits(told: list[Merged]) -> list[dict[str, Any]]:
    """By benefit before: how many on average, and kroner a month before and after, of the weeks that are known."""
    first = told[0]
    named = np.array([str(margins()["states"][state].get("benefit")) for state in states()])[first.spells[0].state]
    weeks, money = _weeks(first), first.money
    rows = []
    for benefit in sorted(set(named.tolist())):
        ours = named == benefit
        priced = ours & (money.before >= 0) & (money.after >= 0)
        spent = int(weeks[priced].sum())
        rows.append(
            {
                "benefit": benefit, "persons": int(weeks[ours].sum()) / first.weeks * first.scale,
                "known": int(weeks[ours & money.known].sum()) / int(weeks[ours].sum()),
                "before": int((money.before * weeks)[priced].sum()) / spent / _ØRE if spent else None,
                "after": int((money.after * weeks)[priced].sum()) / spent / _ØRE if spent else None,
            }
        )  # fmt: skip
    return rows


def _deciles(told: list[Merged]) -> list[dict[str, Any]]:
    """By decile of the household before (None: not known): persons on average, and what they win or lose together."""
    return [
        {
            "decile": decile or None,
            "persons": _figure(told, partial(_there, decile)),
            "million_kroner_a_year": _figure(told, partial(_won, decile)),
            "share_known": _known(told[0], decile),
        }
        for decile in (*DECILES, 0)
    ]  # fmt: skip


def _there(decile: int, one: Merged) -> float:
    return float(_weeks(one)[one.money.decile == decile].sum()) / one.weeks * one.scale


def _won(decile: int, one: Merged) -> float:
    rows = one.money.decile == decile
    øre = int((one.money.change * _weeks(one))[rows].sum())
    return one.a_year(øre) * MONTHS / WEEKS / _ØRE / _MILLION


def _known(one: Merged, decile: int) -> float | None:
    rows, weeks = one.money.decile == decile, _weeks(one)
    spent = int(weeks[rows].sum())
    return int(weeks[rows & one.money.known].sum()) / spent if spent else None


def _share(kind: str) -> dict[str, Any]:
    given = declared_incomes()
    found = given["households"].get(kind)
    label = given["kinds"][kind]["label"]
    return {"label": label} | (found or {"assumption": "the rest"})
