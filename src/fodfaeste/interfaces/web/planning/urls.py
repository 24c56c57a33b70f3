"""Addresses of the plan, for each side of the table."""

from django.urls import URLPattern, path

from fodfaeste.interfaces.web.planning import invite, plan, record, room, step
from fodfaeste.interfaces.web.planning.side import by_attorney, by_citizen, by_staff

STAFF: list[URLPattern] = [
    path("borger/<uuid:reference>/plan/", by_staff(plan.plan, "plan"), name="plan"),
    path("borger/<uuid:reference>/plan/skridt/<int:number>/", by_staff(step.step, "plan-step"), name="plan-step"),
    path("borger/<uuid:reference>/plan/referat/", by_staff(record.record, "plan-record"), name="plan-record"),
    path("borger/<uuid:reference>/plan/ord/", by_staff(plan.take_words_down, "plan-words"), name="plan-words"),
    path("borger/<uuid:reference>/rum/", by_staff(room.room, "room"), name="room"),
    path("borger/<uuid:reference>/inviter/", by_staff(invite.let_in, "invite"), name="invite"),
]
CITIZEN: list[URLPattern] = [
    path("mit/plan/", by_citizen(plan.plan), name="plan"),
    path("mit/plan/skridt/<int:number>/", by_citizen(step.step), name="plan-step"),
    path("mit/plan/referat/", by_citizen(record.record), name="plan-record"),
    path("mit/rum/", by_citizen(room.room), name="room"),
]
ATTORNEY: list[URLPattern] = [
    path("partner/<uuid:reference>/plan/", by_attorney(plan.plan, "plan"), name="plan"),
    path("partner/<uuid:reference>/plan/skridt/<int:number>/", by_attorney(step.step, "plan-step"), name="plan-step"),
    path("partner/<uuid:reference>/plan/referat/", by_attorney(record.record, "plan-record"), name="plan-record"),
    path("partner/<uuid:reference>/rum/", by_attorney(room.room, "room"), name="room"),
]
urlpatterns: list[URLPattern] = []
"""None of its own: each area takes its list in."""
