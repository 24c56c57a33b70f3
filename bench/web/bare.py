"""The floor: one Django view that gives the same bytes each time, without database, session or template."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

_PAGE = b"x" * int(os.environ.get("BENCH_BYTES", "50000"))


def page(_: HttpRequest) -> HttpResponse:
    return HttpResponse(_PAGE)


urlpatterns = [path("", page)]
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], SECRET_KEY="no secret", MIDDLEWARE=[])
application = get_wsgi_application()
