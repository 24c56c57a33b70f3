"""*Hvad ændrer sig*: what the law says differently on a later day, and for which open cases.

The question is what the law says on the later day instead of the earlier one about the cases as they are known now.
Both rulebooks are therefore asked about the same facts on the same day, the later one: what differs is what the law
does. What the days do by themselves is counted apart, with the earlier law on both days.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fodfaeste.casework.access.actions import OWN_CASE, log_list
from fodfaeste.casework.access.models import Role, User
from fodfaeste.casework.access.today import today
from fodfaeste.casework.courses.models import Course
from fodfaeste.interfaces.effects import UNSURE, WHATS, Found
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.leader.changes_cases import (
    CaseLine,
    by_section,
    effects_in,
    lines,
    norms_of,
    own_cases,
    what_text,
)
from fodfaeste.interfaces.web.leader.changes_choice import Choice, choice_of, options, presets
from fodfaeste.interfaces.web.leader.changes_export import csv_file, xlsx_file
from fodfaeste.interfaces.web.leader.changes_law import section_changes
from fodfaeste.interfaces.wording import Words, words_of
from fodfaeste.rulebook import Rulebook

PAGE = 25
FORMS = ("csv", "xlsx")
"""What the list can be had as."""

_CHUNK = 200
_NAME = "aendringer"


def changes(request: HttpRequest) -> HttpResponse:
    """The comparison: what changed in the law, section by section, and the cases that get another answer."""
    user, choice = _asked(request)
    law = rulebooks.law()
    words = words_of(law, rulebooks.language())
    context: dict[str, Any] = {
        "choice": choice,
        "presets": presets(law, choice, today(), words),
        "options": options(law, choice, words),
        "own": user.role == Role.CASEWORKER,
        "has_cases": user.role in (Role.CASEWORKER, Role.LEADER),
    }
    if choice.ready:
        context |= _compared(request, user, choice, *choice.ready)
    return render(request, "leader/changes.html", context, status=422 if choice.errors else 200)


def _compared(request: HttpRequest, user: User, choice: Choice, before: Rulebook, after: Rulebook) -> dict[str, Any]:
    words = _words(before, after)
    assert choice.start is not None
    assert choice.end is not None
    made = effects_in(own_cases(user), before, after, choice.start)
    found = made.found
    counts = by_section(found, before, after)
    sections = section_changes(
        before, after, rulebooks.law(), words, counts, money=user.role in (Role.LEADER, Role.JURIST)
    )
    chosen = request.GET.get("paragraf", "")
    norms = norms_of(chosen, found, before, after) if chosen else None
    page = Paginator(found.cases(norms), PAGE).get_page(request.GET.get("side"))
    shown = lines(found, page.object_list, words, norms)
    _log(user, shown, "changes")
    return {
        "found": found,
        "changed": (sure := found.count(whats=WHATS[:UNSURE])),
        "unsure": found.count() - sure,
        "sections": [one for one in sections if one.cases],
        "others": [one for one in sections if not one.cases],
        "rules": sum(len(one.changes) for one in sections),
        "whats": {what: what_text(what) for what in WHATS},
        "chosen": next((one for one in sections if one.key == chosen), None),
        "page": page,
        "lines": shown,
        "effects": made,
        "page_query": choice.query(paragraf=chosen),
        "forms": FORMS,
        "file_query": choice.query().partition("?")[2],
        "days": (words.day(choice.start), words.day(choice.end)),
        "before_law": rulebooks.before_the_law(choice.start),
        "added": [one for one in after.regimes if one not in before.regimes],
    }


def changes_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The list as a file. Names stand in a caseworker's own; a leader's has references alone."""
    user, choice = _asked(request)
    if form not in FORMS:
        raise Http404(_("Listen kan hentes som csv og xlsx."))
    if choice.ready is None:
        return redirect(choice.query())
    if user.role not in (Role.CASEWORKER, Role.LEADER):
        raise PermissionDenied(_("Filen er for dem, der har sager. Loven kan du se på siden."))
    before, after = choice.ready
    assert choice.start is not None
    found = effects_in(own_cases(user), before, after, choice.start).found
    rows = list(_rows(user, found, before, after))
    head = [
        _("Sag"), _("Borger"), _("Sagsbehandler"), _("Regel"), _("Hvor"), _("Angår"), _("Hvad"), _("Før"), _("Efter"),
        _("Norm"),
    ]  # fmt: skip
    name = f"{_NAME}-{choice.start}-{choice.end}"
    return xlsx_file(name, head, rows) if form == "xlsx" else csv_file(name, head, rows)


def _rows(user: User, found: Found, before: Rulebook, after: Rulebook) -> Iterator[list[object]]:
    words = _words(before, after)
    own = user.role == Role.CASEWORKER
    courses = found.cases()
    for first in range(0, len(courses), _CHUNK):
        chunk = lines(found, courses[first : first + _CHUNK], words)
        _log(user, chunk, "changes-file")
        for line in chunk:
            course = line.course
            who = [course.citizen.reference, course.citizen.name if own else "", _desk(course)]
            for told in line.told:
                yield [*who, told.label, told.ref, told.item, told.how, told.before, told.after, told.norm]


def _desk(course: Course) -> str:
    return course.caseworker.name if course.caseworker else ""


def _log(user: User, shown: list[CaseLine], page: str) -> None:
    """A caseworker sees names, of her own cases; a leader sees references, which name nobody."""
    if user.role == Role.CASEWORKER and shown:
        log_list(user, [line.course for line in shown], page, OWN_CASE)


def _words(before: Rulebook, after: Rulebook) -> Words:
    """The words of both sides."""
    language = rulebooks.language()
    norms = {id_: one.norm for book in (before, after) for id_, one in book.norms.items()}
    return Words(language, after.vocabulary, norms)


def _asked(request: HttpRequest) -> tuple[User, Choice]:
    user = request.user
    assert isinstance(user, User)  # the middleware asked everyone to sign in
    if user.kommune is None:
        raise PermissionDenied(_("Du hører ikke til nogen kommune. Bed den, der styrer brugerne, om at rette det."))
    if not user.has_perm("changes.view"):
        raise PermissionDenied(_("Siden er for kommunens medarbejdere. Under »Loven« kan alle se, hvad der gælder."))
    return user, choice_of(request, rulebooks.law(), user.kommune.slug, today())
