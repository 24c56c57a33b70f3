"""That the citizen was heard about a fact; and who needs the fact, how sensitive it is, and who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pghistory
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.queries import may_open
from fodfaeste.casework.access.today import today
from fodfaeste.casework.courses.actions import note_heard
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.courses.queries import facts_of
from fodfaeste.facts import Field, UnfitValueError
from fodfaeste.foundation import to_day
from fodfaeste.interfaces.needs import needs_of
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.opening import opens_case
from fodfaeste.interfaces.web.public.addresses import norm_address

ON = "hoert-den"
KEPT = "hoert"
"""The day typed, in the address of the page it could not be saved from."""


@dataclass(frozen=True)
class Used:
    """Why a fact is kept: the sections that read it, with their pages, and how sensitive it is."""

    sections: tuple[tuple[str, str], ...]
    sensitivity: str
    seen_by: str


def used(field: Field, day: date) -> Used:
    """Who needs a field on a day, and who sees it."""
    law = rulebooks.law()
    readers = needs_of(law, to_day(day))[("field", field.name)].now
    sections = {one.ref: norm_address(one.norm, law) for one in reversed(readers)}
    kinds = {
        "sensitive": (
            _("følsom"),
            _("borgeren selv, og ansatte med sagen, når de beder om at se den; hvert kig noteres"),
        ),
        "confidential": (_("fortrolig"), _("borgeren selv, og ansatte, der arbejder med sagen")),
    }
    kind, seen = kinds.get(field.sensitivity, (_("almindelig"), kinds["confidential"][1]))
    return Used(tuple(reversed(sections.items())), kind, seen)


@require_POST
@opens_case("citizen-fact")
def heard(request: HttpRequest, user: User, course: Course, field: str) -> HttpResponse:
    """Write down on which day the citizen was heard about what stands now; today when no day is given."""
    if not user.has_perm("courses.change", course):
        raise PermissionDenied(_("Kun en sagsbehandler i kommunen kan rette oplysninger."))
    known = next(iter(facts_of(course, today(), field)), None)
    if known is None or known.line is None:
        raise Http404(_("Ingen har noteret noget, der gælder i dag. Skriv oplysningen først."))
    typed = request.POST.get(ON, "").strip()
    on = _day(typed) or date.max
    page = reverse("caseworker:fact", args=[course.citizen.reference, field])
    try:
        with pghistory.context(purpose=may_open(user, course, request.session) or ""):
            note_heard(known.line, on, today())
        messages.success(request, _("Det er noteret, at borgeren er hørt om oplysningen."))
    except UnfitValueError:
        messages.error(request, _("Skriv den dag, borgeren blev hørt: i dag eller en tidligere dag. Intet er gemt."))
        # The day typed goes back with her, so that it stands in the field to be mended.
        return redirect(f"{page}?{urlencode({KEPT: typed})}")
    return redirect(page)


def _day(text: str) -> date | None:
    if not text:
        return today()
    try:
        return parse_date(text)
    except ValueError:
        return None
