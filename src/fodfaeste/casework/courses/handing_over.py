"""Being away, and handing a course over: somebody else answers from a day on, and nothing of the course is lost."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fodfaeste.casework.access.models import Absence, Role, User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.access.today import now
from fodfaeste.casework.courses.models import Course, Handover
from fodfaeste.casework.courses.responsible import covers_on

_DAY = timedelta(days=1)


@transaction.atomic
def hand_over(course: Course, taker: User, by: User, today: date, words: str = "") -> Handover:
    """Let another caseworker of the municipality have the course from today on. Raises RefusedError.

    One line is written. Facts, history, plan and agreements stay where they are; appointments ahead follow to the
    taker. ``words`` is what the giver wants her to know.
    """
    from fodfaeste.casework.contacts.models import Appointment

    standing = Course.objects.select_for_update(of=("self",)).select_related("caseworker").get(pk=course.pk)
    giver = standing.caseworker
    _check_taker(standing, taker)
    standing.caseworker = taker
    standing.save(update_fields=["caseworker"])
    course.caseworker = taker
    if giver is not None:
        ahead = Appointment.objects.filter(course=course, caseworker=giver, held=None, cancelled_at=None)
        ahead.filter(at__date__gte=today).update(caseworker=taker)
    return Handover.objects.create(
        kommune_id=course.kommune_id, course=course, giver=giver, taker=taker, on=today, words=words.strip(), by=by
    )


def _check_taker(course: Course, taker: User) -> None:
    if taker.kommune_id != course.kommune_id or taker.role != Role.CASEWORKER or not taker.is_active:
        raise RefusedError({"taker": _("Vælg en sagsbehandler i kommunen.")})
    if course.caseworker_id == taker.pk:
        said = _("%(name)s har allerede borgeren. Vælg en anden, eller gå tilbage.")
        raise RefusedError({"taker": said % {"name": taker.name}})
    if course.closed is not None:
        raise RefusedError({"__all__": _("Forløbet er sluttet, så der er ikke noget at overdrage.")})


@transaction.atomic
def be_away(user: User, cover: User, first: date, last: date | None, by: User, today: date) -> Absence:
    """Write down that a caseworker is away, both days included (None: until further notice), and who covers.

    Raises RefusedError, also where the cover would be covered by the absent.
    """
    errors = _absence_errors(user, cover, first, last, today)
    if errors:
        raise RefusedError(errors)
    assert cover.kommune_id is not None, "checked above: the absent's own municipality"
    return Absence.objects.create(
        kommune_id=cover.kommune_id, user=user, cover=cover, period=_period(first, last), written_by=by
    )


@transaction.atomic
def come_back(absence: Absence, today: date) -> Absence:
    """Write down that somebody is back today: the cover answers no longer. The days before stay as they were."""
    first, after = absence.period.lower, absence.period.upper
    absence.period = DateRange(first, max(first, today) if after is None else max(first, min(today, after)))
    absence.ended_at = now()
    absence.save(update_fields=["period", "ended_at"])
    return absence


def _absence_errors(user: User, cover: User, first: date, last: date | None, today: date) -> dict[str, str]:
    errors: dict[str, str] = {}
    if last is not None and last < first:
        errors["last"] = _("Sidste dag ligger før første dag. Byt om på de to, eller ret den ene.")
    elif last is not None and last < today:
        errors["last"] = _("Fraværet er allerede slut. Vælg en sidste dag fra i dag og frem, eller lad den stå tom.")
    if cover.pk == user.pk:
        errors["cover"] = _("En afløser er en anden end den, der er væk. Vælg en kollega.")
    elif (
        user.kommune_id is None
        or cover.kommune_id != user.kommune_id
        or cover.role not in (Role.CASEWORKER, Role.LEADER)
    ):
        errors["cover"] = _("Vælg en sagsbehandler eller leder i kommunen.")
    if errors:
        return errors
    others = Absence.objects.filter(kommune=user.kommune_id, period__overlap=_period(first, last))
    own = others.filter(user=user).first()
    if own is not None:
        said = _("Der står allerede et fravær fra %(day)s i de dage. Afslut det først, eller vælg andre dage.")
        return {"first": said % {"day": date_format(own.period.lower, "DATE_FORMAT")}}
    for day in sorted({first, *(max(one.period.lower, first) for one in others)}):
        if _comes_round(user.pk, cover.pk, covers_on(day, [cover.kommune_id or 0])):
            said = _(
                "%(name)s er selv væk %(day)s og afløses af den, der nu er væk. Vælg en afløser, der er på arbejde."
            )
            return {"cover": said % {"name": cover.name, "day": date_format(day, "DATE_FORMAT")}}
    return {}


def _period(first: date, last: date | None) -> DateRange:
    return DateRange(first, None if last is None else last + _DAY)


def _comes_round(away: int, cover: int, covers: dict[int, int]) -> bool:
    """Whether the cover's own covers end with the one who is away."""
    seen = {away}
    while cover in covers:
        cover = covers[cover]
        if cover in seen:
            return True
        seen.add(cover)
    return False
