"""As many norms as ours, of the same mix and generated, as OpenFisca variables.

In its favour: inputs are ready counts and dates, where ours are histories of events; nothing is unknown; a
norm is one variable with a short formula; and only ``calculate`` is timed.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from bench.measure import high_water, repeated, reset_high_water, resident

PERIOD = "2026-11"
TODAY = 20759
TRUTHS, DATES, COUNTS = 12, 4, 8
Formula = Callable[[Any, Any], Any]
Person = build_entity(key="person", plural="persons", label="person", is_person=True)


class Generator:
    """Draws formulas that read inputs and norms drawn before them, as norms of a law do."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.truths = [f"truth_{i}" for i in range(TRUTHS)]
        self.dates = [f"date_{i}" for i in range(DATES)]
        self.counts = [f"count_{i}" for i in range(COUNTS)]
        self.made: list[tuple[str, type, Formula]] = []

    def norms(self, mix: dict[str, int]) -> list[tuple[str, type, Formula]]:
        """All norms of the mix in mingled order: (name, value type, formula)."""
        order = [shape for shape, number in mix.items() for _ in range(number)]
        self.draw.shuffle(order)
        for number, shape in enumerate(order):
            name = f"{shape}_norm_{number}"
            self.made.append((name, bool if shape == "predicate" else int, getattr(self, f"_{shape}")()))
            {"predicate": self.truths, "date": self.dates, "number": self.counts}.get(shape, []).append(name)
        return self.made

    def _truth(self) -> Formula:
        kind = self.draw.random()
        if kind < 0.25:
            name, limit = self.draw.choice(self.counts), self.draw.randint(1, 30)
            return lambda p, m: p(name, m) >= limit
        if kind < 0.4:
            name, days = self.draw.choice(self.dates), self.draw.randint(7, 400)
            return lambda p, m: p(name, m) + days < TODAY
        name = self.draw.choice(self.truths)
        if self.draw.random() < 0.3:
            return lambda p, m: ~p(name, m)
        return lambda p, m: p(name, m)

    def _predicate(self) -> Formula:
        parts = [self._truth() for _ in range(self.draw.randint(2, 4))]
        join = np.logical_and if self.draw.random() < 0.6 else np.logical_or

        def formula(p: Any, m: Any) -> Any:
            found = parts[0](p, m)
            for part in parts[1:]:
                found = join(found, part(p, m))
            return found

        return formula

    def _date(self) -> Formula:
        one, other, when = self.draw.choice(self.dates), self.draw.choice(self.dates), self._truth()
        days = self.draw.randint(1, 365)
        if self.draw.random() < 0.5:
            return lambda p, m: p(one, m) + days
        return lambda p, m: np.where(when(p, m), p(one, m), p(other, m) + days)

    def _number(self) -> Formula:
        name, factor, when = self.draw.choice(self.counts[:COUNTS]), self.draw.randint(1, 9), self._truth()
        fixed = self.draw.randint(1, 1000)
        return lambda p, m: np.where(when(p, m), fixed, p(name, m) * factor)

    def _demand(self) -> Formula:
        applies, holds = self._truth(), self._truth()
        return lambda p, m: np.where(applies(p, m), np.where(holds(p, m), 4, 10), 0)

    def _duty(self) -> Formula:
        applies, start, count = self._predicate(), self.draw.choice(self.dates), self.draw.choice(self.counts[:COUNTS])
        days, needed = self.draw.randint(7, 365), self.draw.randint(1, 6)

        def formula(p: Any, m: Any) -> Any:
            begins = p(start, m)
            tests = [~applies(p, m), begins > TODAY, p(count, m) >= needed, begins + days < TODAY]
            return np.select(tests, [0, 2, 4, 6], 3)

        return formula


def system(mix: dict[str, int], seed: int) -> tuple[TaxBenefitSystem, list[str]]:
    """The generated law, and the names of its norms."""
    generator = Generator(seed)
    made = TaxBenefitSystem([Person])
    body = {"entity": Person, "definition_period": DateUnit.MONTH}
    for name in (*generator.truths, *generator.dates, *generator.counts):
        kind = bool if name.startswith("truth") else int
        made.add_variable(type(name, (Variable,), {**body, "value_type": kind, "label": name}))
    norms = generator.norms(mix)
    for name, kind, formula in norms:
        run_ = {"formula": lambda p, period, _parameters, f=formula: f(p, period)}
        made.add_variable(type(name, (Variable,), {**body, **run_, "value_type": kind, "label": name}))
    return made, [name for name, _, _ in norms]


def simulation_of(rules: TaxBenefitSystem, n: int, seed: int, trace: bool = False) -> Simulation:
    """A simulation with its inputs set."""
    draw = np.random.default_rng(seed)
    made = SimulationBuilder().build_default_simulation(rules, count=n)
    made.trace = trace
    for i in range(TRUTHS):
        made.set_input(f"truth_{i}", PERIOD, draw.random(n) < 0.25)
    for i in range(DATES):
        made.set_input(f"date_{i}", PERIOD, TODAY - draw.integers(0, 700, n).astype(np.int32))
    for i in range(COUNTS):
        made.set_input(f"count_{i}", PERIOD, draw.poisson(2.2, n).astype(np.int32))
    return made


def run(n: int, mix: dict[str, int], seed: int, **_: Any) -> dict[str, Any]:
    """Times of calculating every norm for ``n`` persons, and the memory it took."""
    rules, norms = system(mix, seed)
    around: list[float] = []

    def fresh() -> Simulation:
        began = time.perf_counter()
        made = simulation_of(rules, n, seed)
        around.append(time.perf_counter() - began)
        return made

    def answered(made: Simulation) -> None:
        for name in norms:
            made.calculate(name, PERIOD)

    answered(simulation_of(rules, 1000, seed))
    times = repeated(answered, least=2, most=3, budget=20, fresh=fresh)
    reset_high_water()
    before = resident()
    answered(simulation_of(rules, n, seed))
    return {"times": times, "around": around, "peak": high_water() - before, "version": version("OpenFisca-Core")}
