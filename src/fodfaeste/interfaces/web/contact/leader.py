"""A leader's meters: the share of exemptions, how long answers take, and calm told apart from forgotten."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fodfaeste.casework.access.models import Role, User
from fodfaeste.casework.access.today import now, today
from fodfaeste.casework.contacts.answer_times import answer_times
from fodfaeste.casework.contacts.portfolio import Meter, meters
from fodfaeste.casework.contacts.signs import Length, rules
from fodfaeste.casework.contacts.standing import Standing, standings
from fodfaeste.casework.courses.models import Course
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.contact.waiting import BACK, times_in_words

ORDER = (Standing.IN_CONTACT, Standing.CALM, Standing.SELF_DRIVEN, Standing.FORGOTTEN)


@dataclass(frozen=True)
class MeterRow:
    """A share as the page shows it; ``share`` and ``out`` in per cent, ``ahead_out`` of the tightest day to come."""

    meter: Meter
    label: str
    ref: str
    share: float
    most_out: float

    @property
    def out(self) -> int:
        """How many in a hundred of those counted on the tightest day are left out, in whole per cent."""
        ahead = self.meter.ahead
        return round(100 * ahead.out / ahead.members) if ahead and ahead.members else 0


@dataclass(frozen=True)
class DeskRow:
    """How contact stands in one caseworker's open cases, in the order of ``ORDER``."""

    name: str
    numbers: tuple[int, ...]


@require_safe
def portfolio(request: HttpRequest) -> HttpResponse:
    """The share of the group that may be exempted: counted today, and where there is least room ahead."""
    user = _leader(request)
    book = rulebooks.rulebook_of(today(), user.kommune.slug if user.kommune else None)
    words = rulebooks.words(book)
    rows = [
        MeterRow(one, words.norm(one.norm), book[one.norm].ref, one.today.share / 100, 100 - one.today.share / 100)
        for one in meters(user.kommune_id or 0, book)
    ]
    return render(request, "leader/portfolio.html", {"rows": rows, "day": today()})


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Answer times, and how contact stands in the open cases."""
    user, day, moment = _leader(request), today(), now()
    times = answer_times(user.kommune_id or 0, moment - BACK, moment)
    columns = [title for _kind, title in titles()]
    context = {
        "times": times,
        **times_in_words(times),
        "back": (moment - BACK).date(),
        "desks": [
            (row.name, list(zip(columns, row.numbers, strict=True))) for row in desks_of(user.kommune_id or 0, day)
        ],
        "columns": columns,
        "sums": sums_of(user.kommune_id or 0, day),
        "lengths": _lengths(),
    }
    return render(request, "leader/contact.html", context)


@require_safe
def contact_file(request: HttpRequest) -> HttpResponse:
    """The same table as a file: calm and forgotten in columns of their own."""
    user, day = _leader(request), today()
    told = io.StringIO()
    writer = csv.writer(told, delimiter=";")
    writer.writerow([_("Sagsbehandler"), *(title for _kind, title in titles())])
    writer.writerows([_harmless(row.name), *row.numbers] for row in desks_of(user.kommune_id or 0, day))
    response = HttpResponse("\ufeff" + told.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="kontakt-{day.isoformat()}.csv"'
    return response


def sums_of(kommune: int, day: date) -> list[tuple[str, str, int]]:
    """How many open cases stand in each way. One query."""
    counted = Counter(stood.standing for stood in standings(kommune, day).values())
    return [(kind, title, counted[Standing(kind)]) for kind, title in titles()]


def desks_of(kommune: int, day: date) -> list[DeskRow]:
    """The same by caseworker. Three queries."""
    stood = standings(kommune, day)
    owners = dict(Course.objects.filter(kommune=kommune, closed=None).values_list("pk", "caseworker"))
    counted: dict[int | None, Counter[Standing]] = {}
    for pk, one in stood.items():
        counted.setdefault(owners.get(pk), Counter())[one.standing] += 1
    names = {user.pk: user.name for user in User.objects.filter(pk__in=[pk for pk in counted if pk])}
    rows = [
        DeskRow(names.get(pk or 0) or _("Uden sagsbehandler"), tuple(found[one] for one in ORDER))
        for pk, found in counted.items()
    ]
    return sorted(rows, key=lambda row: row.name)


def titles() -> list[tuple[str, str]]:
    """The ways contact may stand, with their names."""
    names = {
        Standing.IN_CONTACT: _("I kontakt"), Standing.CALM: _("Aftalt ro"), Standing.SELF_DRIVEN: _("Styrer selv"),
        Standing.FORGOTTEN: _("Uden kontakt og uden aftale"),
    }  # fmt: skip
    return [(one.value, names[one]) for one in ORDER]


def _lengths() -> Iterable[tuple[Length, str, str]]:
    """The assumed lengths, what they are for, and what they rest on."""
    language = rulebooks.language()
    told = {
        "vis": _("Et tegn vises i"), "frist-checkin": _("En besked i borgerens egen rytme mangler efter"),
        "glemt": _("En sag er uden kontakt efter"),
    }  # fmt: skip
    return [(length, told[name], length.why[language]) for name, length in rules().lengths.items()]


def _leader(request: HttpRequest) -> User:
    user = request.user
    assert isinstance(user, User)  # the middleware asked everyone to sign in
    if user.role != Role.LEADER or user.kommune_id is None:
        raise PermissionDenied(_("Siden er for ledere. Din egen dag finder du under Min dag."))
    return user


def _harmless(text: str) -> str:
    """A text that a spreadsheet will not take for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
