"""Addresses of contact, for each side of the table."""

from django.urls import URLPattern, path

from fodfaeste.interfaces.web.contact import (
    appointments,
    booking,
    caseworker,
    checkin,
    helping,
    leader,
    own_contact,
    slots,
    waiting,
)

CITIZEN: list[URLPattern] = [
    path("mit/aftaler/", appointments.appointments, name="appointments"),
    path("mit/aftaler/<int:number>/flyt/", booking.move_to, name="appointment-move"),
    path("mit/aftaler/<int:number>/afbud/", booking.call_off, name="appointment-cancel"),
    path("mit/aftaler/<int:number>/aftale.ics", appointments.calendar, name="appointment-file"),
    path("mit/hvordan-gaar-det/", checkin.checkin, name="checkin"),
    path("mit/hjaelp/", helping.help_page, name="help"),
    path("mit/kontakt/", own_contact.own_contact, name="selfdriven"),
]
STAFF: list[URLPattern] = [
    path("borger/<uuid:reference>/kontakt/", caseworker.contact, name="contact"),
    path("ledige-tider/", slots.slots, name="slots"),
    path("hjaelp/", waiting.waiting, name="help"),
]
LEADER: list[URLPattern] = [
    path("kommunen/75-procent/", leader.portfolio, name="portfolio"),
    path("kommunen/kontakt/", leader.contact, name="contact"),
    path("kommunen/kontakt/liste.csv", leader.contact_file, name="contact-file"),
]
urlpatterns: list[URLPattern] = []
"""None of its own: each area takes its list in."""
