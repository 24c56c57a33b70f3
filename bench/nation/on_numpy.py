"""The weekly clock as one would write it in NumPy: columns of the whole population, one week after another.

``kept`` is OpenFisca's idiom of it: every week's columns are variables of their own that stay to be asked for.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from bench.nation.numpy_luck import philox, waits

_SHOCK, _EXIT, _ACT, _AGAIN = 3, 4, 6, 9


class Clock:
    """One side of a set-up on some people."""

    def __init__(self, people: Any, run: Any, known: dict[str, Any], side: int, kept: bool) -> None:
        self.run, self.known, self.side, self.kept = run, known, side, kept
        self.n = len(people)
        self.person = (people.first + np.arange(self.n)).astype(np.uint64)
        self.born, self.place = people.foedt.astype(np.int64), people.kommune.astype(np.int64)
        self.educated = (people.education > 0).astype(np.int64)
        self.s, self.d = people.state.astype(np.int64), people.weeks.astype(np.int64)
        names = run.there.shape[0]
        self.stock = np.zeros((run.weeks, names), np.int64)
        self.moves = np.zeros((len(run.years), names, names), np.int64)
        self.fallen = np.zeros((len(run.years), max(len(run.law.duties), 1)), np.int64)
        self.acts = np.zeros((len(run.years), names, len(run.law.acts), 2), np.int64)
        zeros = np.zeros(self.n, np.int64)
        self.left, self.u, self.word, self.spared, self.g = (zeros.copy() for _ in range(5))
        self.left_at = zeros - 1000
        self.next, self.mark, self.drawn = (np.zeros((2, self.n), np.int64) for _ in range(3))
        self.history: dict[tuple[str, int], Any] = {}

    def go(self) -> None:
        run, known = self.run, self.known
        edu, old, child = known["into"]
        past = (self.born + run.retires - run.start) // 7 + 1
        past = np.where(past <= 0, np.maximum((self.born + known["oldest"] - run.start) // 7 + 1, 1), past)
        young = np.maximum((self.born + run.school - run.start) // 7 + 1, 0)
        self.end = np.where(self.s == child, young, np.where(self.s == old, run.weeks, past))
        self.grows = np.where(self.s == child, edu, old)
        self.next -= 1
        for kind in range(2):
            self._next_blow(kind, np.arange(self.n))
        self._enter(np.arange(self.n), 0)
        gone, to = np.zeros(self.n, bool), np.zeros(self.n, np.int64)
        for t in range(run.weeks):
            birthday = self.end == t
            quiet_out = gone & birthday & ~known["clocked"][self.s]
            self._move(np.flatnonzero(gone & ~quiet_out), to, t)
            who = np.flatnonzero(birthday)
            self._move(who, self.grows, t)
            up = who[self.s[who] == edu]
            self.end[who] = run.weeks
            self.end[up] = (self.born[up] + run.retires - run.start) // 7 + 1
            self.grows[up] = old
            self.stock[t] = np.bincount(self.s, minlength=self.stock.shape[1])
            if self.kept:
                self.history |= {(name, t): getattr(self, name).copy() for name in ("s", "d", "left", "u", "next")}
            gone, to = self._week(t)

    def _week(self, t: int) -> tuple[Any, Any]:
        run, known = self.run, self.known
        last = run.leave.shape[3] - 1
        clocked = known["clocked"][self.s]
        self._law(np.flatnonzero(clocked & (self.g >= 0)), t)
        f = run.phase[self.side, t]
        leave = run.leave[self.side, f][self.s, np.minimum(self.d, last)]
        self.left = np.where(clocked, self.left - ((self.left * leave) >> 20), self.left)
        self.d += 1
        gone = clocked & (self.left <= self.u)
        ways = run.goes[self.side, f][self.s]
        to = (ways <= self.word[:, None]).sum(axis=1)
        quiet = known["quiet"][self.s]
        for kind in range(2):  # a shock, and for those who left a benefit lately another kind
            struck = np.flatnonzero(self.next[kind] == t)
            moved = self._moved(struck, self.mark[kind, struck], t)
            hit = quiet[struck] & (moved >= 0) & ~gone[struck]
            if kind == 1:
                hit &= t < self.left_at[struck] + run.again_weeks
            gone[struck[hit]], to[struck[hit]] = True, moved[hit]
            self._next_blow(kind, struck)
        return gone, to

    def _next_blow(self, kind: int, who: Any) -> None:
        run = self.run
        even, gaps = self.drawn[kind, who] % 2 == 0, (run.gaps, run.again_gaps)[kind]
        w = philox(self.person[who], self.drawn[kind, who] // 2, (_SHOCK, _AGAIN)[kind], run.seed, run.replication)
        self.next[kind, who] += waits(gaps, np.where(even, w[0], w[2])) + 1
        self.mark[kind, who] = np.where(even, w[1], w[3])
        self.drawn[kind, who] += 1

    def _moved(self, who: Any, mark: Any, t: int) -> Any:
        run = self.run
        age = np.searchsorted(self.known["age_edges"], self.run.start + 7 * t - self.born[who], "right") - 1
        some, to = run.quit_some[self.s[who], np.maximum(age, 0)], run.quit_to[self.s[who]]
        risky = np.where(run.unemployed[to], (some * run.risk[self.place[who]][:, None]) >> 16, some)
        total = np.cumsum(np.where(to >= 0, risky, 0), axis=1)
        place = (total <= mark[:, None]).sum(axis=1)
        there = place < to.shape[1]
        return np.where(there, to[np.arange(len(who)), np.minimum(place, to.shape[1] - 1)], -1)

    def _move(self, who: Any, to: Any, t: int) -> None:
        if len(who):
            y = self.run.year[t]
            np.add.at(self.moves[y], (self.s[who], to[who]), 1)
            self.left_at[who[self.known["clocked"][self.s[who]]]] = t
            self.s[who], self.d[who] = to[who], 0
            self._enter(who, t)

    def _enter(self, who: Any, t: int) -> None:
        run, known = self.run, self.known
        who = who[known["clocked"][self.s[who]]]
        w = philox(self.person[who], run.epoch + t, _EXIT, run.seed, run.replication)
        s, last = self.s[who], run.leave.shape[3] - 1
        self.left[who] = run.there[s, np.minimum(self.d[who], last)]
        self.u[who] = ((w[0].astype(np.uint64) * self.left[who].astype(np.uint64)) >> np.uint64(32)).astype(np.int64)
        self.word[who], self.spared[who] = w[1], w[2]
        courses = known["courses"]
        sick = (courses[s, 2, 1, 0, 0] < 0) & (courses[s, 2, 1, 1, 0] >= 0)
        longer = sum((self.u[who] <= run.there[s, edge]).astype(np.int64) for edge in known["recovery_edges"])
        days = run.start + 7 * t - self.born[who]
        age = (days >= known["young"]).astype(np.int64) + (days >= known["adult"])
        cut = (w[3] < run.cut_chance).astype(np.int64)
        self.g[who] = courses[s, age, self.educated[who], np.where(sick, 1 + longer, 0), cut]

    def _law(self, who: Any, t: int) -> None:
        run, law = self.run, self.run.law
        weeks, y = law.at.shape[2] - 1, run.year[t]
        dd = np.where(self.d[who] < weeks, self.d[who], weeks - 52 + (self.d[who] - weeks) % 52)
        table = law.which[self.side, self.place[who], t]
        lo, hi = law.at[table, self.g[who], dd], law.at[table, self.g[who], dd + 1]
        number = hi - lo
        owner = np.repeat(who, number)
        row = np.repeat(lo - np.cumsum(number) + number, number) + np.arange(int(number.sum()))
        ref = law.ref[row].astype(np.int64)
        held = self.spared[owner] >= law.exempt[row]
        falls = held & (law.kind[row] == 0)
        self.fallen[y] += np.bincount(ref[falls], minlength=self.fallen.shape[1])
        acts = np.flatnonzero(held & (law.kind[row] == 1))
        w = philox(self.person[owner[acts]], run.epoch + t, _ACT, run.seed, run.replication)
        word = np.choose(ref[acts] % 4, w)
        state = self.s[owner[acts]]
        done = word < run.held[self.side, y, state, ref[acts]]
        np.add.at(self.acts[y], (state, ref[acts], np.where(done, 0, 1)), 1)


def run(setup: str, persons: int, seed: int, kept: bool, **_: Any) -> dict[str, Any]:
    """Seconds for all sides, and checksums of each."""
    import pickle
    from pathlib import Path

    from bench.nation.ours_weekly import checks
    from fodfaeste.population.nation import everybody
    from fodfaeste.simulation.setup import numbers

    made = pickle.loads(Path(setup).read_bytes())
    people, known = everybody(persons, seed), numbers()
    began, sums = time.perf_counter(), []
    for side in range(len(made.sides)):
        clock = Clock(people, made, known, side, kept)
        clock.go()
        sums.append(checks(clock.stock, clock.moves, clock.fallen, clock.acts))
        del clock
    return {"seconds": time.perf_counter() - began, "sums": sums}
