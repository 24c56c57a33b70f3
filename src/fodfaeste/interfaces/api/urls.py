"""Addresses."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from fodfaeste.interfaces.api.endpoints import api

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [path("", api.urls)]
