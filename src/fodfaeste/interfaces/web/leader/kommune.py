"""*Kommunen*: what is late and what is coming in the open cases, by rule and by desk. No person is scored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fodfaeste.casework.access.actions import SUPERVISION, log_list
from fodfaeste.casework.access.models import Role, User
from fodfaeste.casework.access.today import today
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.inbox.models import Derivation
from fodfaeste.casework.inbox.queries import (
    NO_DAY,
    DeskLoad,
    NormLoad,
    derivation_of,
    lines_of_norm,
    load_by_desk,
    load_by_norm,
)
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.contact.leader import sums_of
from fodfaeste.interfaces.wording import status_text
from fodfaeste.reasoning import Status
from fodfaeste.rulebook import Rulebook

AHEAD = timedelta(days=14)
"""How far ahead the page looks; a habit of the page, not of the law."""

_PAGE = 50


@dataclass(frozen=True)
class NormRow:
    """A rule as the page shows it."""

    load: NormLoad
    label: str
    ref: str
    act: str
    section: str
    kind: str
    owed_by: str | None
    owed_by_label: str


@dataclass(frozen=True)
class DeskRow:
    """A desk as the page shows it; without a user, the cases nobody has."""

    load: DeskLoad
    name: str
    cases: int


def kommune(request: HttpRequest) -> HttpResponse:
    """The municipality's open cases."""
    user, found = _leader(request)
    day = today()
    book = rulebooks.rulebook_of(day, _place(user))
    context: dict[str, Any] = {"derivation": found, "today": day, "until": day + AHEAD}
    context["sums"] = sums_of(user.kommune_id or 0, day)
    if found is not None:
        loads = load_by_norm(found.kommune_id, day, day + AHEAD)
        rows = [row for load in loads if (row := _norm_row(load, book)) is not None]
        acting = [row for row in rows if row.load.late or row.load.soon]
        own = [row for row in acting if row.kind == "duty" and row.owed_by == "kommune"]
        context |= {
            "stale": found.on != day or found.digest != book.digest,
            "own": own,
            "broken": [row for row in acting if row.kind != "duty"],
            "others": [row for row in acting if row.kind == "duty" and row.owed_by != "kommune"],
            "waiting": sorted(
                (row for row in rows if row.load.unknown), key=lambda row: (-row.load.unknown, row.load.norm)
            ),
            "desks": _desks(found, own, day),
            "late": sum(row.load.late for row in own),
            "soon": sum(row.load.soon for row in own),
        }
    return render(request, "leader/kommune.html", context)


def norm_cases(request: HttpRequest, norm: str) -> HttpResponse:
    """The open cases in which a rule is late, or with ``?alle=1`` open or unknown as well; what is due first on top."""
    user, found = _leader(request)
    day = today()
    book = rulebooks.rulebook_of(day, _place(user))
    resolved = book.norms.get(norm)
    if found is None or resolved is None:
        raise Http404(_("Reglen er ikke i kraft i dag. Gå tilbage til Kommunen, og vælg en anden."))
    every = request.GET.get("alle") == "1"
    pages = Paginator(lines_of_norm(found.kommune_id, norm, late_only=not every), _PAGE)
    page = pages.get_page(request.GET.get("side"))
    log_list(user, [line.course for line in page], "norm-cases", SUPERVISION)
    words = rulebooks.words(book)
    lines = [
        {
            "citizen": line.course.citizen,
            "desk": line.course.caseworker.name if line.course.caseworker else "",
            "status": status_text(Status(line.status), words),
            "due": None if line.due == NO_DAY else line.due,
        }
        for line in page
    ]
    context = {
        "label": words.norm(norm), "norm": resolved, "lines": lines, "page": page, "every": every, "derivation": found,
    }  # fmt: skip
    return render(request, "leader/norm.html", context)


def _leader(request: HttpRequest) -> tuple[User, Derivation | None]:
    user = request.user
    assert isinstance(user, User)  # the middleware asked everyone to sign in
    if user.role != Role.LEADER or user.kommune_id is None:
        raise PermissionDenied(_("Siden er for ledere. Din egen dag finder du under Min dag."))
    return user, derivation_of(user.kommune_id)


def _place(user: User) -> str | None:
    return user.kommune.slug if user.kommune else None


def _norm_row(load: NormLoad, book: Rulebook) -> NormRow | None:
    norm = book.norms.get(load.norm)
    if norm is None:
        return None
    words, owed_by = rulebooks.words(book), norm.norm.owed_by
    actor = words.actor(owed_by) if owed_by else ""
    own = norm.norm
    return NormRow(load, words.norm(load.norm), norm.ref, own.act, own.section, own.kind, owed_by, actor)


def _desks(found: Derivation, own: list[NormRow], day: date) -> list[DeskRow]:
    loads = {
        load.caseworker: load
        for load in load_by_desk(found.kommune_id, [row.load.norm for row in own], day, day + AHEAD)
    }
    counts = Course.objects.filter(kommune=found.kommune_id, closed=None).values_list("caseworker")
    cases = dict(counts.annotate(Count("id")).order_by())
    names = {user.pk: user.name for user in User.objects.filter(pk__in=[pk for pk in cases if pk])}
    rows = [
        DeskRow(loads.get(pk) or DeskLoad(pk, 0, 0, 0), names.get(pk) or _("Uden sagsbehandler"), number)
        for pk, number in cases.items()
    ]
    return sorted(rows, key=lambda row: (row.load.caseworker is not None, row.name))
