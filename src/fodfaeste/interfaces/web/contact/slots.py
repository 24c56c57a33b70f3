"""*Ledige tider*: the times a caseworker lets citizens book, and who has taken them."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.access.today import now, today
from fodfaeste.casework.contacts.booking import Offered, publish_slots, slots_of, withdraw_slot
from fodfaeste.casework.contacts.models import Slot
from fodfaeste.casework.courses.responsible import covered_by
from fodfaeste.interfaces.web.caseworker.day_print import log_shown
from fodfaeste.interfaces.web.caseworker.opening import signed_in
from fodfaeste.interfaces.web.contact.staff_forms import SlotsForm


@require_http_methods(["GET", "POST"])
def slots(request: HttpRequest) -> HttpResponse:
    """Publish some (the form), take one back (``ned``)."""
    user = signed_in(request)
    if not user.has_perm("inbox.view"):
        raise PermissionDenied(_("Ledige tider er for sagsbehandlere."))
    if request.method == "POST" and "ned" in request.POST:
        return _withdraw(request, user)
    before = Slot.objects.filter(caseworker=user).exclude(place="").order_by("-pk").values_list("place", flat=True)
    initial = {"day": today(), "place": before.first() or ""}
    form = SlotsForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid() and _published(request, form, user):
        return redirect("caseworker:slots")
    found = slots_of(user, now())
    taken = [one.appointment.course for one in found if one.taken and hasattr(one, "appointment")]
    log_shown(user, taken, covered_by(user, today()), "slots")
    context = {"form": form, "slots": found}
    return render(request, "caseworker/slots.html", context, status=422 if form.errors else 200)


def _published(request: HttpRequest, form: SlotsForm, user: User) -> bool:
    given = form.cleaned_data
    first, last = (timezone.make_aware(datetime.combine(given["day"], given[name])) for name in ("first", "last"))
    try:
        made = publish_slots(user, Offered(first, last, given["minutes"], tuple(given["ways"]), given["place"]), now())
    except RefusedError as refused:
        form.refuse(refused)
        return False
    said = ngettext("%(n)d tid er lagt op.", "%(n)d tider er lagt op.", len(made)) % {"n": len(made)}
    messages.success(request, said)
    return True


def _withdraw(request: HttpRequest, user: User) -> HttpResponse:
    number = request.POST["ned"]
    slot = get_object_or_404(Slot, pk=int(number) if number.isdecimal() else 0)
    try:
        withdraw_slot(slot, user, now())
    except RefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Tiden er taget ned."))
    return redirect("caseworker:slots")
