"""Addresses."""

from django.urls import URLPattern, URLResolver, path

from fodfaeste.interfaces.web.partner import course, home
from fodfaeste.interfaces.web.planning.urls import ATTORNEY

app_name = "partner"
urlpatterns: list[URLPattern | URLResolver] = [
    path("partner/", home.home, name="home"),
    path("partner/<uuid:reference>/", course.course, name="course"),
    *ATTORNEY,
]
