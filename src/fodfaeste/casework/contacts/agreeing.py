"""What the two agree: how often and in which form they are in contact, and that she wants to meet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.contacts.forms import ASKED, ASKED_FOR, IN_PERSON, TALKS, WISH, Advice
from fodfaeste.casework.contacts.models import ContactAgreement, Form
from fodfaeste.casework.courses.actions import correct_event, record_event, state_fact
from fodfaeste.casework.courses.models import Course, Event
from fodfaeste.casework.plans.models import Party
from fodfaeste.facts import Vocabulary


@dataclass(frozen=True)
class Cadence:
    """How often (``weeks`` None: when one of them asks), in which form, why so, and until when."""

    weeks: int | None
    form: str
    reason: str
    until: date | None = None


@transaction.atomic
def agree_contact(
    course: Course, cadence: Cadence, proposed_by: str, by: User, advised: Advice, today: date
) -> ContactAgreement:
    """Write down how the two are in contact from today. Raises RefusedError.

    Who wants to meet in person is met in person: no other form can be agreed as long as the wish stands.
    """
    errors: dict[str, str] = {}
    if cadence.weeks is not None and cadence.weeks < 1:
        errors["weeks"] = _(
            "Skriv et helt antal uger, eller lad feltet stå tomt: så er det, når en af jer beder om det."
        )
    if cadence.form not in Form.values:
        errors["form"] = _("Vælg en af de viste måder at mødes på.")
    elif not advised.allows(cadence.form):
        errors["form"] = against(advised)
    if not cadence.reason.strip():
        errors["reason"] = _("Skriv, hvorfor I har aftalt det sådan. En sætning er nok.")
    if cadence.until is not None and cadence.until < today:
        errors["until"] = _("Dagen er passeret. Vælg en, der kommer, eller lad feltet stå tomt.")
    if proposed_by not in Party.values:
        errors["proposed_by"] = _("Vælg, hvem der foreslog det.")
    if errors:
        raise RefusedError(errors)
    return ContactAgreement.objects.create(
        kommune_id=course.kommune_id, course=course, weeks=cadence.weeks, form=cadence.form, begins=today,
        reason=cadence.reason.strip(), until=cadence.until, proposed_by=proposed_by, by=by,
    )  # fmt: skip


def against(advised: Advice) -> str:
    """Why another form cannot be agreed."""
    if advised.wish:
        return _("Borgeren ønsker at mødes fysisk. Så længe ønsket står, kan I ikke aftale telefon eller video alene.")
    return _("Loven siger, at samtalen skal holdes ved fremmøde.")


def agreement_of(course: Course) -> ContactAgreement | None:
    """What is agreed now: the latest."""
    return ContactAgreement.objects.filter(course=course).select_related("by").first()


@transaction.atomic
def wish_to_meet(course: Course, vocabulary: Vocabulary, wish: bool, by: User, today: date) -> None:
    """She wants to meet in person, or does not any more. A wish is also a request, which the law has answered."""
    state_fact(course, vocabulary, WISH, wish, by, today, first=today)
    asked = Event.objects.filter(course=course, kind=ASKED, attrs__om=ASKED_FOR, standing=True)
    if wish and not asked.filter(on=today).exists():
        record_event(course, vocabulary, ASKED, today, {"om": ASKED_FOR}, by, today)
    if wish:
        return
    met = Event.objects.filter(course=course, kind__in=TALKS, attrs__form=IN_PERSON, standing=True).order_by("-on")
    last = met.values_list("on", flat=True).first()
    for event in (asked if last is None else asked.filter(on__gt=last)).select_related("course"):
        correct_event(event, vocabulary, event.on, event.attrs, by, today, void=True)  # she takes it back
