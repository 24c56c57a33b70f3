"""What is known of a citizen: each fact once, with where it comes from; and the page of one fact with its history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fodfaeste.casework.access.actions import COVER, OWN_CASE
from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.queries import may_open
from fodfaeste.casework.access.today import today
from fodfaeste.casework.courses.models import Course, Fact
from fodfaeste.casework.courses.objecting import objections_of, said_of
from fodfaeste.casework.courses.queries import Known, facts_of
from fodfaeste.facts import Field, UnfitValueError, Vocabulary, decode, encode
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.citizen_case import case_at_hand
from fodfaeste.interfaces.web.caseworker.citizen_forms import FIRST, REASON, UNKNOWN, FactForm
from fodfaeste.interfaces.web.caseworker.citizen_heard import used
from fodfaeste.interfaces.web.caseworker.citizen_provenance import SENSITIVE, log_sensitive
from fodfaeste.interfaces.web.caseworker.citizen_writing import saved, write_fact
from fodfaeste.interfaces.web.caseworker.opening import opens_case
from fodfaeste.interfaces.wording import Words, label_of, raised, source_text, span_text

_DAY = timedelta(days=1)
_OWN = (OWN_CASE, COVER)


@dataclass(frozen=True)
class FactLine:
    """One line about a field, in words."""

    value: str
    when: str
    source: str
    by: str
    recorded: date | None
    entered: Any
    reason: str
    purpose: str = ""
    heard: date | None = None


@dataclass(frozen=True)
class FactRow:
    """A field with the line that counts (None where none does today) and the earlier ones."""

    field: str
    label: str
    hidden: bool
    line: FactLine | None
    others: tuple[FactLine, ...]
    address: str


def rows_of(found: Iterable[Known], words: Words, reference: Any) -> list[FactRow]:
    """The facts of a case by label; sensitive values are left out until somebody asks for the one."""
    fields = words.vocabulary.fields
    rows = [row_of(known, fields[known.field], words, reference) for known in found if known.field in fields]
    return sorted(rows, key=lambda row: row.label.casefold())


def row_of(known: Known, field: Field, words: Words, reference: Any, show: bool = False) -> FactRow:
    """One fact; ``show`` its value also where it is sensitive."""
    hidden = field.sensitivity == SENSITIVE and not show
    return FactRow(
        field.name,
        raised(words.field(field.name)),
        hidden,
        None if hidden or known.line is None else line_of(known.line, field, words),
        () if hidden else tuple(line_of(line, field, words) for line in known.others),
        reverse("caseworker:fact", args=[reference, field.name]),
    )


def line_of(line: Fact, field: Field, words: Words) -> FactLine:
    """A line in words: what, when it is true, whence, and who wrote it down."""
    first, last = None, None
    if line.valid is not None:
        first, last = line.valid.lower, None if line.valid.upper is None else line.valid.upper - _DAY
    writer = line.entered_by.name if line.entered_by else ""
    return FactLine(
        raised(value_of(line.value, field, words)),
        span_text(first, last, words.lang),
        "" if line.source == writer else source_text(line.source, words.lang),
        line.by or writer,
        line.recorded,
        line.entered_at,
        line.reason,
        "" if line.purpose in _OWN else line.purpose,
        line.heard,
    )


def value_of(value: Any, field: Field, words: Words) -> str:
    """A stored value as people read it."""
    return words.value(decoded(value, field, words.vocabulary), field.type)


def decoded(value: Any, field: Field, vocabulary: Vocabulary) -> Any:
    """A stored value as Python has it; None is the unknown."""
    return None if value is None else decode(encode(value, field.type, vocabulary), field.type, vocabulary)


@opens_case("citizen-fact")
def fact(request: HttpRequest, user: User, course: Course, field: str) -> HttpResponse:
    """One fact with its history, and a form to write another line in its place. A sensitive one is logged by name."""
    known_field = rulebooks.law().vocabulary.fields.get(field)
    if known_field is None:
        raise Http404(_("Den oplysning findes ikke. Gå tilbage til borgeren, og vælg en af dem, der står der."))
    purpose = may_open(user, course, request.session) or ""
    at_hand = case_at_hand(course, today())
    may_change = user.has_perm("courses.change", course)
    form = None
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied(_("Kun en sagsbehandler i kommunen kan rette oplysninger."))
        form = FactForm(known_field, at_hand.words, request.POST)
        if _write(form, request, user, course, known_field, purpose):
            saved(request, user, at_hand)
            return redirect("caseworker:fact", course.citizen.reference, field)
    elif may_change:
        form = FactForm(known_field, at_hand.words)
    log_sensitive(request, user, course, [field])  # also where what was sent is shown again with its reasons
    known = next(iter(facts_of(course, at_hand.day, field)), Known(field, None, ()))
    waiting = [one for one in objections_of(course) if not one.outcome]
    context = {
        "course": course,
        "citizen": course.citizen,
        "row": row_of(known, known_field, at_hand.words, course.citizen.reference, show=True),
        "said": said_of([known], waiting).get(field),
        "question": label_of(known_field.ask, at_hand.words.lang),
        "judged": known_field.kind == "judged",
        "sensitive": known_field.sensitivity == SENSITIVE,
        "used": used(known_field, at_hand.day),
        "today": at_hand.day,
        "form": form,
    }
    return render(request, "caseworker/citizen_fact.html", context, status=422 if form and form.errors else 200)


def _write(form: FactForm, request: HttpRequest, user: User, course: Course, field: Field, purpose: str) -> bool:
    """Save the answer; False, with the reason on the form, when something must be mended first."""
    if UNKNOWN in request.POST:
        write_fact(course, field.name, None, user, purpose)
        return True
    if not form.is_valid():
        return False
    first, reason = form.cleaned_data.get(FIRST), form.cleaned_data.get(REASON, "")
    try:
        write_fact(course, field.name, form.answer(), user, purpose, first=first, reason=reason)
    except UnfitValueError as error:
        form.refuse(error)
        return False
    return True
