"""*Min dag* by job: what an employment worker or a company consultant looks at before the law's own list.

The job decides the order of the page and nothing else: everybody has the same rights, and the law's list is below.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from fodfaeste.casework.access.models import Job, User
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.plans.by_job import (
    IN_COMPANIES,
    UnderWay,
    employers_let_in,
    offers_under_way,
    steps_agreed,
    wishes_for_a_job,
)
from fodfaeste.interfaces.web.caseworker.my_day_page import day_in_words, far_in_words
from fodfaeste.interfaces.wording import Words, raised

SHOWN = 12
"""How many lines of a box stand open; the rest are folded."""


@dataclass(frozen=True)
class Errand:
    """One line: whose, what, and by when. ``over`` tells that the day has passed."""

    name: str
    citizen: str
    phone: str
    what: str
    more: str
    when: str
    far: str
    over: bool = False


@dataclass(frozen=True)
class Box:
    """A list that a job begins with. ``empty`` is what stands there when it has no line."""

    slug: str
    title: str
    empty: str
    errands: tuple[Errand, ...]

    @property
    def first(self) -> tuple[Errand, ...]:
        """The lines that stand open."""
        return self.errands[:SHOWN]

    @property
    def rest(self) -> tuple[Errand, ...]:
        """The lines that are folded."""
        return self.errands[SHOWN:]


def boxes_of(user: User, courses: Sequence[Course], words: Words, day: date) -> list[Box]:
    """The lists a user's job begins with; none for a caseworker, who begins with what the law asks."""
    desk = _Desk({course.pk: course for course in courses}, words, day)
    if user.job == Job.EMPLOYMENT:
        return [desk.steps(), desk.offers()]
    if user.job == Job.COMPANIES:
        return [desk.placements(), desk.employers(), desk.wishes()]
    return []


@dataclass(frozen=True)
class _Desk:
    courses: Mapping[int, Course]
    words: Words
    day: date

    def steps(self) -> Box:
        found = [
            self._errand(step.course_id, step.text, step.get_owner_display(), step.on)
            for step in steps_agreed(self.courses)
        ]
        return Box("skridt", _("Aftalte skridt"), _("Ingen aftalte skridt venter."), tuple(found))

    def offers(self) -> Box:
        found = [self._offer(one) for one in offers_under_way(self.courses, self.day)]
        return Box("tilbud", _("Tilbud i gang"), _("Ingen tilbud er i gang."), tuple(found))

    def placements(self) -> Box:
        found = [self._offer(one) for one in offers_under_way(self.courses, self.day, IN_COMPANIES)]
        title = _("Praktik og løntilskud, det der slutter først øverst")
        return Box("praktik", title, _("Ingen praktik og intet løntilskud er i gang."), tuple(found))

    def employers(self) -> Box:
        found = [
            self._errand(one.course_id, one.who, one.purpose, one.until)
            for one in employers_let_in(self.courses, self.day)
        ]
        title = _("Arbejdsgivere, der er med i en plan")
        return Box("arbejdsgivere", title, _("Ingen arbejdsgiver er med i en plan."), tuple(found))

    def wishes(self) -> Box:
        """Those who have said so and are not out with an employer already."""
        out = {one.course for one in offers_under_way(self.courses, self.day, IN_COMPANIES)}
        found = [
            self._errand(need.course_id, f"»{need.text}«", _("sagt %(day)s") % {"day": self._said(need.said_on)}, None)
            for need in wishes_for_a_job(self.courses)
            if need.course_id not in out
        ]
        title = _("Vil ud i en virksomhed")
        return Box("oensker", title, _("Ingen har sagt, at de mangler hjælp til at finde et job."), tuple(found))

    def _offer(self, one: UnderWay) -> Errand:
        what = raised(self.words.value(one.kind, "tilbudstype")) if one.kind else _("Tilbud")
        more = self.words.value(one.sector, "sektor") if one.sector else ""
        return self._errand(one.course, what, more, one.last, open_end=one.last is None)

    def _errand(self, pk: int, what: str, more: str, on: date | None, open_end: bool = False) -> Errand:
        citizen = self.courses[pk].citizen
        when = _("uden slutdag") if open_end else "" if on is None else self._said(on)
        far = "" if on is None else far_in_words(on, self.day)
        address = reverse("caseworker:citizen", args=[citizen.reference])
        over = on is not None and on < self.day
        return Errand(citizen.name, address, citizen.phone, what, more, when, far, over)

    def _said(self, day: date) -> str:
        return day_in_words(day, self.day)
