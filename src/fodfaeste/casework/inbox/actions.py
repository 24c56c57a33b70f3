"""Building the index, and renewing the lines of one course. Nothing else is ever written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection, transaction

from fodfaeste.casework.access.models import Kommune
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.courses.reading import case_of, cases_of
from fodfaeste.casework.inbox.derive import Derived, Line, lines_of_case, lines_of_many
from fodfaeste.casework.inbox.frames import caseload_of
from fodfaeste.casework.inbox.models import Concern, Derivation, DutyLine, NormName
from fodfaeste.facts import view_case
from fodfaeste.foundation import from_day
from fodfaeste.rulebook import Rulebook

FEW = 20_000
"""Up to this many open courses are judged one by one: that is done before kernels for columns are compiled."""

_CHUNK = 500
_TABLE, _WAITING = "inbox_dutyline", "inbox_waiting"
_COLUMNS = "kommune_id, course_id, version, norm_id, item, status, start, due"


@transaction.atomic
def build_index(
    kommune: Kommune, book: Rulebook, in_columns: bool | None = None, told: Callable[[int, int], None] | None = None
) -> Derivation:
    """Derive the duties of all open courses of a municipality anew, under its rulebook, on the rulebook's day.

    ``in_columns`` None lets the number of courses decide between one by one and columns, which say the same.
    ``told`` hears, one by one, how many courses are done and of how many.
    """
    number = Course.objects.filter(kommune=kommune, closed=None).count()
    columns = number > FEW if in_columns is None else in_columns
    derived = _in_columns(kommune, book) if columns else _singly(kommune, book, told)
    numbers = _numbers(book)
    DutyLine.objects.filter(kommune=kommune).delete()
    _copy_in(kommune.pk, derived.lines, numbers)
    Concern.objects.filter(kommune=kommune).delete()
    Concern.objects.bulk_create(
        Concern(kommune=kommune, norm_id=numbers[norm], cases=cases) for norm, cases in derived.concerns.items()
    )
    made, _ = Derivation.objects.update_or_create(
        kommune=kommune, defaults={"on": from_day(book.day), "digest": book.digest, "cases": number}
    )
    return made


@transaction.atomic
def renew_lines(course: Course, book: Rulebook) -> None:
    """Derive one course anew after something in it changed. Without an index there is nothing to renew."""
    if not Derivation.objects.filter(kommune=course.kommune_id, digest=book.digest).exists():
        return
    course.refresh_from_db(fields=["version", "closed"])
    DutyLine.objects.filter(course=course).delete()
    if course.closed is not None:
        return
    view = view_case(case_of(course, book.vocabulary), book.vocabulary, book.day)
    numbers = _numbers(book)
    lines = lines_of_case(book, view, course.pk, course.version, Counter())
    DutyLine.objects.bulk_create(
        DutyLine(
            kommune_id=course.kommune_id, course_id=pk, version=version, norm_id=numbers[norm], item=from_day(item),
            status=status, start=from_day(start), due=from_day(due),
        )
        for pk, version, norm, item, status, start, due in lines
    )  # fmt: skip


def _in_columns(kommune: Kommune, book: Rulebook) -> Derived:
    return lines_of_many(book, caseload_of(kommune.pk, book.day, book.vocabulary))


def _singly(kommune: Kommune, book: Rulebook, told: Callable[[int, int], None] | None) -> Derived:
    courses = list(Course.objects.filter(kommune=kommune, closed=None).order_by("pk"))
    concerns: Counter[str] = Counter()
    lines: list[Line] = []
    for first in range(0, len(courses), _CHUNK):
        chunk = courses[first : first + _CHUNK]
        cases = cases_of(chunk, book.vocabulary)
        for course in chunk:
            view = view_case(cases[course.pk], book.vocabulary, book.day)
            lines += lines_of_case(book, view, course.pk, course.version, concerns)
        if told is not None:
            told(first + len(chunk), len(courses))
    return Derived(lines, concerns)


def _numbers(book: Rulebook) -> dict[str, int]:
    """The short number of every norm of the rulebook, made where one is new."""
    known = dict(NormName.objects.values_list("norm", "number"))
    missing = [norm for norm in book.norms if norm not in known]
    if missing:
        NormName.objects.bulk_create([NormName(norm=norm) for norm in missing], ignore_conflicts=True)
        known = dict(NormName.objects.values_list("norm", "number"))
    return known


def _copy_in(kommune: int, lines: Iterable[Line], numbers: dict[str, int]) -> None:
    """By way of a table that is gone afterwards: COPY does not go into a protected table for those it binds."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE {_WAITING} ON COMMIT DROP AS SELECT {_COLUMNS} FROM {_TABLE} WITH NO DATA")
        _fill(cursor, kommune, lines, numbers)
        cursor.execute(f"INSERT INTO {_TABLE} ({_COLUMNS}) SELECT {_COLUMNS} FROM {_WAITING}")
        cursor.execute(f"DROP TABLE {_WAITING}")


def _fill(cursor: Any, kommune: int, lines: Iterable[Line], numbers: dict[str, int]) -> None:
    days: dict[int, str] = {}

    def text(day: int) -> str:
        return days.get(day) or days.setdefault(day, from_day(day).isoformat())

    with cursor.copy(f"COPY {_WAITING} ({_COLUMNS}) FROM STDIN") as copy:
        part: list[str] = []
        for course, version, norm, item, status, start, due in lines:
            days_of = f"{text(item)}\t{status}\t{text(start)}\t{text(due)}"
            part.append(f"{kommune}\t{course}\t{version}\t{numbers[norm]}\t{days_of}\n")
            if len(part) == 10_000:
                copy.write("".join(part))
                part.clear()
        copy.write("".join(part))
