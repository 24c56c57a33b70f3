"""Addresses of the pages about one citizen."""

from django.urls import URLPattern, path

from fodfaeste.interfaces.web.caseworker import citizen, citizen_compare, citizen_facts, citizen_law, citizen_questions

urlpatterns: list[URLPattern] = [
    path("borger/<uuid:reference>/", citizen.citizen, name="citizen"),
    path("borger/<uuid:reference>/loven/", citizen_law.law, name="citizen-law"),
    path("borger/<uuid:reference>/sammenlign/", citizen_compare.compare, name="compare"),
    path("borger/<uuid:reference>/spoergsmaal/", citizen_questions.question, name="question"),
    path("borger/<uuid:reference>/oplysning/<str:field>/", citizen_facts.fact, name="fact"),
]
