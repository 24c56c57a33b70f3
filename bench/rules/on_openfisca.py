"""The ten rules as OpenFisca variables, computed over vectors; ``calculate`` is timed alone and with its set-up."""

from __future__ import annotations

import time
from importlib.metadata import version
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from bench.measure import checksum, repeated
from bench.rules import terms as t
from bench.rules.people_files import expect, read_people

PERIOD = "2026-11"
Person = build_entity(key="person", plural="persons", label="person", is_person=True)

NEEDED = np.zeros(4 * 8 * 3, np.int32)
OFFERS = np.zeros(4 * 8, np.int32)
TODAY = [0]


def _variable(name: str, formula: Any = None) -> type[Variable]:
    """A monthly variable; dates are whole days and amounts whole øre, which its 32-bit integers hold."""
    truth = {**t.INPUTS, **t.RESULTS}.get(name) == "bool" or name in ("near_job", "sick", "more", "young_without")
    body = {"value_type": bool if truth else int, "entity": Person, "definition_period": DateUnit.MONTH, "label": name}
    return type(name, (Variable,), body | ({"formula": formula} if formula else {}))


def _band(p: Any, m: Any) -> Any:
    age = p("alder", m)
    return (age >= t.YOUNG) + (age >= t.OLD).astype(np.int32)


def _near_job(p: Any, m: Any) -> Any:
    group = p("gruppe", m)
    return (group == t.DP) | (group == t.KH_JOBPARAT) | (group == t.UDD_PARAT)


def _sick(p: Any, m: Any) -> Any:
    group = p("gruppe", m)
    return (group == t.SYG) | (group == t.JAF)


def _exempt(p: Any, m: Any) -> Any:
    short = (p("ordning", m) == t.TRIAL) & p("near_job", m)
    return p("forventet_uger", m) < np.where(short, t.SHORT, t.LONG)


def _needed(p: Any, m: Any) -> Any:
    return NEEDED.take(p("cell", m) * 3 + p("band", m))


def _missing(p: Any, m: Any) -> Any:
    needed = p("samtaler_paakraevet", m)
    return p("more", m) & ~p("undtaget", m) & (p("pace", m) <= needed * p("weeks", m))


def _raw_last(p: Any, m: Any) -> Any:
    return p("foerste_henvendelse", m) + np.where(p("gruppe", m) == t.DP, t.FIRST_DP, t.FIRST)


def _last(p: Any, m: Any) -> Any:
    last, weekday = p("raw_last", m), p("weekday", m)
    return np.where(weekday >= 5, last + 7 - weekday, last)


def _late(p: Any, m: Any) -> Any:
    return ~p("foerste_holdt", m) & ~p("undtaget", m) & (p("foerste_frist", m) < TODAY[0])


def _offer_week(p: Any, m: Any) -> Any:
    ground = p("ground", m)
    return np.where(p("young_without", m), ground // 2, ground)


def _offer_late(p: Any, m: Any) -> Any:
    return (p("tilbud_uger", m) == 0) & ~p("undtaget", m) & (p("uger_forloeb", m) > p("tilbud_uge", m))


def _revaluation(p: Any, m: Any) -> Any:
    return p("sick", m) & (p("sygeuge", m) >= t.REVALUATION) & ~(p("forventet_uger", m) <= t.SOON_WELL)


def _percent(p: Any, m: Any) -> Any:
    weeks = p("akkumuleret", m)
    return np.select([weeks <= at_most for at_most, _ in t.STEPS], [rate for _, rate in t.STEPS], t.LAST_STEP)


def _refund(p: Any, m: Any) -> Any:
    return (p("refusionsprocent", m) // 100 * p("ugesats", m) * 2 + 100) // 200  # stays within 32 bits


FORMULAS: dict[str, Any] = {
    "band": _band,
    "near_job": _near_job,
    "sick": _sick,
    "undtaget": _exempt,
    "samtaler_paakraevet": _needed,
    "weeks": lambda p, m: np.minimum(p("uger_forloeb", m), t.WINDOW),
    "pace": lambda p, m: (p("samtaler", m) + 1) * t.WINDOW,
    "more": lambda p, m: p("samtaler_paakraevet", m) > p("samtaler", m),
    "samtale_mangler": _missing,
    "raw_last": _raw_last,
    "weekday": lambda p, m: (p("raw_last", m) + 3) % 7,
    "foerste_frist": _last,
    "foerste_overskredet": _late,
    "cell": lambda p, m: p("ordning", m) * 8 + p("gruppe", m),
    "ground": lambda p, m: OFFERS.take(p("cell", m)),
    "young_without": lambda p, m: (p("band", m) == 0) & ~p("uddannelse", m),
    "tilbud_uge": _offer_week,
    "tilbud_overskredet": _offer_late,
    "sygerevurdering": _revaluation,
    "refusionsprocent": _percent,
    "refund": _refund,
    "nettoudgift": lambda p, m: p("ugesats", m) - p("refund", m),
}


def system() -> TaxBenefitSystem:
    """The rules as OpenFisca has them."""
    made = TaxBenefitSystem([Person])
    for name in t.INPUTS:
        made.add_variable(_variable(name))
    for name, formula in FORMULAS.items():
        made.add_variable(_variable(name, lambda p, period, _parameters, f=formula: f(p, period)))
    return made


def run(folder: str, sums: dict[str, int], tables: dict[str, Any], on: int, **_: Any) -> dict[str, Any]:
    """Times of ``calculate`` for the ten results, and of building a simulation and handing it its inputs."""
    NEEDED[:] = np.ravel(tables["samtaler_paakraevet"])
    OFFERS[:] = np.ravel(tables["tilbud_grund"])
    TODAY[0] = on
    rules = system()
    columns = read_people(folder)
    columns = {name: c if c.dtype == bool else c.astype(np.int32) for name, c in columns.items()}
    n = len(columns["alder"])
    around: list[float] = []

    def simulation() -> Simulation:
        began = time.perf_counter()
        made = SimulationBuilder().build_default_simulation(rules, count=n)
        for name, column in columns.items():
            made.set_input(name, PERIOD, column)
        around.append(time.perf_counter() - began)
        return made

    def answered(made: Simulation) -> dict[str, Any]:
        return {name: made.calculate(name, PERIOD) for name in t.RESULTS}

    found = answered(simulation())
    expect({name: checksum(found[name]) for name in t.RESULTS}, sums)
    del found
    times = repeated(answered, fresh=simulation)
    return {"times": times, "around": around[1:], "version": version("OpenFisca-Core")}
