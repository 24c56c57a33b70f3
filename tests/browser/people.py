"""A small invented municipality: enough people for the frame's own pages."""

from __future__ import annotations

from django.conf import global_settings
from django.contrib.auth.hashers import make_password
from django.test import override_settings
from django.utils import timezone

from tests.django_site import Kommune, Role, User, make_citizen_user, make_user
from tests.web.caseworker.anna import make_anna


def fill() -> None:
    """One persona for each role; what a test needs beyond that it writes itself, in ``site.rows()``."""
    kommune = Kommune.objects.get_or_create(code=461, defaults={"name": "Odense", "slug": "odense"})[0]
    for username, name, role in (
        ("mette", "Mette Holm", Role.CASEWORKER),
        ("lars", "Lars Bro", Role.LEADER),
        ("judith", "Judith Vang", Role.JURIST),
    ):
        if not User.objects.filter(username=username).exists():
            make_user(kommune, username, name, role)
    if not User.objects.filter(username="borger").exists():
        _fill_outside(kommune)
    with override_settings(PASSWORD_HASHERS=global_settings.PASSWORD_HASHERS):  # the server knows no quick hash
        User.objects.update(password=make_password("hemmelig"))  # and one slow hash is enough


def _fill_outside(kommune: Kommune) -> None:
    """``borger``, with a goal, a step and an appointment around the real today; and ``partner``, invited to nothing."""
    caseworker = make_user(kommune, "karen", "Karen Bo", Role.CASEWORKER)
    course = make_anna(caseworker, timezone.localdate(), number="6203798001", name="Frida Lund")
    make_citizen_user(course)
    make_user(kommune, "partner", "Susanne Kvist", Role.PARTNER, organisation="En opdigtet a-kasse")
