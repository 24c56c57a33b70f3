"""Reading the index: what is due in a municipality, by norm and by caseworker."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Min, Q, QuerySet

from fodfaeste.casework.inbox.models import Concern, Derivation, DutyLine, NormName
from fodfaeste.foundation import FAR, from_day
from fodfaeste.reasoning import Status

NO_DAY = from_day(FAR)
"""Stands in the index for no day."""

_OVER = (Status.LATE, Status.BREACHED)
_LATE = Q(status__in=_OVER)


@dataclass(frozen=True)
class NormLoad:
    """How a norm stands across a municipality's open courses."""

    norm: str
    late: int
    oldest: date | None
    soon: int
    open: int
    unknown: int
    paused: int


@dataclass(frozen=True)
class DeskLoad:
    """How a caseworker's open courses stand."""

    caseworker: int | None
    cases_late: int
    late: int
    soon: int


def derivation_of(kommune: int) -> Derivation | None:
    """When and of what the index was derived; None when it never was."""
    return Derivation.objects.filter(kommune=kommune).first()


def concerned(kommune: int, norms: Iterable[str]) -> dict[str, int] | None:
    """How many open courses each norm concerned when the index was built; None when there is no index."""
    if derivation_of(kommune) is None:
        return None
    rows = Concern.objects.filter(kommune=kommune, norm__norm__in=list(norms)).values_list("norm__norm", "cases")
    return dict(rows)


def load_by_norm(kommune: int, today: date, until: date) -> list[NormLoad]:
    """Each norm with anything to act on: what is late first. ``soon`` is due from today to ``until``."""
    rows = (
        DutyLine.objects.filter(kommune=kommune)
        .values_list("norm_id", "status")  # grouped by both, each line is counted once
        .annotate(many=Count("*"), oldest=Min("due"), soon=Count("due", filter=_soon(today, until)))
        .order_by()
    )
    found: dict[int, dict[int, tuple[int, date, int]]] = {}
    for number, status, many, oldest, soon in rows:
        found.setdefault(number, {})[status] = (many, oldest, soon)
    names = dict(NormName.objects.filter(number__in=found).values_list("number", "norm"))
    loads = [_norm_load(names[number], counted) for number, counted in found.items()]
    return sorted(loads, key=lambda load: (-load.late, -load.soon, load.norm))


def _norm_load(norm: str, counted: dict[int, tuple[int, date, int]]) -> NormLoad:
    def many(*statuses: Status) -> int:
        return sum(counted[status][0] for status in statuses if status in counted)

    oldest = min((counted[status][1] for status in _OVER if status in counted), default=NO_DAY)
    return NormLoad(
        norm, many(*_OVER), None if oldest == NO_DAY else oldest, sum(soon for _, _, soon in counted.values()),
        many(Status.OPEN), many(Status.UNKNOWN), many(Status.PAUSED),
    )  # fmt: skip


def load_by_desk(kommune: int, norms: Iterable[str], today: date, until: date) -> list[DeskLoad]:
    """Each caseworker with the courses in which one of the norms is late, and how much is late or due soon."""
    rows = (
        DutyLine.objects.filter(_LATE | _soon(today, until), kommune=kommune, norm__norm__in=list(norms))
        .values(desk=F("course__caseworker"))
        .annotate(
            cases_late=Count("course", filter=_LATE, distinct=True),
            late=Count("id", filter=_LATE),
            soon=Count("id", filter=_soon(today, until)),
        )
        .order_by("-late")
    )
    return [DeskLoad(row["desk"], row["cases_late"], row["late"], row["soon"]) for row in rows]


def lines_of_norm(kommune: int, norm: str, late_only: bool) -> QuerySet[DutyLine]:
    """The lines of one norm, what is due first; with course, citizen and caseworker."""
    found = DutyLine.objects.filter(kommune=kommune, norm__norm=norm)
    if late_only:
        found = found.filter(_LATE)
    return found.select_related("course__citizen", "course__caseworker").order_by("due", "course_id")


def _soon(today: date, until: date) -> Q:
    return Q(status=Status.OPEN, due__gte=today, due__lte=until)
