"""The doors: who gets in, who waits, who may pretend."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from fodfaeste.casework.access.models import Role, User
from fodfaeste.interfaces.web.models import FailedSignIn
from fodfaeste.interfaces.web.signin.lockout import ALLOWED, WINDOW
from tests.django_site import WebClient, make_user


def tries(client: WebClient, password: str, username: str = "mette"):
    return client.post("/log-ind/", {"username": username, "password": password})


def signed_in(client: WebClient) -> bool:
    return "_auth_user_id" in client.session


def test_the_right_password_opens(anonymous: WebClient, caseworker: User) -> None:
    assert tries(anonymous, "hemmelig")["Location"] == "/min-dag/"
    assert signed_in(anonymous)


def test_a_wrong_password_says_so_and_keeps_the_name(anonymous: WebClient, caseworker: User) -> None:
    page = tries(anonymous, "forkert")
    assert page.status_code == 422
    assert "passer ikke sammen" in page.content.decode()
    assert 'value="mette"' in page.content.decode()
    assert "forkert" not in page.content.decode()
    assert not signed_in(anonymous)


def test_nobody_learns_whether_a_name_exists(anonymous: WebClient, caseworker: User) -> None:
    User.objects.filter(pk=caseworker.pk).update(is_active=False)
    closed, unknown = tries(anonymous, "hemmelig"), tries(anonymous, "hemmelig", "findes-ikke")
    assert closed.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()


def test_after_some_wrong_passwords_the_right_one_must_wait(anonymous: WebClient, caseworker: User) -> None:
    for _ in range(ALLOWED):
        tries(anonymous, "forkert")
    page = tries(anonymous, "hemmelig", "METTE")
    assert "for mange gange" in page.content.decode()
    assert not signed_in(anonymous)

    FailedSignIn.objects.update(at=timezone.now() - WINDOW)
    assert tries(anonymous, "hemmelig").status_code == 302


def test_others_need_not_wait(anonymous: WebClient, caseworker: User, leader: User) -> None:
    for _ in range(ALLOWED):
        tries(anonymous, "forkert")
    assert tries(anonymous, "hemmelig", "lars").status_code == 302


def test_the_wait_is_told_in_minutes(anonymous: WebClient, caseworker: User) -> None:
    now = timezone.now()
    for minutes in range(ALLOWED):
        failed = FailedSignIn.objects.create(username="mette")
        FailedSignIn.objects.filter(pk=failed.pk).update(at=now - dt.timedelta(minutes=minutes))
    left = int(WINDOW.total_seconds() // 60) - (ALLOWED - 1)
    assert f"om {left} minutter" in tries(anonymous, "hemmelig").content.decode()


def test_signing_in_forgets_the_failures(anonymous: WebClient, caseworker: User) -> None:
    tries(anonymous, "forkert")
    tries(anonymous, "hemmelig")
    assert not FailedSignIn.objects.exists()


def test_signing_out(client_as, caseworker: User) -> None:
    client = client_as(caseworker)
    assert client.get("/log-ud/").status_code == 405, "a link elsewhere must not sign anybody out"
    assert client.post("/log-ud/")["Location"] == "/log-ind/"
    assert not signed_in(client)


def test_personas_exist_in_a_demonstration_only(anonymous: WebClient, caseworker: User, settings) -> None:
    settings.DEMONSTRATION = False
    assert anonymous.get("/persona/").status_code == 404
    assert anonymous.post("/persona/", {"persona": "mette"}).status_code == 404
    assert not signed_in(anonymous)

    settings.DEMONSTRATION = True
    page = anonymous.get("/persona/").content.decode()
    assert "Mette Holm" in page
    assert "Demonstration: alle borgere er opdigtede." in page
    assert anonymous.post("/persona/", {"persona": "mette"})["Location"] == "/min-dag/"
    assert signed_in(anonymous)


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_superuser": True}, {"kommune": None}])
def test_not_everyone_is_a_persona(anonymous: WebClient, kommune, settings, change: dict[str, object]) -> None:
    settings.DEMONSTRATION = True
    make_user(kommune, "rod", "Root Admin", Role.LEADER)
    User.objects.filter(username="rod").update(**change)
    assert "Root Admin" not in anonymous.get("/persona/").content.decode()
    assert anonymous.post("/persona/", {"persona": "rod"}).status_code == 404


def test_a_demonstration_cannot_be_secure_as_well(tmp_path) -> None:
    import os
    import subprocess
    import sys

    both = {"FODFAESTE_DEMONSTRATION": "1", "FODFAESTE_SECURE": "1", "DATABASE_URL": "postgresql://nowhere/x"}
    run = subprocess.run(
        [sys.executable, "-c", "import fodfaeste.interfaces.site.settings"],
        env=os.environ | both | {"FODFAESTE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert "leave out one" in run.stderr
