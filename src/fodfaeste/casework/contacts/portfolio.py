"""How many may be exempted from conversations: the law's shares, measured over the municipality's open courses.

A share belongs to a group, never to a person. The law counts those whose time ended in a period before the day asked
about. Who is exempted now is therefore counted on days to come: the first is the day after her own time ends, and the
others are the days on which somebody else enters the count while she is still in it. All of them have begun by now, so
what is counted is known; the law is today's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection

from fodfaeste.casework.contacts.models import Share
from fodfaeste.casework.courses.actions import EXEMPT, KOMMUNE
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.courses.reading import cases_of
from fodfaeste.facts import Case, View, encode, view_case
from fodfaeste.foundation import FAR, from_day
from fodfaeste.reasoning import QuotaOutcome, Status, judge_of, quota_of_rows
from fodfaeste.reasoning.history import NONE
from fodfaeste.reasoning.quotas import WHOLE
from fodfaeste.rulebook import Rulebook, ir

HOLDER = {"holder": KOMMUNE}
_CHUNK = 500
MANY = 500
"""From this many courses on, those that no share concerns are found in columns first."""

_LOCK = 7531  # any number, the same in every process: whoever exempts somebody waits for whoever does
_MEMBER = 2
_REACH = 400  # days to look through for the end of somebody's time in the count; more than any period has


@dataclass(frozen=True)
class Stay:
    """The days on which one person counts in a share, and whether she is left out."""

    first: int
    last: int
    out: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """How one course stands to a share: member (0 no, 1 perhaps, 2 yes) and duty today, and the days it counts."""

    member: int
    status: int
    stay: Stay | None


@dataclass(frozen=True)
class Count:
    """A share on a day: so many counted, so many of them left out. ``share`` is in hundredths of a per cent."""

    norm: str
    of: str
    share: int
    on: date
    members: int
    out: int

    @property
    def most(self) -> int:
        """How many may be left out in all, in whole persons."""
        return self.members * (WHOLE - self.share) // WHOLE

    @property
    def room(self) -> int:
        """How many more may be left out."""
        return self.most - self.out


@dataclass(frozen=True)
class Meter:
    """A share as a leader sees it: as the law measures it today, and where there is least room ahead."""

    norm: str
    today: QuotaOutcome
    ahead: Count | None


def shares_of(book: Rulebook) -> list[str]:
    """The shares the municipality owes of conversations: those whose duty an exemption would waive."""
    lifts = {
        of
        for norm in book.norms.values()
        if not norm.absent and norm.norm.excepts is not None and _reads(norm.value, EXEMPT)
        for of in norm.norm.excepts.norms
    }
    return [
        norm.id
        for norm in book.norms.values()
        if norm.norm.kind == "quota" and not norm.absent and norm.norm.owed_by == "kommune" and norm.norm.of in lifts
    ]


def meters(kommune: int, book: Rulebook) -> list[Meter]:
    """Every share of conversations over the municipality's open courses."""
    norms = shares_of(book)
    counted = counted_in(kommune, book) if norms else {}
    found = []
    for norm in norms:
        ones = [row[norm] for row in counted.values()]
        stays = [one.stay for one in ones if one.stay is not None and one.stay.last >= book.day]
        told = quota_of_rows(book, ((one.member, one.status) for one in ones), norm)
        found.append(Meter(norm, told, _tightest(stays, book.day, FAR, book, norm)))
    return found


def room_for(course: Course, case: Case, book: Rulebook) -> list[Count]:
    """The shares that exempting somebody would draw on, each on the day with least room; none: no duty to lift.

    They are counted as they stand without the exemption asked about.
    """
    norms = [norm for norm in shares_of(book) if _lifts(case, book, norm)]
    counted = counted_in(course.kommune_id, book) if norms else {}
    found = []
    for norm in norms:
        hers = stay_of(case, book, norm)
        if hers is not None and hers.last >= book.day:
            stays = [row[norm].stay for row in counted.values()]
            others = [stay for stay in stays if stay is not None]
            tightest = _tightest(others, max(hers.first, book.day), hers.last, book, norm)
            found += [] if tightest is None else [tightest]
    return found


def counted_in(kommune: int, book: Rulebook) -> dict[int, dict[str, Counted]]:
    """How each open course stands to each share, by the course's number.

    What was found is kept in a table, and holds as long as the course's version, the rulebook and the day do: whoever
    asks next, in this process or another, has only those judged in which something was written since.
    """
    versions = dict(Course.objects.filter(kommune=kommune, closed=None).values_list("pk", "version"))
    rows = Share.objects.filter(kommune=kommune, digest=book.digest, on=from_day(book.day))
    found = {
        pk: {norm: _read(one) for norm, one in told.items()}
        for pk, version, told in rows.values_list("course", "version", "told")
        if versions.get(pk) == version
    }
    missing = sorted(set(versions) - set(found))
    fresh: dict[int, dict[str, Counted]] = {}
    if len(missing) > MANY:
        fresh = {pk: row for pk, row in _outside(kommune, book).items() if pk in set(missing)}
        missing = [pk for pk in missing if pk not in fresh]
    for first in range(0, len(missing), _CHUNK):
        fresh |= _judged(missing[first : first + _CHUNK], book)
    _keep(kommune, book, fresh, versions)
    return dict(sorted((found | fresh).items()))


def _outside(kommune: int, book: Rulebook) -> dict[int, dict[str, Counted]]:
    """The open courses that no share's duty concerns, found in columns: most of them, and their lines are not read."""
    import numpy as np

    from fodfaeste.casework.inbox.frames import caseload_of
    from fodfaeste.reasoning.columns import DutyColumns, columns

    of = {norm: str(book.norms[norm].norm.of) for norm in shares_of(book)}
    caseload = caseload_of(kommune, book.day, book.vocabulary)
    answer = columns(book, caseload.frames, sorted({*of, *of.values()}))
    apart = np.ones(answer.n, bool)
    for duty in of.values():
        judged = answer[duty]
        assert isinstance(judged, DutyColumns)
        apart &= judged.status == Status.NOT_APPLICABLE
    rows = np.flatnonzero(apart)
    members = {norm: np.asarray(answer[norm])[rows].tolist() for norm in of}
    return {
        pk: {norm: Counted(members[norm][place], int(Status.NOT_APPLICABLE), None) for norm in of}
        for place, pk in enumerate(caseload.courses[rows].tolist())
    }


def _judged(courses: Sequence[int], book: Rulebook) -> dict[int, dict[str, Counted]]:
    norms, vocabulary = shares_of(book), book.vocabulary
    found = {}
    for pk, case in cases_of(Course.objects.filter(pk__in=courses), vocabulary).items():
        view = view_case(case, vocabulary, book.day)
        found[pk] = {norm: _counted(case, view, book, norm) for norm in norms}
    return found


def _keep(kommune: int, book: Rulebook, found: Mapping[int, dict[str, Counted]], versions: Mapping[int, int]) -> None:
    """Write down what was found, in place of what stood there of another version, rulebook or day.

    In the order of the courses: two who write at once wait for each other, and never in a ring.
    """
    Share.objects.bulk_create(
        (
            Share(
                kommune_id=kommune, course_id=pk, version=versions[pk], digest=book.digest, on=from_day(book.day),
                told={norm: _written(one) for norm, one in row.items()},
            )
            for pk, row in sorted(found.items())
        ),
        update_conflicts=True, unique_fields=["course"], update_fields=["version", "digest", "on", "told"],
    )  # fmt: skip


def _written(one: Counted) -> list[int | bool]:
    return [one.member, one.status, *([] if one.stay is None else [one.stay.first, one.stay.last, one.stay.out])]


def _read(told: list[Any]) -> Counted:
    member, status, *stay = told
    return Counted(member, status, Stay(*stay) if stay else None)


def _counted(case: Case, view: View, book: Rulebook, norm: str) -> Counted:
    judge = judge_of(book)
    member, status = (judge.one(view, id_)[0] for id_ in (norm, str(book.norms[norm].norm.of)))
    assert isinstance(member, int)
    assert isinstance(status, int)
    return Counted(member, status, None if status == Status.NOT_APPLICABLE else _stay(case, view, book, norm))


def hold_the_count(kommune: int) -> None:
    """Until the transaction ends nobody else exempts anybody in the municipality: two at once cannot slip through."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, kommune])


def exempted(view: View, book: Rulebook, yes: bool = True) -> View:
    """What would be known were she exempted from the view's day on, or (``yes`` False) had she never been."""
    known = book.vocabulary.spells[EXEMPT]
    attrs = tuple(encode(HOLDER[name], type_, book.vocabulary) for name, type_ in known.attrs.items())
    return replace(view, spells={**view.spells, EXEMPT: [(view.on, FAR, attrs)] if yes else []})


def stay_of(case: Case, book: Rulebook, norm: str) -> Stay | None:
    """The days on which somebody counts in a share; None when she does not, or it cannot be told.

    She enters the day after the duty's last day, and stays for the law's period: a stretch without holes.
    """
    return _stay(case, view_case(case, book.vocabulary, book.day), book, norm)


def _stay(case: Case, view: View, book: Rulebook, norm: str) -> Stay | None:
    of, judge = str(book.norms[norm].norm.of), judge_of(book)
    status = judge.one(view, of)[0]
    if status == Status.NOT_APPLICABLE:
        return None
    out = status == Status.WAIVED
    due = judge.one(exempted(view, book, yes=False) if out else view, of)[2]
    if not isinstance(due, int) or due in (NONE, FAR):
        return None

    def counts(day: int) -> bool:
        return bool(judge.one(view_case(case, book.vocabulary, day), norm)[0] == _MEMBER)

    first = due + 1
    if not counts(first):
        return None
    inside, outside = first, first + _REACH
    while outside - inside > 1:
        middle = (inside + outside) // 2
        inside, outside = (middle, outside) if counts(middle) else (inside, middle)
    return Stay(first, inside, out)


def _tightest(stays: Sequence[Stay], first: int, last: int, book: Rulebook, norm: str) -> Count | None:
    """The count with least room on the days from ``first`` to ``last`` on which somebody enters it."""
    days = {max(one.first, first) for one in stays if one.first <= last and one.last >= first}
    counts = [_count(stays, day, book, norm) for day in sorted(days)]
    return min(counts, key=lambda one: one.room, default=None)


def _count(stays: Sequence[Stay], day: int, book: Rulebook, norm: str) -> Count:
    there = [one for one in stays if one.first <= day <= one.last]
    resolved = book.norms[norm]
    assert resolved.version.share is not None
    of, out = str(resolved.norm.of), sum(one.out for one in there)
    return Count(norm, of, resolved.version.share, from_day(day), len(there), out)


def _lifts(case: Case, book: Rulebook, norm: str) -> bool:
    """Whether the exemption would waive the share's duty."""
    of, judge = str(book.norms[norm].norm.of), judge_of(book)
    view = view_case(case, book.vocabulary, book.day)
    before, after = judge.one(view, of)[0], judge.one(exempted(view, book), of)[0]
    return before != Status.WAIVED and after == Status.WAIVED


def _reads(node: ir.Node | None, kind: str) -> bool:
    """Whether an expression asks about a kind of spell."""
    return node is not None and any(getattr(one, "kind", None) == kind for one in ir.walk(node))
