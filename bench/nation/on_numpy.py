"""The weekly clock as one would write it in NumPy: columns of the whole population, one week after another.

``kept`` is OpenFisca's idiom of it: every week's columns are variables of their own that stay to be asked for.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from bench.nation.numpy_luck import philox, waits
from fodfaeste.population.nation import nation_day

_SHOCK, _EXIT, _ACT, _AGAIN, _DEATH = 3, 4, 6, 9, 10


class Clock:
    """One side of a set-up on some people."""

    def __init__(self, people: Any, run: Any, known: dict[str, Any], side: int, kept: bool) -> None:
        self.run, self.known, self.side, self.kept = run, known, side, kept
        self.n = len(people)
        self.person = (people.first + np.arange(self.n)).astype(np.uint64)
        self.born, self.place = (
            people.foedt.astype(np.int64) + run.start - nation_day(),
            people.kommune.astype(np.int64),
        )
        self.sex = people.koen.astype(np.int64)
        self.educated = (people.education > 0).astype(np.int64)
        self.s, self.d = people.state.astype(np.int64), people.weeks.astype(np.int64)
        names = self.nobody = run.there.shape[0]  # the dead stand in a state of their own, after the others
        self.clocked, self.quiet = (np.append(known[one], False) for one in ("clocked", "quiet"))
        self.leave, self.goes = (np.pad(one[side], ((0, 0), (0, 1), (0, 0))) for one in (run.leave, run.goes))
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
        self.stop = self._deaths()
        self.next -= 1
        for kind in range(2):
            self._next_blow(kind, np.arange(self.n))
        self._enter(np.arange(self.n), 0)
        gone, to = np.zeros(self.n, bool), np.zeros(self.n, np.int64)
        for t in range(run.weeks):
            self.s[self.stop == t] = self.nobody
            gone &= self.stop > t
            birthday = (self.end == t) & (self.stop > t)
            quiet_out = gone & birthday & ~self.clocked[self.s]
            self._move(np.flatnonzero(gone & ~quiet_out), to, t)
            who = np.flatnonzero(birthday)
            self._move(who, self.grows, t)
            up = who[self.s[who] == edu]
            self.end[who] = run.weeks
            self.end[up] = (self.born[up] + run.retires - run.start) // 7 + 1
            self.grows[up] = old
            self.stock[t] = np.bincount(self.s, minlength=self.nobody + 1)[: self.nobody]
            if self.kept:
                self.history |= {(name, t): getattr(self, name).copy() for name in ("s", "d", "left", "u", "next")}
            gone, to = self._week(t)

    def _week(self, t: int) -> tuple[Any, Any]:
        run = self.run
        last = run.leave.shape[3] - 1
        clocked = self.clocked[self.s]
        self._asked(np.flatnonzero(clocked & (self.g >= 0)), t)
        f = run.phase[self.side, t]
        leave = self.leave[f][self.s, np.minimum(self.d, last)]
        self.left = np.where(clocked, self.left - ((self.left * leave) >> 20), self.left)
        self.d += 1
        gone = clocked & (self.left <= self.u)
        ways = self.goes[f][self.s]
        to = (ways <= self.word[:, None]).sum(axis=1)
        quiet = self.quiet[self.s]
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
        state = np.minimum(self.s[who], self.nobody - 1)
        some, to = run.quit_some[state, np.maximum(age, 0)], run.quit_to[state]
        risky = np.where(run.unemployed[to], (some * run.risk[self.place[who]][:, None]) >> 16, some)
        total = np.cumsum(np.where(to >= 0, risky, 0), axis=1)
        place = (total <= mark[:, None]).sum(axis=1)
        there = place < to.shape[1]
        return np.where(there, to[np.arange(len(who)), np.minimum(place, to.shape[1] - 1)], -1)

    def _move(self, who: Any, to: Any, t: int) -> None:
        if len(who):
            self._cases(who, to[who], t)
            y = self.run.year[t]
            np.add.at(self.moves[y], (self.s[who], to[who]), 1)
            self.left_at[who[self.clocked[self.s[who]]]] = t
            self.s[who], self.d[who] = to[who], 0
            self._enter(who, t)

    def _enter(self, who: Any, t: int) -> None:
        run, known = self.run, self.known
        who = who[self.clocked[self.s[who]]]
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

    def _deaths(self) -> Any:
        """The first week each is no longer there; the number of weeks for those who live through all."""
        run, sex = self.run, self.sex
        now = (run.start - self.born) // 7
        luck = philox(self.person, 0, _DEATH, run.seed, run.replication)[0].astype(np.uint64)
        bound = ((luck * run.life[sex, now].astype(np.uint64)) >> np.uint64(32)).astype(np.int64)
        found = np.full(self.n, run.weeks)
        for week in range(run.weeks - 1, 0, -1):
            found[run.life[sex, now + week] <= bound] = week
        return found

    def _asked(self, who: Any, t: int) -> None:
        weeks, d = self.run.law.at.shape[2] - 1, self.d[who]
        dd = np.where(d < weeks, d, weeks - 52 + (d - weeks) % 52)
        self._law(who, t, self.g[who], dd, self.s[who], self.spared)

    def _cases(self, who: Any, to: Any, t: int) -> None:
        """What was asked in the cases that end with an award in week t."""
        law = self.run.law
        some = law.case[self.s[who], to] >= 0
        who, to = who[some], to[some]
        if len(who):
            whose = np.where(self.clocked[self.s[who]], self.s[who], to)
            for week in range(max(t - law.case_weeks, 0), t):
                course, dd = law.case[self.s[who], to], np.full(len(who), week - t + law.case_weeks)
                self._law(who, week, course, dd, whose, np.full(self.n, 1 << 32))

    def _law(self, who: Any, t: int, g: Any, dd: Any, state: Any, spared: Any) -> None:
        run, law = self.run, self.run.law
        y = run.year[t]
        table = law.which[self.side, self.place[who], t]
        lo, hi = law.at[table, g, dd], law.at[table, g, dd + 1]
        number = hi - lo
        owner, state = np.repeat(who, number), np.repeat(state, number)
        row = np.repeat(lo - np.cumsum(number) + number, number) + np.arange(int(number.sum()))
        ref = law.ref[row].astype(np.int64)
        held = spared[owner] >= law.exempt[row]
        falls = held & (law.kind[row] == 0)
        self.fallen[y] += np.bincount(ref[falls], minlength=self.fallen.shape[1])
        acts = np.flatnonzero(held & (law.kind[row] == 1))
        w = philox(self.person[owner[acts]], run.epoch + t, _ACT, run.seed, run.replication)
        word = np.choose(ref[acts] % 4, w)
        done = word < run.held[self.side, y, state[acts], ref[acts]]
        np.add.at(self.acts[y], (state[acts], ref[acts], np.where(done, 0, 1)), 1)


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
