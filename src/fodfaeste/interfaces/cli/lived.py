"""What the people of the demonstration have said and done in the last weeks: by the same actions as the pages.

The words stand in the population's ``said.yaml``. Everything is dated from the day the municipality stands at, except
what a page too dates by the clock on the wall.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from fodfaeste.foundation import is_workday, to_day

if TYPE_CHECKING:
    from fodfaeste.casework.access.models import Kommune, User
    from fodfaeste.casework.courses.models import Course
    from fodfaeste.casework.plans.models import Invitation
    from fodfaeste.rulebook import Rulebook

Said = dict[str, Any]

_TIMES = ((9, 11), (13, 15))
"""From and to which hour a caseworker is free: one day the first, the next day the other."""

_MINUTES, _DAYS_AHEAD = 30, 10
_EACH = 3
"""Of a caseworker's other citizens every so many say what they need."""


@dataclass(frozen=True)
class _Scene:
    """The municipality, its rules, and the day everything is dated from."""

    place: Kommune
    book: Rulebook
    day: date

    def ago(self, days: int) -> date:
        return self.day - timedelta(days=days)

    def moment(self, days: int, hour: int = 10) -> datetime:
        from django.utils import timezone

        return timezone.make_aware(datetime.combine(self.ago(days), time(hour)))


def live(place: Kommune, book: Rulebook, day: date) -> None:
    """Let the last weeks happen; once. Whoever is not there is left out."""
    from django.db import transaction

    from fodfaeste.casework.access.models import Role, User
    from fodfaeste.casework.access.protection import bind
    from fodfaeste.casework.contacts.models import Slot
    from fodfaeste.casework.courses.models import Course
    from fodfaeste.population.municipality import CITIZENS, PERSONAS, words

    said, scene = words("said.yaml"), _Scene(place, book, day)
    with transaction.atomic():
        bind(place.pk)
        if Slot.objects.filter(kommune=place).exists():
            return
        for caseworker in User.objects.filter(username__in=[one.username for one in PERSONAS], role=Role.CASEWORKER):
            _offer_times(scene, caseworker, said["place"])
            _others(scene, caseworker, said["others"])
        _decide(scene, said["promises"])
        for one in CITIZENS:
            found = Course.objects.filter(citizen__user__username=one.username, caseworker__username=one.caseworker)
            course = found.select_related("citizen__user", "caseworker", "kommune").first()
            if course is not None and course.caseworker is not None:
                _one(scene, course, course.caseworker, said["citizens"][one.username])


def _decide(scene: _Scene, decided: Sequence[Said]) -> None:
    """What was decided about promises above the law, where they are promised at all."""
    from fodfaeste.casework.access.models import Role, User
    from fodfaeste.casework.local.actions import decide

    leader = User.objects.filter(kommune=scene.place, role=Role.LEADER).order_by("pk").first()
    promised = [norm.id for norm in scene.book.norms.values() if norm.promise is not None and not norm.absent]
    for one in decided:
        if leader is not None and one["norm"] in promised:
            begins = scene.ago(one["days"])
            decide(one["norm"], one["what"], begins, one["by"], one["reason"], leader, begins, promised)


def _offer_times(scene: _Scene, caseworker: User, where: str) -> None:
    from fodfaeste.casework.access.refusal import RefusedError
    from fodfaeste.casework.contacts.booking import Offered, publish_slots
    from fodfaeste.casework.contacts.models import Form

    for number, day in enumerate(islice(_workdays_after(scene.day), _DAYS_AHEAD)):
        back = (scene.day - day).days
        first, last = _TIMES[number % 2]
        offered = Offered(scene.moment(back, first), scene.moment(back, last), _MINUTES, tuple(Form.values), where)
        with suppress(RefusedError):  # a day that is full already
            publish_slots(caseworker, offered, scene.moment(0, 8))


def _workdays_after(day: date) -> Iterator[date]:
    while True:
        day += timedelta(days=1)
        if is_workday(to_day(day)):
            yield day


def _one(scene: _Scene, course: Course, caseworker: User, said: Said) -> None:
    """What one of the citizens one can be has said, and what was answered."""
    from fodfaeste.casework.contacts.helping import ask_for_help, check_in, choose_rhythm
    from fodfaeste.casework.courses.objecting import object_to
    from fodfaeste.casework.plans.inviting import answer
    from fodfaeste.casework.plans.models import Invitation, Party
    from fodfaeste.casework.plans.proposing import Voice

    user, vocabulary = course.citizen.user, scene.book.vocabulary
    voices = {Party.CITIZEN.value: Voice(Party.CITIZEN, user), Party.KOMMUNE.value: Voice(Party.KOMMUNE, caseworker)}
    invitation = Invitation.objects.filter(course=course, withdrawn_at=None).exclude(user=None).first()
    _plan(scene, course, voices, said, invitation)
    if "rhythm" in said:
        choose_rhythm(course, said["rhythm"], scene.ago(said["checkin"]["days"]))
    if "checkin" in said:
        one = said["checkin"]
        check_in(course, vocabulary, one["text"], one["areas"], False, user, scene.moment(one["days"], 20))
    if "help" in said:
        ask_for_help(course, vocabulary, said["help"]["text"], user, scene.moment(said["help"]["days"], 19))
    if "missing" in said:
        object_to(course, "missing", None, said["missing"], user)
    _agree(scene, course, caseworker, said)
    if "partner" in said and invitation is not None and invitation.user is not None:
        answer(invitation, invitation.user, said["partner"])


def _plan(scene: _Scene, course: Course, voices: dict[str, Any], said: Said, invitation: Invitation | None) -> None:
    """Her needs, and the steps for them; what a partner has a hand in is shared."""
    from fodfaeste.casework.plans.inviting import share
    from fodfaeste.casework.plans.models import Party
    from fodfaeste.casework.plans.needs import close_need, say_need
    from fodfaeste.casework.plans.proposing import Proposal, propose, take_position

    needs = []
    for one in said["needs"]:
        need = say_need(course, voices[Party.CITIZEN.value], one["area"], one["text"], scene.ago(one["days"]))
        needs.append(close_need(need, scene.ago(one["closed"]), one["result"]) if "closed" in one else need)
    for one in said["steps"]:
        on = next(_workdays_after(scene.ago(-one["in"]))) if "in" in one else None
        about = needs[one["need"]] if "need" in one else None
        given = Proposal(one["text"], one["owner"], on, one.get("reason", ""), about)
        step = propose(course, voices[one["by"]], given)
        if "shared" in one and invitation is not None:
            share(invitation, steps=(step,))
        if "answer" in one:
            other = next(voice for party, voice in voices.items() if party != one["by"])
            take_position(step, other, one["answer"]["stance"], one["answer"].get("text", ""))


def _agree(scene: _Scene, course: Course, caseworker: User, said: Said) -> None:
    """How often the two are in contact, or that there shall be calm for a while."""
    from fodfaeste.casework.contacts.agreeing import Cadence, agree_contact
    from fodfaeste.casework.contacts.calming import Peace, choose_calm, propose_calm
    from fodfaeste.casework.contacts.forms import advice
    from fodfaeste.casework.courses.reading import case_of
    from fodfaeste.casework.plans.models import Party
    from fodfaeste.facts import view_case

    vocabulary = scene.book.vocabulary
    if "contact" in said:
        view = view_case(case_of(course, vocabulary), vocabulary, to_day(scene.day))
        advised = advice(scene.book, view)
        cadence = Cadence(said["contact"]["weeks"], advised.best, said["contact"]["reason"])
        agree_contact(course, cadence, Party.CITIZEN, caseworker, advised, scene.day)
    if "calm" in said:
        one = said["calm"]
        begins = scene.ago(one["days"])
        peace = Peace(begins + timedelta(weeks=one["weeks"]), one["reason"], caseworker, one["way_back"])
        choose_calm(propose_calm(course, peace, caseworker, begins), vocabulary, course.citizen.user, begins)
    if "calm_proposed" in said:
        one = said["calm_proposed"]
        peace = Peace(scene.day + timedelta(weeks=one["weeks"]), one["reason"], caseworker, one["way_back"])
        propose_calm(course, peace, caseworker, scene.ago(one["days"]))


def _others(scene: _Scene, caseworker: User, said: Said) -> None:
    """A few of the caseworker's other citizens: what they need, what they asked for, one who goes on by herself."""
    from fodfaeste.casework.contacts.driving import begin_self_driven
    from fodfaeste.casework.contacts.helping import answer_help, ask_for_help
    from fodfaeste.casework.courses.models import Course
    from fodfaeste.casework.plans.models import Party
    from fodfaeste.casework.plans.needs import close_need, say_need
    from fodfaeste.casework.plans.proposing import Voice

    open_ones = Course.objects.filter(caseworker=caseworker, closed=None, citizen__user=None, opened__lt=scene.ago(60))
    courses = list(open_ones.order_by("pk")[::_EACH])
    for number, (course, one) in enumerate(_pairs(courses, said["needs"])):
        need = say_need(course, Voice(Party.CITIZEN, caseworker), one["area"], one["text"], scene.ago(20 + number))
        if one["result"] and number // len(said["needs"]) % 2 == 0:  # of the same need, some are still there
            close_need(need, scene.ago(number + 1), one["result"])
    for course, one in zip(courses, said["help"], strict=False):
        asked = scene.moment(one["days"], 9)
        request = ask_for_help(course, scene.book.vocabulary, one["text"], caseworker, asked)
        if "answer" in one:
            when = asked + timedelta(hours=one["hours"])
            answer_help(request, scene.book.vocabulary, one["answer"], caseworker, when)
    if len(courses) > len(said["help"]):
        begin_self_driven(courses[len(said["help"])], said["self_driven"], caseworker, scene.ago(12))


def _pairs(courses: Sequence[Course], needs: Sequence[Said]) -> Iterator[tuple[Course, Said]]:
    """Each course with a need, the list of needs again and again."""
    return ((course, needs[number % len(needs)]) for number, course in enumerate(courses))
