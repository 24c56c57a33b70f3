"""One person's weeks, slowly and in plain Python: what the kernel is judged by, and what shows a course to a reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from fodfaeste.population.luck import Purpose, philox
from fodfaeste.population.nation import People, nation_day, states
from fodfaeste.simulation.lawtables import FALLS
from fodfaeste.simulation.setup import Setup, numbers
from fodfaeste.simulation.situations import DAYS_A_WEEK

_EVERYBODY = 1 << 32  # luck that no quota leaves out


@dataclass
class Happening:
    """Something in a week of the run: a duty that falls due, one a person is spared, an act done or left undone."""

    week: int
    what: str  # fallen | spared | done | undone
    name: str
    course_week: int


@dataclass
class Spell:
    """A stretch in one state: first week, and the week after the last; ``course`` numbers the situation (-1: none)."""

    state: str
    first: int
    until: int
    before: int
    course: int = -1
    happenings: list[Happening] = field(default_factory=list)
    case: list[Happening] = field(default_factory=list)
    """What was asked and done in the case that ended the spell with an award."""


class Person:
    """Row ``row`` of some people, under one side of a run."""

    def __init__(self, people: People, row: int, run: Setup, side: int = 0) -> None:
        self.run, self.side = run, side
        self.person = people.first + row
        self.born, self.place = int(people.foedt[row]), int(people.kommune[row])
        self.qualified = int(people.education[row]) > 0
        self.state, self.weeks = int(people.state[row]), int(people.weeks[row])
        self.born += run.start - nation_day()  # people are as old when the clock starts as they were made
        self.known: dict[str, Any] = numbers()
        self.names = states()
        self.stop = self._death(int(people.koen[row]))

    def _death(self, sex: int) -> int:
        """The first week the person is no longer there; the end of the run for one who lives."""
        ages = self.run.life[sex].tolist()
        now = (self.run.start - self.born) // DAYS_A_WEEK
        bound = self._luck(Purpose.DEATH, 0)[0] * ages[now] >> 32
        return next((week for week in range(self.run.weeks) if week and ages[now + week] <= bound), self.run.weeks)

    def spells(self) -> Iterator[Spell]:
        """Everything that happens, in order of time."""
        week, state, before, left_at = 0, self.state, self.weeks, None
        birthday, grown = self._birthday()
        while week < self.stop:
            if self.known["clocked"][state]:
                spell, to, grew = self._clocked(state, week, before, birthday, grown)
                left_at = spell.until
            else:
                spell, to, grew = self._quiet(state, week, left_at, birthday, grown)
            spell.case = self._case(state, to, spell) if spell.until < self.stop else []
            yield spell
            week = spell.until
            if grew:
                birthday = self._retires() if self.names[grown] == "uddannelse" else None
                grown = int(self.known["into"][1])
            state, before = to, 0

    def _birthday(self) -> tuple[int | None, int]:
        """The week in which the person moves on for being older, and where to."""
        edu, old, child = (int(one) for one in self.known["into"])
        if self.state == child:
            return max(self._reaches(self.run.school), 0), edu
        if self.state == old:
            return None, old
        week = self._retires()
        return (week if week > 0 else max(self._reaches(self.known["oldest"]), 1)), old

    def _retires(self) -> int:
        return self._reaches(self.run.retires)

    def _reaches(self, days: int) -> int:
        return (self.born + days - self.run.start) // DAYS_A_WEEK + 1

    def _luck(self, purpose: Purpose, at: int) -> list[int]:
        found = philox(self.person, self.person >> 32, at, int(purpose), self.run.seed, self.run.replication)
        return [int(word) for word in found]

    def _clocked(
        self, state: int, first: int, before: int, birthday: int | None, grown: int
    ) -> tuple[Spell, int, bool]:  # fmt: skip
        run, last = self.run, self.run.leave.shape[3] - 1
        ours = int(run.lead[self.side])
        duration, destination, spared, certified = self._luck(Purpose.EXIT, run.epoch + first)
        left = int(run.there[state, min(before, last)])
        enough = duration * left >> 32
        course = self._course(state, first, enough, certified < run.cut_chance)
        spell = Spell(self.names[state], first, first, before, course)
        while spell.until < self.stop and spell.until != birthday:
            week, number = spell.until, before + spell.until - first
            if course >= 0:
                spell.happenings += self._happens(state, course, week, number, spared)
            phase = int(run.phase[ours, week])
            left -= left * int(run.leave[ours, phase, state, min(number, last)]) >> 20
            spell.until += 1
            if left <= enough:
                ways = run.goes[ours, phase, state].tolist()
                return spell, next(to for to, edge in enumerate(ways) if destination < edge), False
        return spell, grown, True

    def _course(self, state: int, first: int, enough: int, certified: bool) -> int:
        courses, edges = self.known["courses"], self.known["recovery_edges"]
        sick = courses[state, 2, 1, 0, 0] < 0 and courses[state, 2, 1, 1, 0] >= 0
        length = 1 + sum(enough <= int(self.run.there[state, edge]) for edge in edges) if sick else 0
        days = self.run.start + DAYS_A_WEEK * first - self.born
        age = (days >= self.known["young"]) + (days >= self.known["adult"])
        return int(courses[state, age, int(self.qualified), length, int(certified)])

    def _case(self, state: int, to: int, spell: Spell) -> list[Happening]:
        """The weeks of the case behind a move, as far as they lie in the run."""
        law, whose = self.run.law, state if self.known["clocked"][state] else to
        course, begins = int(law.case[state, to]), spell.until - law.case_weeks
        weeks = range(max(begins, 0), spell.until) if course >= 0 else range(0)
        return [one for week in weeks for one in self._happens(whose, course, week, week - begins, _EVERYBODY)]

    def _happens(self, state: int, course: int, week: int, number: int, spared: int) -> Iterator[Happening]:
        law, weeks = self.run.law, self.run.law.at.shape[2] - 1
        place = number if number < weeks else weeks - 52 + (number - weeks) % 52
        table = law.which[self.side, self.place, week]
        for row in range(law.at[table, course, place], law.at[table, course, place + 1]):
            ref = int(law.ref[row])
            if law.kind[row] == FALLS:
                what = "spared" if spared < law.exempt[row] else "fallen"
                yield Happening(week, what, law.duties[ref].norm, number)
            elif spared >= law.exempt[row]:
                luck = self._luck(Purpose.ACT, self.run.epoch + week)[ref % 4]
                done = luck < self.run.held[self.side, self.run.year[week], state, ref]
                yield Happening(week, "done" if done else "undone", law.acts[ref], number)

    def _quiet(
        self, state: int, first: int, left_at: int | None, birthday: int | None, grown: int
    ) -> tuple[Spell, int, bool]:  # fmt: skip
        weeks = self.stop
        ways: list[tuple[int, int, int]] = []  # week, order among those of the same week, state
        if birthday is not None and birthday < weeks:
            ways.append((birthday, 0, grown))
        if self.known["quiet"][state]:
            ways += self._struck(state, first, left_at)
        until, order, to = min(ways, default=(weeks, 3, state))
        return Spell(self.names[state], first, min(until, weeks), 0), to, order == 0

    def _struck(self, state: int, first: int, left_at: int | None) -> Iterator[tuple[int, int, int]]:
        """The first blow from outside that moves the person, and the first for having left a benefit lately."""
        soon = 0 if left_at is None else left_at + self.run.again_weeks
        often = ((Purpose.SHOCK, self.run.gaps, self.run.weeks, 1), (Purpose.AGAIN, self.run.again_gaps, soon, 2))
        for purpose, gaps, limit, order in often:
            for week, weight in self._blows(purpose, gaps, first):
                to = self._moved(state, week, weight) if week < limit else None
                if to is not None:
                    yield week + 1, order, to
                    break

    def _blows(self, purpose: Purpose, gaps: Any, first: int) -> Iterator[tuple[int, int]]:
        week, number = -1, 0
        while week < self.run.weeks:
            words = self._luck(purpose, number)
            number += 1
            for wait, weight in (words[:2], words[2:]):
                week += _waited(gaps, wait) + 1
                if first <= week < self.run.weeks:
                    yield week, weight

    def _moved(self, state: int, week: int, weight: int) -> int | None:
        run = self.run
        days = run.start + DAYS_A_WEEK * week - self.born
        age = max(sum(days >= edge for edge in self.known["age_edges"]) - 1, 0)
        total, risk = 0, int(run.risk[self.place])
        for chance, to in zip(run.quit_some[state, age].tolist(), run.quit_to[state].tolist(), strict=True):
            if to >= 0:
                total += chance * risk >> 16 if run.unemployed[to] else chance
                if weight < total:
                    return int(to)
        return None


def _waited(gaps: Any, word: int) -> int:
    return next((weeks for weeks, edge in enumerate(gaps.tolist()) if edge <= word), len(gaps))
