"""The shared part of one plan: nothing else is read, nothing else can be asked for."""

from __future__ import annotations

from functools import partial
from uuid import UUID

import pghistory
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.access.today import today
from fodfaeste.casework.plans.inviting import answer, propose_as_partner
from fodfaeste.casework.plans.models import Invitation, Step
from fodfaeste.casework.plans.proposing import Proposal
from fodfaeste.casework.plans.queries import appointments_ahead
from fodfaeste.casework.plans.reading import shared_part
from fodfaeste.interfaces.web.caseworker.opening import logged, signed_in
from fodfaeste.interfaces.web.partner.forms import AnswerForm, PartnerStepForm
from fodfaeste.interfaces.web.planning.side import invitation_to

_ANSWER, _STEP = "svar", "skridt"


def course(request: HttpRequest, reference: UUID) -> HttpResponse:
    """What is shared, why and until when; and a place to answer. Every look is written down with the purpose."""
    user = signed_in(request)
    invitation = invitation_to(user, reference)
    answer = partial(_course, request, invitation)
    return logged(request, user, invitation.course, "partner", invitation.purpose, answer)


def _course(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    shared = shared_part(invitation)
    form = AnswerForm(shared, prefix=_ANSWER)
    step_form = PartnerStepForm(prefix=_STEP)
    failed = False
    if request.method == "POST":
        with pghistory.context(purpose=invitation.purpose):
            if request.POST.get("do") == "step":
                step_form = PartnerStepForm(request.POST, prefix=_STEP)
                failed = not _propose(request, invitation, step_form)
            else:
                form = AnswerForm(shared, request.POST, prefix=_ANSWER)
                failed = not _answer(request, invitation, form)
        if not failed:
            return redirect("partner:course", invitation.course.citizen.reference)
    context = {
        "invitation": invitation, "citizen": invitation.course.citizen, "course": invitation.course, "shared": shared,
        "form": form, "step_form": step_form, "open_form": request.POST.get("do", ""),
        "appointments": appointments_ahead(invitation.course, today()) if invitation.sees_appointments else None,
    }  # fmt: skip
    return render(request, "partner/course.html", context, status=422 if failed else 200)


def _answer(request: HttpRequest, invitation: Invitation, form: AnswerForm) -> bool:
    if not form.is_valid():
        return False
    try:
        answer(invitation, signed_in(request), form.cleaned_data["text"], form.cleaned_data.get("step"))
    except RefusedError as error:
        form.refuse(error)
        return False
    messages.success(request, _("Svaret er sendt. Borgeren og kommunen kan læse det."))
    return True


def _propose(request: HttpRequest, invitation: Invitation, form: PartnerStepForm) -> bool:
    if not form.is_valid():
        return False
    said = form.cleaned_data
    proposal = Proposal(said["text"], Step.Owner.PARTNER, said["on"], said["reason"])
    try:
        propose_as_partner(invitation, signed_in(request), proposal)
    except RefusedError as error:
        form.refuse(error)
        return False
    messages.success(request, _("Forslaget er sendt. Det er aftalt, når borgeren og kommunen er enige."))
    return True
