"""Addresses of what the citizen herself said: her words, and what she says is wrong."""

from django.urls import URLPattern, path

from fodfaeste.interfaces.web.caseworker import objections, own_words

urlpatterns: list[URLPattern] = [
    path("borger/<uuid:reference>/indsigelser/", objections.objections, name="objections"),
    path("borger/<uuid:reference>/maal/", own_words.words, name="words"),
]
