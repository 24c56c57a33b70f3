"""Times to meet: a caseworker publishes them, a citizen books, moves and calls off, and nobody books the same twice.

A time is taken by one statement that only one of two can win; a constraint stands behind it. Whatever is refused is
refused with a sentence, and nothing is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.contacts.actions import NEXT_AGREED
from fodfaeste.casework.contacts.forms import IN_PERSON, Advice, ahead_of, meets_in_person, wants_to_meet
from fodfaeste.casework.contacts.models import Appointment, Form, Note, Slot
from fodfaeste.casework.courses.actions import state_fact
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.courses.responsible import responsible_on
from fodfaeste.facts import Vocabulary

WHOLE = "__all__"


@dataclass(frozen=True)
class Offered:
    """Times a caseworker offers on a day: from ``first`` and before ``last``, each of so many minutes."""

    first: datetime
    last: datetime
    minutes: int
    forms: tuple[str, ...]
    place: str = ""


@transaction.atomic
def publish_slots(caseworker: User, offered: Offered, now: datetime) -> list[Slot]:
    """Let citizens book the times. Times that overlap what she offers or has agreed already are left out.

    Raises RefusedError, also where no time is left.
    """
    assert caseworker.kommune_id is not None  # policies let nobody else publish
    errors = _wrong_offer(offered, now)
    if errors:
        raise RefusedError(errors)
    User.objects.select_for_update().get(pk=caseworker.pk)  # two windows of hers cannot offer the same time at once
    step = timedelta(minutes=offered.minutes)
    busy = _busy(caseworker, offered.first, offered.last)
    made, at = [], offered.first
    while at + step <= offered.last:
        if all(at + step <= start or at >= end for start, end in busy):
            made.append(
                Slot(
                    kommune_id=caseworker.kommune_id, caseworker=caseworker, at=at, minutes=offered.minutes,
                    forms=list(offered.forms), place=offered.place.strip(),
                )
            )  # fmt: skip
        at += step
    if not made:
        raise RefusedError({WHOLE: _("Du har allerede tider eller aftaler i hele det tidsrum. Vælg et andet.")})
    return Slot.objects.bulk_create(made)


@transaction.atomic
def withdraw_slot(slot: Slot, by: User, now: datetime) -> None:
    """Take a time back that nobody has booked. Raises RefusedError when somebody has."""
    if slot.caseworker_id != by.pk:
        raise RefusedError({WHOLE: _("Tiden er en kollegas. Kun den, der har lagt den op, kan tage den ned.")})
    if not Slot.objects.filter(pk=slot.pk, taken=False, withdrawn_at=None).update(withdrawn_at=now):
        raise RefusedError({WHOLE: _("Tiden er booket. Flyt eller aflys aftalen med borgeren i stedet.")})


def offered_to(course: Course, now: datetime, form: str = "") -> list[Slot]:
    """The free times of whoever answers for the course, in order; with ``form`` only those that can be had so."""
    host = responsible_on(course, timezone.localtime(now).date())
    if host is None:
        return []
    found = Slot.objects.filter(caseworker=host, at__gt=now, withdrawn_at=None, taken=False)
    if form:
        found = found.filter(forms__contains=[form])
    return list(found.select_related("caseworker").order_by("at"))


def slots_of(caseworker: User, now: datetime) -> list[Slot]:
    """The times a caseworker has published from now on, taken ones too; who has booked them at hand."""
    found = Slot.objects.filter(caseworker=caseworker, at__gt=now, withdrawn_at=None)
    return list(found.select_related("appointment__course__citizen").order_by("at"))


@transaction.atomic
def book(
    course: Course, vocabulary: Vocabulary, slot: Slot, form: str, by: User, advised: Advice, now: datetime
) -> Appointment:
    """Take a free time for the citizen. Raises RefusedError: taken meanwhile, or not in that form."""
    _check_form(form, slot, advised)
    taken = _take(course, slot, form, by, now)
    _tell_the_law(course, vocabulary, by, now)
    return taken


@transaction.atomic
def move(
    appointment: Appointment, vocabulary: Vocabulary, slot: Slot, form: str, by: User, advised: Advice, now: datetime
) -> Appointment:
    """Let another free time stand instead; the old one is free again. Raises RefusedError, and the old one stands."""
    old = _standing(appointment, now)
    _check_form(form, slot, advised)
    _release(old, now)
    new = _take(old.course, slot, form, by, now)
    old.moved_to = new
    old.save(update_fields=["moved_to"])
    old.reminders.update(appointment=new, at=new.at - timedelta(days=1))
    _tell_the_law(old.course, vocabulary, by, now)
    return new


@transaction.atomic
def cancel(appointment: Appointment, vocabulary: Vocabulary, by: User, now: datetime) -> Appointment:
    """Call an appointment off; its time is free again. Raises RefusedError when it is held, over or off already.

    Who wants to meet is not left with calls alone: staff calls off her only meeting when nothing else stands beside it.
    """
    old = _standing(appointment, now)
    if by.citizen_id != old.course.citizen_id and _leaves_calls_alone(old, timezone.localtime(now).date()):
        raise RefusedError(
            {WHOLE: _("Borgeren ønsker at mødes fysisk, og så er kun telefon eller video tilbage. Aftal et nyt fysisk "
                      "møde først, eller aflys det andet.")}
        )  # fmt: skip
    _release(old, now)
    old.reminders.all().delete()
    _tell_the_law(old.course, vocabulary, by, now)
    return old


@transaction.atomic
def arrange(
    course: Course, vocabulary: Vocabulary, at: datetime, form: str, place: str, by: User, advised: Advice,
    now: datetime, reason: str = "",
) -> Appointment:  # fmt: skip
    """A caseworker writes down a time the two have agreed. Raises RefusedError.

    Who wants to meet in person is met: another form is only agreed beside a meeting, and with a reason on record.
    """
    errors: dict[str, str] = {}
    if at <= now:
        errors["day"] = _("Tidspunktet er passeret. Vælg et, der kommer.")
    if form not in Form.values:
        errors["form"] = _("Den måde at mødes på kendes ikke. Vælg en af de viste.")
    elif not advised.allows(form):
        errors |= _against(course, advised, reason, now)
    if errors:
        raise RefusedError(errors)
    made = Appointment.objects.create(
        kommune_id=course.kommune_id, course=course, caseworker=by, at=at, form=form, place=place.strip(), booked_by=by
    )
    if reason.strip() and not advised.allows(form):
        with override("da"):  # the language of the case
            told = _("Ikke et fysisk møde denne gang, fordi: %(reason)s") % {"reason": reason.strip()}
        Note.objects.create(
            kommune_id=course.kommune_id, course=course, happened=timezone.localtime(now).date(), written_by=by,
            text=told,
        )  # fmt: skip
    _tell_the_law(course, vocabulary, by, now)
    return made


@transaction.atomic
def did_not_come(appointment: Appointment, by: User, now: datetime) -> None:
    """Write down that the two did not meet. It is no fault and leads to nothing but a call. Raises RefusedError."""
    if appointment.held_id is not None or appointment.cancelled_at is not None or appointment.at > now:
        raise RefusedError({WHOLE: _("Aftalen er holdt, aflyst eller ikke begyndt endnu.")})
    appointment.missed = True
    appointment.save(update_fields=["missed"])


def at_words(at: datetime) -> str:
    """A moment as it is said: *mandag 23. november kl. 10.30*."""
    local = timezone.localtime(at)
    return _("%(day)s kl. %(time)s") % {
        "day": date_format(local, _("l j. F")), "time": date_format(local, "TIME_FORMAT")
    }  # fmt: skip


def _take(course: Course, slot: Slot, form: str, by: User, now: datetime) -> Appointment:
    """Only one of two who book at once gets past the update; the other waits for it and finds the time taken."""
    end = slot.at + timedelta(minutes=slot.minutes)
    if any(slot.at <= one.at < end for one in ahead_of(course, timezone.localtime(now).date())):
        raise RefusedError({"slot": _("Du har allerede en aftale på det tidspunkt. Vælg en anden tid.")})
    free = Slot.objects.filter(pk=slot.pk, taken=False, withdrawn_at=None, at__gt=now)
    if not free.update(taken=True):
        raise RefusedError({"slot": _("Tiden er lige blevet taget. Vælg en af de andre.")})
    return Appointment.objects.create(
        kommune_id=course.kommune_id, course=course, caseworker_id=slot.caseworker_id, at=slot.at, form=form,
        place=slot.place if form == IN_PERSON else "", slot=slot, booked_by=by,
    )  # fmt: skip


def _release(old: Appointment, now: datetime) -> None:
    if old.slot_id is not None:
        Slot.objects.filter(pk=old.slot_id).update(taken=False)
    old.slot, old.cancelled_at = None, now
    old.save(update_fields=["slot", "cancelled_at"])


def _standing(appointment: Appointment, now: datetime) -> Appointment:
    fresh = Appointment.objects.select_for_update(of=("self",)).select_related("course").get(pk=appointment.pk)
    if fresh.held_id is not None or fresh.cancelled_at is not None or fresh.at <= now:
        raise RefusedError({WHOLE: _("Aftalen er holdt, aflyst eller begyndt. Se dine aftaler, som de er nu.")})
    return fresh


def _leaves_calls_alone(old: Appointment, day: date) -> bool:
    others = [one for one in ahead_of(old.course, day) if one.pk != old.pk]
    only = old.form == IN_PERSON and bool(others) and not meets_in_person(others)
    return only and wants_to_meet(old.course, day)


def _check_form(form: str, slot: Slot, advised: Advice) -> None:
    if form not in slot.forms:
        raise RefusedError({"form": _("Tiden kan ikke holdes på den måde. Vælg en af de viste.")})
    if not advised.allows(form) and not advised.wish:  # who wants to meet may herself choose a call once
        raise RefusedError({"form": _("Loven siger, at samtalen skal holdes ved fremmøde. Vælg en tid med fremmøde.")})


def _against(course: Course, advised: Advice, reason: str, now: datetime) -> dict[str, str]:
    """What stands in the way of another form than she asked for, or than the law asks for."""
    if not advised.wish:
        return {"form": _("Loven siger, at samtalen skal holdes ved fremmøde.")}
    if not meets_in_person(ahead_of(course, timezone.localtime(now).date())):
        return {"form": _("Borgeren ønsker at mødes fysisk. Aftal først et fysisk møde; så kan I også aftale andet.")}
    if not reason.strip():
        return {"reason": _("Skriv, hvorfor det ikke bliver et fysisk møde denne gang. Borgeren kan læse det.")}
    return {}


def _tell_the_law(course: Course, vocabulary: Vocabulary, by: User, now: datetime) -> None:
    """The law reads for when the next conversation is agreed: the next that stands, or that none is."""
    if NEXT_AGREED not in vocabulary.fields:
        return
    today = timezone.localtime(now).date()
    ahead = ahead_of(course, today)
    day: date | None = timezone.localtime(ahead[0].at).date() if ahead else None
    state_fact(course, vocabulary, NEXT_AGREED, day, by, today, first=today)


def _wrong_offer(offered: Offered, now: datetime) -> dict[str, str]:
    errors: dict[str, str] = {}
    if offered.first <= now:
        errors["first"] = _("Tiden er passeret. Vælg et tidspunkt, der kommer.")
    if offered.minutes < 1 or offered.first + timedelta(minutes=offered.minutes) > offered.last:
        errors["last"] = _("Der er ikke plads til en samtale inden sluttidspunktet. Gør tidsrummet længere.")
    if not offered.forms or any(form not in Form.values for form in offered.forms):
        errors["forms"] = _("Vælg mindst én måde at mødes på.")
    if IN_PERSON in offered.forms and not offered.place.strip():
        errors["place"] = _("Skriv, hvor I mødes, når det er et fysisk møde.")
    return errors


def _busy(caseworker: User, first: datetime, last: datetime) -> Sequence[tuple[datetime, datetime]]:
    """What she has in a stretch of time: published times by their length, other appointments by a moment.

    Appointments she took over keep the time of the colleague who published it, by its length.
    """
    slots = Slot.objects.filter(
        caseworker=caseworker, at__lt=last, withdrawn_at=None, at__gte=first - timedelta(days=1)
    )
    agreed = (
        Appointment.objects.select_related("slot")
        .filter(caseworker=caseworker, at__gte=first - timedelta(days=1), at__lt=last, cancelled_at=None, held=None)
        .exclude(slot__caseworker=caseworker)
    )
    return [
        *((one.at, one.at + timedelta(minutes=one.minutes)) for one in slots),
        *((one.at, one.at + timedelta(minutes=one.slot.minutes if one.slot else 1)) for one in agreed),
    ]
