"""How many may be exempted from conversations: the law's shares, measured over the municipality's open courses.

A share belongs to a group, never to a person. The law counts those whose time ended in a period before the day asked
about. Who is exempted now is therefore counted on days to come: the first is the day after her own time ends, and the
others are the days on which somebody else enters the count while she is still in it. All of them have begun by now, so
what is counted is known; the law is today's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection

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
_LOCK = 7531  # any number, the same in every process: whoever exempts somebody waits for whoever does
_MEMBER = 2
_RULEBOOKS = 4  # days and places of which a process remembers what it has judged
_REACH = 400  # days to look through for the end of somebody's time in the count; more than any period has

_kept: dict[tuple[str, int], dict[tuple[int, int], dict[str, Counted]]] = {}


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

    A course is judged once in a process and kept as long as its version, the rulebook and the day are the same.
    """
    kept = _kept_under(book)
    keys = list(Course.objects.filter(kommune=kommune, closed=None).order_by("pk").values_list("pk", "version"))
    missing = [pk for pk, version in keys if (pk, version) not in kept]
    norms = shares_of(book)
    versions = dict(keys)
    for first in range(0, len(missing), _CHUNK):
        courses = Course.objects.filter(pk__in=missing[first : first + _CHUNK])
        for pk, case in cases_of(courses, book.vocabulary).items():
            view = view_case(case, book.vocabulary, book.day)
            kept[pk, versions[pk]] = {norm: _counted(case, view, book, norm) for norm in norms}
    return {pk: kept[pk, version] for pk, version in keys if (pk, version) in kept}


def _kept_under(book: Rulebook) -> dict[tuple[int, int], dict[str, Counted]]:
    """What has been judged under a rulebook; with those of a few days and places the oldest is forgotten."""
    key = (book.digest, book.day)
    if key not in _kept:
        while len(_kept) >= _RULEBOOKS:
            _kept.pop(next(iter(_kept)), None)
        _kept[key] = {}
    return _kept[key]


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
