"""Addresses of the day without systems, and of possible offers."""

from django.urls import URLPattern, path

from fodfaeste.interfaces.web.caseworker import day_after, day_print, possible_offers

urlpatterns: list[URLPattern] = [
    path("min-dag/liste/", day_print.day_list, name="day-print"),
    path("min-dag/efterregistrering/", day_after.day_after, name="day-after"),
    path("borger/<uuid:reference>/tilbud/", possible_offers.offers, name="possible-offers"),
]
