"""*Kontakt*: everything agreed about contact with one citizen, what shows, and what can be agreed now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.access.today import now, today
from fodfaeste.casework.contacts.agreeing import Cadence, agree_contact, agreement_of
from fodfaeste.casework.contacts.booking import arrange, at_words, cancel, did_not_come
from fodfaeste.casework.contacts.calming import (
    Peace,
    agree_calm,
    calm_and_proposal_of,
    calm_of,
    declined_calm_of,
    end_calm,
    hear_calm,
    propose_calm,
    proposed_calm_of,
)
from fodfaeste.casework.contacts.driving import begin_self_driven, end_self_driven, exempt, self_driven_of
from fodfaeste.casework.contacts.forms import ahead_of
from fodfaeste.casework.contacts.helping import answer_help, note_call
from fodfaeste.casework.contacts.models import Appointment, CheckIn, HelpRequest, Rhythm, SignalCall
from fodfaeste.casework.contacts.signs import rules
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.inbox.actions import renew_lines
from fodfaeste.casework.plans.models import Need
from fodfaeste.foundation import from_day
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.citizen_case import CaseAtHand, case_at_hand
from fodfaeste.interfaces.web.caseworker.opening import opens_case
from fodfaeste.interfaces.web.contact.said import advice_of, clock_at, ground_words, help_day, sign_words
from fodfaeste.interfaces.web.contact.staff_forms import FORMS, Said
from fodfaeste.interfaces.web.contact.standing_words import standing_of

_Does = Callable[[HttpRequest, User, CaseAtHand, dict[str, Any]], str]


@require_http_methods(["GET", "POST"])
@opens_case("contact")
def contact(request: HttpRequest, user: User, course: Course) -> HttpResponse:
    """Read; each button (``do``) saves one thing. What is refused stands in its form with the reasons."""
    at_hand = case_at_hand(course, today())
    refused: tuple[str, Said] | None = None
    if request.method == "POST":
        if not user.has_perm("contacts.register", course):
            raise PermissionDenied(_("Kun sagsbehandlere i borgerens kommune skriver her."))
        done = _do(request, user, at_hand)
        if isinstance(done, str):
            messages.success(request, done)
            renew_lines(course, at_hand.book)
            return redirect("caseworker:contact", course.citizen.reference)
        refused = done
    context = {"course": course, "citizen": course.citizen, **_shown(at_hand), **_forms(at_hand, refused)}
    context["may_change"] = user.has_perm("contacts.register", course)
    return render(request, "caseworker/contact.html", context, status=422 if refused else 200)


def _do(request: HttpRequest, user: User, at_hand: CaseAtHand) -> str | tuple[str, Said]:
    """What was done, in words; or the form with the reasons why not."""
    chosen = request.POST.get("do", "")
    if chosen not in DOES:
        raise Http404(_("Det kan siden ikke. Gå tilbage, og prøv igen."))
    form = FORMS.get(chosen, Said)(request.POST, prefix=chosen)
    if not form.is_valid():
        return chosen, form
    try:
        return DOES[chosen](request, user, at_hand, form.cleaned_data)
    except RefusedError as error:
        form.refuse(error)
        return chosen, form


def _agree(request: HttpRequest, user: User, at_hand: CaseAtHand, given: dict[str, Any]) -> str:
    cadence = Cadence(given["weeks"], given["way"], given["reason"], given["until"])
    agree_contact(at_hand.course, cadence, given["proposed_by"], user, advice_of(at_hand), at_hand.day)
    return _("Aftalen om kontakt er skrevet ned. Borgeren kan se den.")


def _calm(request: HttpRequest, user: User, at_hand: CaseAtHand, given: dict[str, Any]) -> str:
    peace = Peace(given["until"], given["reason"], user, given["way_back"])
    if given["said_on"] is None:
        propose_calm(at_hand.course, peace, user, at_hand.day)
        return _("Ro er foreslået. Den gælder, når borgeren selv siger ja på sin side.")
    agree_calm(at_hand.course, at_hand.vocabulary, peace, user, at_hand.day, given["said_on"])
    return _("Der er aftalt ro. Borgeren kan afslutte den hver dag.")


def _end_calm(request: HttpRequest, user: User, at_hand: CaseAtHand, given: dict[str, Any]) -> str:
    calm = calm_of(at_hand.course, at_hand.day)
    if calm is not None:
        end_calm(calm, user, at_hand.day)
    return _("Roen er slut, og kontakten er taget op igen.")


def _withdraw_calm(request: HttpRequest, user: User, at_hand: CaseAtHand, given: dict[str, Any]) -> str:
    proposed = proposed_calm_of(at_hand.course, at_hand.day)
    if proposed is not None:
        end_calm(proposed, user, at_hand.day)
    return _("Forslaget om ro er trukket tilbage.")


def _calm_was_said(request: HttpRequest, user: User, at_hand: CaseAtHand, given: dict[str, Any]) -> str:
    proposed = proposed_calm_of(at_hand.course, at_hand.day)
    if proposed is None:
        raise RefusedError({"__all__": _("Der er ikke et forslag om ro, som venter på borgeren.")})
    hear_calm(proposed, at_hand.vocabulary, user, at_hand.day, given["said_on"])
    return _("Der er aftalt ro. Borgeren kan afslutte den hver dag.")


def _arrange(request: HttpRequest, user: User, at_hand: CaseAtHand, given: dict[str, Any]) -> str:
    at = timezone.make_aware(datetime.combine(given["day"], given["clock"]))
    made = arrange(
        at_hand.course, at_hand.vocabulary, at, given["way"], given["place"], user, advice_of(at_hand), now(),
        given["reason"],
    )  # fmt: skip
    return _("Aftalt: %(when)s.") % {"when": at_words(made.at)}


def _cancel(request: HttpRequest, user: User, at_hand: CaseAtHand, given: dict[str, Any]) -> str:
    cancel(_appointment(request, at_hand.course), at_hand.vocabulary, user, now())
    return _("Aftalen er aflyst.")


def _missed(request: HttpRequest, user: User, at_hand: CaseAtHand, given: dict[str, Any]) -> str:
    did_not_come(_appointment(request, at_hand.course), user, now())
    return _("Skrevet ned: I mødtes ikke. Ring, og hør hvorfor. Der sker ikke andet.")


def _begin(request: HttpRequest, user: User, at_hand: CaseAtHand, given: dict[str, Any]) -> str:
    begin_self_driven(at_hand.course, given["need_asked"], user, at_hand.day)
    return _("Borgeren styrer nu selv, og kan tage kontakten op igen med ét tryk.")


def _exempt(request: HttpRequest, user: User, at_hand: CaseAtHand, given: dict[str, Any]) -> str:
    driven = self_driven_of(at_hand.course)
    if driven is None:
        raise RefusedError({"__all__": _("Begynd det selvkørende spor først. Det er dér, borgeren er spurgt.")})
    driven.course = at_hand.course
    exempt(driven, at_hand.vocabulary, given["reason"], user, at_hand.book)
    return _("Borgeren er fritaget for flere samtaler. Afgørelsen står i sagen med dit navn og din grund.")


def _back(request: HttpRequest, user: User, at_hand: CaseAtHand, given: dict[str, Any]) -> str:
    driven = self_driven_of(at_hand.course)
    if driven is not None:
        end_self_driven(driven, "Afsluttet af sagsbehandleren.", user, at_hand.day)
    return _("Sporet er afsluttet. En fritagelse er ophævet med det samme.")


def _call(request: HttpRequest, user: User, at_hand: CaseAtHand, given: dict[str, Any]) -> str:
    sign = request.POST.get("tegn", "")
    note_call(at_hand.course, sign, at_hand.day, given["reached"], given["text"], user)
    return _("Opkaldet er skrevet ned.")


def _answer(request: HttpRequest, user: User, at_hand: CaseAtHand, given: dict[str, Any]) -> str:
    waiting = HelpRequest.objects.filter(course=at_hand.course, answered_at=None).first()
    if waiting is None:
        raise RefusedError({"__all__": _("Ingen venter på svar mere. En kollega har talt med borgeren.")})
    answer_help(waiting, at_hand.vocabulary, given["text"], user, now())
    return _("Svaret er skrevet ned. Borgeren kan læse det.")


DOES: dict[str, _Does] = {
    "aftale": _agree, "ro": _calm, "sagt-ro": _calm_was_said, "traek-ro": _withdraw_calm, "slut-ro": _end_calm,
    "tid": _arrange, "aflys": _cancel, "ikke-kom": _missed, "selv": _begin, "fritag": _exempt, "tilbage": _back,
    "ring": _call, "svar": _answer,
}  # fmt: skip


def _appointment(request: HttpRequest, course: Course) -> Appointment:
    number = request.POST.get("nummer", "")
    found = Appointment.objects.filter(course=course, pk=int(number) if number.isdecimal() else 0).first()
    if found is None:
        raise Http404(_("Den aftale findes ikke. Gå tilbage til borgerens kontakt."))
    return found


def _forms(at_hand: CaseAtHand, refused: tuple[str, Said] | None) -> dict[str, Any]:
    """One of each form; the one that was refused with what was typed in it."""
    advised = advice_of(at_hand)
    likely = {"aftale": {"way": advised.best}, "tid": {"way": advised.best}}
    made = {name: kind(prefix=name, initial=likely.get(name)) for name, kind in FORMS.items()}
    if refused is not None:
        made[refused[0]] = refused[1]
    made["said"] = made["sagt-ro"]  # a template cannot name what has a hyphen
    return {"forms": made, "open_form": refused[0] if refused else "", "refused_form": refused[1] if refused else None}


def _shown(at_hand: CaseAtHand) -> dict[str, Any]:
    course, advised = at_hand.course, advice_of(at_hand)
    stood, signs = standing_of(course, at_hand.day)
    waiting = HelpRequest.objects.filter(course=course, answered_at=None).first()
    over = Appointment.objects.filter(course=course, at__lte=now(), held=None, cancelled_at=None, missed=False)
    names = dict(Need.Area.choices)
    calm, proposed_calm = calm_and_proposal_of(course, at_hand.day)
    return {
        "stood": stood,
        "signs": [(one.sign, sign_words(one), from_day(one.since)) for one in signs],
        "waiting": waiting,
        "waiting_last": None if waiting is None else help_day(at_hand, timezone.localtime(waiting.asked_at).date()),
        "advised": advised,
        "grounds": [(ground_words(ground), ground.norm) for ground in advised.grounds],
        "agreement": agreement_of(course),
        "calm": calm,
        "proposed_calm": proposed_calm,
        "declined_calm": None if calm or proposed_calm else declined_calm_of(course),
        "driven": self_driven_of(course),
        "clock": clock_at(at_hand),
        "ahead": ahead_of(course, at_hand.day),
        "over": list(over.order_by("-at")[:3]),
        "rhythm": Rhythm.objects.filter(course=course, ended=None).first(),
        "checkins": [
            (one, [str(names.get(area, area)) for area in one.areas])
            for one in CheckIn.objects.filter(course=course)[:5]
        ],
        "calls": list(SignalCall.objects.filter(course=course).select_related("by")[:5]),
        "sign_names": {one.id: one.why[rulebooks.language()] for one in rules().signs},
    }
