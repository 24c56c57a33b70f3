"""Which open cases get another answer: a caseworker's own, one by one; a whole municipality's, in columns and kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _

from fodfaeste.casework.access.models import Role, User
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.courses.reading import cases_of
from fodfaeste.facts import view_case
from fodfaeste.foundation import to_day
from fodfaeste.interfaces.effects import WHATS, Effect, Found, Singly, law_and_time, side_texts
from fodfaeste.interfaces.web.leader.changes_law import key_of
from fodfaeste.interfaces.wording import Words
from fodfaeste.rulebook import Rulebook

FEW = 400
"""Up to this many cases are judged one by one while somebody waits; more go in columns."""

_MEMORY: dict[str, Found] = {}
_MOST_KEPT = 4
_SHORT = 2  # so many answers stand open; more are folded


@dataclass(frozen=True)
class Told:
    """One answer that differs, in words."""

    label: str
    ref: str
    item: date | None
    what: str
    how: str
    before: str
    after: str
    norm: str


@dataclass(frozen=True)
class CaseLine:
    """A case that gets another answer."""

    course: Course
    told: tuple[Told, ...]

    @property
    def sure(self) -> list[Told]:
        """What surely differs."""
        return [one for one in self.told if one.what != "unsure"]

    @property
    def unsure(self) -> list[Told]:
        """What may differ, once more is known."""
        return [one for one in self.told if one.what == "unsure"]

    @property
    def few(self) -> bool:
        """Whether what surely differs is short enough to stand open."""
        return 0 < len(self.sure) <= _SHORT

    @property
    def first(self) -> str:
        """What is written on the fold: the first rule that surely differs."""
        return self.sure[0].label


def own_cases(user: User) -> QuerySet[Course]:
    """The open cases a user is shown: a caseworker's own, a leader's municipality; a jurist has none."""
    open_ones = Course.objects.filter(kommune=user.kommune_id, closed=None)
    if user.role == Role.CASEWORKER:
        return open_ones.filter(caseworker=user)
    return open_ones if user.role == Role.LEADER else open_ones.none()


def forget() -> None:
    """Reckon everything anew."""
    _MEMORY.clear()


@dataclass(frozen=True)
class Effects:
    """What the change of law does in the cases; and in how many time alone does something, if known."""

    found: Found
    time_answers: int | None = None
    time_cases: int = 0


def effects_in(cases: QuerySet[Course], before: Rulebook, after: Rulebook, start: date) -> Effects:
    """Both rulebooks on the same cases, as they are known now, on the later day; and time, under the earlier law."""
    courses = list(cases.order_by("pk")[: FEW + 1])
    if len(courses) > FEW:
        return Effects(_in_columns(courses[0].kommune_id, cases, before, after))
    law: dict[int, list[Effect]] = {}
    passing: list[int] = []
    for pk, case in cases_of(courses, after.vocabulary).items():
        old, new = (view_case(case, after.vocabulary, day) for day in (to_day(start), after.day))
        law[pk], time = law_and_time(before, old, after, new)
        passing += [len(time)] if time else []
    return Effects(Singly(law), sum(passing), len(passing))


def _in_columns(kommune: int, cases: QuerySet[Course], before: Rulebook, after: Rulebook) -> Found:
    """The whole municipality, kept until the law or any of its cases is another."""
    state = cases.order_by().aggregate(n=Count("pk"), versions=Sum("version"))
    key = f"{kommune}-{state['n']}-{state['versions']}-{before.digest}-{after.digest}-{after.day}"
    if key not in _MEMORY:
        from fodfaeste.casework.inbox.frames import caseload_of
        from fodfaeste.interfaces.effects_columns import effects_of_many

        load = caseload_of(kommune, after.day, after.vocabulary)
        made = effects_of_many(before, after, load.courses, load.frames)
        while len(_MEMORY) >= _MOST_KEPT:
            _MEMORY.pop(next(iter(_MEMORY)), None)
        _MEMORY[key] = made
    return _MEMORY[key]


def by_section(found: Found, before: Rulebook, after: Rulebook) -> dict[str, Counter[str]]:
    """Section → how many cases differ there in each way; and under ``""`` how many in any."""
    norms: dict[str, set[str]] = {}
    for norm in found.norms:
        norms.setdefault(key_of((after.norms.get(norm) or before.norms[norm]).norm), set()).add(norm)
    return {
        key: Counter(
            {what: found.count(ids, whats) for what, whats in [("", WHATS), *((one, (one,)) for one in WHATS)]}
        )
        for key, ids in norms.items()
    }


def norms_of(key: str, found: Found, before: Rulebook, after: Rulebook) -> set[str]:
    """The norms of a section in which cases differ."""
    return {norm for norm in found.norms if key_of((after.norms.get(norm) or before.norms[norm]).norm) == key}


def lines(found: Found, courses: Iterable[int], words: Words, norms: set[str] | None = None) -> list[CaseLine]:
    """The cases in the order given, each with what differs (in these norms)."""
    wanted = list(courses)
    rows = Course.objects.filter(pk__in=wanted).select_related("citizen", "caseworker")
    by_pk: dict[int, Course] = {row.pk: row for row in rows}
    made = found.effects(wanted)
    return [
        CaseLine(
            by_pk[pk],
            tuple(told(one, words) for one in made.get(pk, ()) if norms is None or one.norm.id in norms),
        )
        for pk in wanted
        if pk in by_pk
    ]


def told(effect: Effect, words: Words) -> Told:
    """An effect in words."""
    before, after = side_texts(effect, words)
    return Told(
        words.norm(effect.norm.id),
        effect.norm.ref,
        effect.item,
        effect.what,
        what_text(effect.what),
        before,
        after,
        effect.norm.id,
    )


def what_text(what: str) -> str:
    """How an answer differs, in a word or two."""
    said: dict[str, Any] = {
        "new": _("kommer til"),
        "gone": _("falder væk"),
        "due": _("ny frist"),
        "number": _("andet antal"),
        "answer": _("andet svar"),
        "unsure": _("uafklaret"),
    }
    return str(said[what])
