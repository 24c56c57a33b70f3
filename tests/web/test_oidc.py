"""The municipality's own sign-in, against an identity provider that runs beside the test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.urls import include, path

from fodfaeste.casework.access.models import Kommune, Role, User
from fodfaeste.interfaces.site import urls
from tests.django_site import WebClient, make_user
from tests.web.provider import Provider

urlpatterns = [path("oidc/", include("fodfaeste.interfaces.web.signin.oidc_urls")), *urls.urlpatterns]
handler400 = urls.handler400

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

METTE = {
    "sub": "a1b2", "given_name": "Mette", "family_name": "Holm", "email": "mette@odense.example",
    "kommune": "461", "roles": ["caseworker"],
}  # fmt: skip


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    provider = Provider("fodfaeste", "hemmeligt")
    yield provider
    provider.stop()


@pytest.fixture
def provider(running: Provider, settings: Any) -> Provider:
    running.claims, running.token_claims, running.published = dict(METTE), {}, running.key
    settings.AUTHENTICATION_BACKENDS = [
        *settings.AUTHENTICATION_BACKENDS,
        "fodfaeste.interfaces.web.signin.oidc.MunicipalBackend",
    ]
    settings.OIDC_RP_CLIENT_ID, settings.OIDC_RP_CLIENT_SECRET = "fodfaeste", "hemmeligt"
    settings.OIDC_RP_SIGN_ALGO, settings.OIDC_RP_SCOPES = "RS256", "openid profile email"
    settings.OIDC_OP_ISSUER = running.url
    settings.OIDC_OP_AUTHORIZATION_ENDPOINT = f"{running.url}/authorize"
    settings.OIDC_OP_TOKEN_ENDPOINT = f"{running.url}/token"
    settings.OIDC_OP_USER_ENDPOINT = f"{running.url}/userinfo"
    settings.OIDC_OP_JWKS_ENDPOINT = f"{running.url}/keys"
    return running


def signs_in(client: WebClient, provider: Provider, onward: str = "") -> Any:
    sent_to = client.get("/oidc/authenticate/", {"next": onward} if onward else {})
    return client.get(provider.sign_in(sent_to["Location"]))


def test_the_provider_says_who_and_where(anonymous: WebClient, provider: Provider, kommune: Kommune) -> None:
    assert signs_in(anonymous, provider)["Location"] == "/"
    assert anonymous.get("/")["Location"] == "/min-dag/"
    user = User.objects.get(pk=anonymous.session["_auth_user_id"])
    assert (user.name, user.kommune, user.role) == ("Mette Holm", kommune, Role.CASEWORKER)
    assert not user.has_usable_password()


def test_she_comes_to_where_she_was_heading(anonymous: WebClient, provider: Provider, kommune: Kommune) -> None:
    page = anonymous.get("/log-ind/", {"next": "/loven/"})
    assert "/oidc/authenticate/?next=/loven/" in page.content.decode()
    assert signs_in(anonymous, provider, "/loven/")["Location"] == "/loven/"


def test_a_role_taken_away_there_is_taken_away_here(
    anonymous: WebClient, provider: Provider, kommune: Kommune, other_kommune: Kommune, settings: Any
) -> None:
    settings.OIDC_ROLES = {"AD-Ledere": "leader"}
    provider.claims["roles"] = "AD-Ledere"
    signs_in(anonymous, provider)
    provider.claims |= {"roles": ["andet", "jurist"], "kommune": "751"}
    signs_in(anonymous, provider)
    user = User.objects.get()
    assert (user.role, user.kommune) == (Role.JURIST, other_kommune)


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        ({"kommune": "999"}, "hvilken kommune du arbejder i"),
        ({"kommune": None}, "hvilken kommune du arbejder i"),
        ({"roles": ["koekken"]}, "ingen rolle her"),
        ({"roles": None}, "ingen rolle her"),
    ],
)
def test_who_has_no_place_here_is_told_why(
    anonymous: WebClient, provider: Provider, kommune: Kommune, claims: dict[str, Any], sentence: str
) -> None:
    provider.claims |= claims
    assert signs_in(anonymous, provider)["Location"] == "/log-ind/"
    assert sentence in anonymous.get("/log-ind/").content.decode()
    assert not User.objects.exists()
    assert "_auth_user_id" not in anonymous.session


def test_a_closed_user_stays_out(anonymous: WebClient, provider: Provider, kommune: Kommune) -> None:
    signs_in(anonymous, provider)
    anonymous.post("/log-ud/")
    User.objects.update(is_active=False)
    signs_in(anonymous, provider)
    assert "_auth_user_id" not in anonymous.session


def test_no_local_user_is_taken_over_by_name_or_address(
    anonymous: WebClient, provider: Provider, kommune: Kommune
) -> None:
    local = make_user(kommune, "a1b2", "Lokal Bruger", Role.LEADER, email="mette@odense.example")
    signs_in(anonymous, provider)
    assert anonymous.session["_auth_user_id"] != str(local.pk)
    local.refresh_from_db()
    assert local.role == Role.LEADER


@pytest.mark.parametrize(
    "token",
    [{"aud": "another"}, {"iss": "https://another.example"}, {"exp": 1}, {"nonce": "another"}, {"sub": "another"}],
    ids=lambda token: next(iter(token)),
)
def test_a_token_that_is_not_for_us_now_is_refused(
    anonymous: WebClient, provider: Provider, kommune: Kommune, token: dict[str, Any]
) -> None:
    provider.token_claims = token
    page = signs_in(anonymous, provider)
    assert page.status_code in (302, 400)
    assert "_auth_user_id" not in anonymous.session
    assert not User.objects.exists()


def test_a_token_signed_by_somebody_else_is_refused(anonymous: WebClient, provider: Provider, kommune: Kommune) -> None:
    provider.published = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert signs_in(anonymous, provider).status_code == 400
    assert "_auth_user_id" not in anonymous.session


def test_an_answer_nobody_asked_for_is_refused(anonymous: WebClient, provider: Provider, kommune: Kommune) -> None:
    asked = anonymous.get("/oidc/authenticate/")["Location"]
    back = provider.sign_in(asked)
    assert WebClient().get(back)["Location"] == "/log-ind/", "another browser knows nothing of it"
    anonymous.get(back)
    assert anonymous.get(back).status_code == 400, "an answer is good once"
