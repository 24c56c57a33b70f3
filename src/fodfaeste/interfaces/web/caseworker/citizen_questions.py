"""Asking what is not known, one question at a time; the answer is saved at once, and the duties follow."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.queries import may_open
from fodfaeste.casework.access.today import today
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.courses.queries import Known, facts_of
from fodfaeste.facts import UnfitValueError
from fodfaeste.interfaces.web.caseworker.citizen_asking import Asked, asked, in_turn, key_of, postpone, postponed_of
from fodfaeste.interfaces.web.caseworker.citizen_case import CaseAtHand, case_at_hand
from fodfaeste.interfaces.web.caseworker.citizen_forms import FIRST, LAST, ON, REASON, UNKNOWN, FactForm, LineForm
from fodfaeste.interfaces.web.caseworker.citizen_writing import saved, write_event, write_fact, write_spell
from fodfaeste.interfaces.web.caseworker.opening import opens_case
from fodfaeste.interfaces.wording import label_of
from fodfaeste.reasoning import Question

LATER = "senere"


@opens_case("citizen-question")
def question(request: HttpRequest, user: User, course: Course) -> HttpResponse:
    """The next question with its form (``?om=fact:foedt`` for a certain one).

    Saves the answer, puts the question off, or writes down that nobody knows.
    """
    if not user.has_perm("courses.change", course):
        raise PermissionDenied(_("Kun en sagsbehandler i kommunen kan svare på spørgsmål i sagen."))
    at_hand = case_at_hand(course, today())
    facts = facts_of(course, at_hand.day)
    key = request.POST.get("om") or request.GET.get("om") or ""
    put, waiting = next_question(at_hand, facts, request, key)
    if put is None:
        return render(request, "caseworker/citizen_question.html", {"course": course, "citizen": course.citizen})
    form = form_of(put, at_hand, request)
    if request.method == "POST" and _answered(request, user, at_hand, put, form):
        return redirect(reverse("caseworker:citizen", args=[course.citizen.reference]) + "#spoergsmaal")
    context = {"course": course, "citizen": course.citizen, "put": put, "form": form, "waiting": waiting}
    return render(request, "caseworker/citizen_question.html", context, status=422 if form.errors else 200)


def next_question(
    at_hand: CaseAtHand, facts: list[Known], request: HttpRequest, key: str = ""
) -> tuple[Asked | None, int]:
    """The question to put, and how many there are. ``key`` names a certain one; Http404 when there is none such."""
    turn = in_turn(at_hand.found.questions, facts, postponed_of(request.session, at_hand.course))
    chosen = next((one for one in turn if key_of(one) == key), None) if key else next(iter(turn), None)
    if key and chosen is None:
        chosen = _named(key, at_hand)
    return (None if chosen is None else asked(chosen, at_hand.words)), len(turn)


def _named(key: str, at_hand: CaseAtHand) -> Question:
    """A question that nothing waits for any more: it can still be answered, as somebody may just have done."""
    kind, _sep, name = key.partition(":")
    vocabulary = at_hand.vocabulary
    field = vocabulary.fields.get(name)
    if kind in ("fact", "judged") and field is not None:
        return Question("judged" if field.kind == "judged" else "fact", name, dict(field.ask), ())
    if (kind == "event" and name in vocabulary.events) or (kind == "spell" and name in vocabulary.spells):
        label = dict(vocabulary.kind(name).label)
        return Question(kind, name, {lang: label_of(label, lang) for lang in ("da", "en")}, ())
    raise Http404(_("Det spørgsmål findes ikke. Gå tilbage til borgeren, og svar på det, der står der."))


def form_of(put: Asked, at_hand: CaseAtHand, request: HttpRequest | None = None) -> FactForm | LineForm:
    """The form that fits a question, filled with what was typed when there is a request that brought it."""
    typed = request.POST if request is not None and request.method == "POST" else None
    if put.kind in ("fact", "judged"):
        return FactForm(at_hand.vocabulary.fields[put.name], at_hand.words, typed)
    return LineForm(put.name, at_hand.words, at_hand.day, typed)


def _answered(request: HttpRequest, user: User, at_hand: CaseAtHand, put: Asked, form: FactForm | LineForm) -> bool:
    """Do what the pressed button says; False when the form must be shown again."""
    purpose, course = may_open(user, at_hand.course, request.session) or "", at_hand.course
    if LATER in request.POST:
        postpone(request.session, course, put.key)
        messages.info(request, _("Spørgsmålet er udskudt. Det kommer igen efter de andre."))
        return True
    if UNKNOWN in request.POST and put.may_be_unknown:
        write_fact(course, put.name, None, user, purpose)
        messages.success(request, _("Det er noteret, at svaret ikke kendes. Spørgsmålet kommer igen til sidst."))
        return True
    if not form.is_valid():
        return False
    try:
        _write(form, put, course, user, purpose)
    except UnfitValueError as error:
        form.refuse(error)
        return False
    saved(request, user, at_hand)
    return True


def _write(form: FactForm | LineForm, put: Asked, course: Course, user: User, purpose: str) -> None:
    found = form.cleaned_data
    if isinstance(form, FactForm):
        write_fact(
            course, put.name, form.answer(), user, purpose, first=found.get(FIRST), reason=found.get(REASON, "")
        )  # fmt: skip
    elif form.is_spell:
        try:
            with transaction.atomic():
                write_spell(course, put.name, found[FIRST], found.get(LAST), form.attrs(), user, purpose)
        except IntegrityError:
            raise UnfitValueError(
                _("i den tid er der allerede noteret en anden af samme slags"),
                _("se tidslinjen, og vælg andre dage, eller afslut den anden først"),
            ) from None
    else:
        write_event(course, put.name, found[ON], form.attrs(), user, purpose)
