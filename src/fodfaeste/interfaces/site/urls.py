"""Addresses. Each area of work has its own list."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from fodfaeste.interfaces.api.endpoints import api
from fodfaeste.interfaces.web import display, pages
from fodfaeste.interfaces.web.signin import views as signin

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.front, name="front"),
    path("log-ind/", signin.sign_in, name="sign-in"),
    path("log-ud/", signin.sign_out, name="sign-out"),
    path("persona/", signin.personas, name="persona"),
    path("sprog/", display.choose_language, name="language"),
    path("tema/", display.choose_theme, name="theme"),
    path("was", pages.to_accessibility, name="was"),
    path("tilgaengelighed/", pages.accessibility, name="accessibility"),
    path("api/v1/", api.urls),
    path("", include("fodfaeste.interfaces.web.public.urls")),
    path("", include("fodfaeste.interfaces.web.caseworker.urls")),
    path("", include("fodfaeste.interfaces.web.leader.urls")),
    path("", include("fodfaeste.interfaces.web.citizen.urls")),
    path("", include("fodfaeste.interfaces.web.partner.urls")),
]
if settings.OIDC_RP_CLIENT_ID:
    urlpatterns.append(path("oidc/", include("fodfaeste.interfaces.web.signin.oidc_urls")))

handler400 = "fodfaeste.interfaces.web.errors.bad_request"
handler403 = "fodfaeste.interfaces.web.errors.permission_denied"
handler404 = "fodfaeste.interfaces.web.errors.not_found"
handler500 = "fodfaeste.interfaces.web.errors.server_error"
