"""What a citizen says of how things are going: check-ins in her own rhythm, *I need help*, reminders; and our answers.

A request for help is also a line of the course (``anmodning``), so that the law's duty to answer runs from that day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.contacts.models import Appointment, CheckIn, HelpRequest, Reminder, Rhythm, SignalCall
from fodfaeste.casework.contacts.signs import rules
from fodfaeste.casework.courses.actions import record_event
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.plans.models import Need
from fodfaeste.facts import Vocabulary

REQUEST, ANSWER, HELP = "anmodning", "anmodning-svar", "hjaelp"
WHOLE = "__all__"


@transaction.atomic
def ask_for_help(
    course: Course, vocabulary: Vocabulary, text: str, by: User, now: datetime, checkin: CheckIn | None = None
) -> HelpRequest:
    """She asks for a person. Asked again while one waits, her words are added and the clock goes on from the first."""
    Course.objects.select_for_update().get(pk=course.pk)
    waiting = HelpRequest.objects.filter(course=course, answered_at=None).first()
    if waiting is not None:
        waiting.text = "\n\n".join(part for part in (waiting.text, text.strip()) if part)
        waiting.save(update_fields=["text"])
        return waiting
    record_event(course, vocabulary, REQUEST, now.date(), {"om": HELP}, by, now.date())
    return HelpRequest.objects.create(
        kommune_id=course.kommune_id, course=course, asked_at=now, text=text.strip(), checkin=checkin
    )


@transaction.atomic
def answer_help(request: HelpRequest, vocabulary: Vocabulary, text: str, by: User, now: datetime) -> HelpRequest:
    """A person got hold of her. Raises RefusedError when somebody else did, or nothing is said of what came of it."""
    fresh = HelpRequest.objects.select_for_update(of=("self",)).select_related("course").get(pk=request.pk)
    if fresh.answered_at is not None:
        raise RefusedError({WHOLE: _("En kollega har allerede talt med borgeren. Se svaret på borgerens side.")})
    if not text.strip():
        raise RefusedError({"text": _("Skriv kort, hvad I blev enige om. Borgeren kan læse det.")})
    record_event(fresh.course, vocabulary, ANSWER, now.date(), {}, by, now.date())
    fresh.answered_at, fresh.answered_by, fresh.answer = max(now, fresh.asked_at), by, text.strip()
    fresh.save(update_fields=["answered_at", "answered_by", "answer"])
    return fresh


@transaction.atomic
def check_in(
    course: Course, vocabulary: Vocabulary, text: str, areas: Sequence[str], wants_contact: bool, by: User,
    now: datetime,
) -> CheckIn:  # fmt: skip
    """She says how she is getting on, and in which areas she needs something. A wish for a call asks for a person."""
    if not text.strip() and not areas and not wants_contact:
        raise RefusedError({WHOLE: _("Skriv et par ord, eller sæt et kryds. Så er det gemt.")})
    if any(area not in Need.Area.values for area in areas):
        raise RefusedError({"areas": _("Vælg kun blandt det viste.")})
    made = CheckIn.objects.create(
        kommune_id=course.kommune_id, course=course, at=now, text=text.strip(), areas=list(areas),
        wants_contact=wants_contact,
    )  # fmt: skip
    if wants_contact:
        ask_for_help(course, vocabulary, text, by, now, made)
    return made


@transaction.atomic
def choose_rhythm(course: Course, weeks: int, day: date) -> Rhythm | None:
    """How often she wants to check in; 0: not at all. What she chose before ends."""
    Rhythm.objects.filter(course=course, ended=None).update(ended=day)
    if weeks < 1:
        return None
    return Rhythm.objects.create(kommune_id=course.kommune_id, course=course, weeks=weeks, begins=day)


@transaction.atomic
def set_reminder(course: Course, at: datetime, text: str, now: datetime, about: Appointment | None = None) -> Reminder:
    """She wants to be reminded at a moment. Raises RefusedError for one that has passed, or with nothing to say."""
    if at <= now:
        raise RefusedError({"at": _("Tidspunktet er passeret. Vælg et, der kommer.")})
    if about is None and not text.strip():
        raise RefusedError({"text": _("Skriv, hvad du vil huske.")})
    return Reminder.objects.create(
        kommune_id=course.kommune_id, course=course, at=at, text=text.strip(), appointment=about
    )


def drop_reminder(course: Course, number: int) -> None:
    """She does not need a reminder any more."""
    Reminder.objects.filter(course=course, pk=number).delete()


@transaction.atomic
def note_call(course: Course, sign: str, since: date, reached: str, text: str, by: User) -> SignalCall:
    """A person rang because of a sign. It changes nothing else. Raises RefusedError."""
    if sign not in {one.id for one in rules().signs}:
        raise RefusedError({WHOLE: _("Det tegn kendes ikke. Gå tilbage til borgerens kontakt.")})
    if reached not in SignalCall.Reached.values:
        raise RefusedError({"reached": _("Vælg, om I talte sammen.")})
    return SignalCall.objects.create(
        kommune_id=course.kommune_id,
        course=course,
        kind=sign,
        shown_on=since,
        reached=reached,
        text=text.strip(),
        by=by,
    )
