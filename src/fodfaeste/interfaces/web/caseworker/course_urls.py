"""Addresses of what a caseworker does with a course: steps, shifts, hand-overs, absence."""

from django.urls import URLPattern, path

from fodfaeste.interfaces.web import receipts
from fodfaeste.interfaces.web.caseworker import absence, case_receipt, case_step, citizen_heard, fund, handover, shift

urlpatterns: list[URLPattern] = [
    path("borger/<uuid:reference>/skridt/", case_step.steps, name="steps"),
    path("borger/<uuid:reference>/skridt/<slug:kind>/", case_step.step, name="step"),
    path("borger/<uuid:reference>/kvittering/<uuid:token>/", case_receipt.receipt, name="receipt"),
    path("borger/<uuid:reference>/kvitteringer/", receipts.for_caseworker, name="receipts"),
    path("borger/<uuid:reference>/skift/", shift.change, name="shift"),
    path("borger/<uuid:reference>/overdrag/", handover.hand_over, name="handover"),
    path("borger/<uuid:reference>/a-kasse/", fund.fund, name="fund"),
    path("borger/<uuid:reference>/a-kasse/pakke/", fund.package, name="fund-package"),
    path("borger/<uuid:reference>/oplysning/<str:field>/hoert/", citizen_heard.heard, name="heard"),
    path("fravaer/", absence.absence, name="absence"),
]
