"""The municipality's own sign-in: who somebody is, where and in what role, is said by its identity provider.

Every sign-in brings name, municipality and role anew, so that a right taken away there is taken away here. A user is
known by the provider's own number (``sub``) and never by an address, which may pass from one person to another.
"""

from __future__ import annotations

from typing import Any

import jwt
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.utils.translation import gettext as _
from mozilla_django_oidc.auth import OIDCAuthenticationBackend

from fodfaeste.casework.access.models import Kommune, Role, User

PREFIX = "oidc:"
"""Before the provider's number in a user name, so that no local user is taken for one of the provider's."""


class MunicipalBackend(OIDCAuthenticationBackend):  # type: ignore[misc]  # says nothing about its types
    """Users of the municipality's identity provider."""

    def _verify_jws(self, payload: str | bytes, key: Any) -> Any:
        """The claims of a token that the provider signed for us and that is still good. Raises SuspiciousOperation."""
        try:
            return jwt.decode(
                payload,
                key,
                algorithms=[self.OIDC_RP_SIGN_ALGO],
                audience=self.OIDC_RP_CLIENT_ID,
                issuer=settings.OIDC_OP_ISSUER or None,
                leeway=30,
                options={"require": ["exp", "iat", "sub"]},
            )
        except jwt.PyJWTError as error:
            raise SuspiciousOperation(f"the provider's token is not good: {error}") from error

    def get_userinfo(self, access_token: str, id_token: str, payload: dict[str, Any]) -> dict[str, Any]:
        """What the provider says of the user; refused when it is about somebody else than the token."""
        told: dict[str, Any] = super().get_userinfo(access_token, id_token, payload)
        if told.get("sub") != payload["sub"]:
            raise SuspiciousOperation("the provider answered about another user than the one who signed in")
        return payload | told

    def verify_claims(self, claims: dict[str, Any]) -> bool:
        """Whether municipality and role are known here; if not, the sign-in page says what is missing."""
        if _kommune(claims) is None:
            self._say(
                _("Kommunens login siger ikke, hvilken kommune du arbejder i. Bed it-afdelingen om at rette det.")
            )
            return False
        if _role(claims) is None:
            self._say(_("Kommunens login giver dig ingen rolle her. Bed din leder om at få den oprettet."))
            return False
        return True

    def filter_users_by_claims(self, claims: dict[str, Any]) -> Any:
        """The user with the provider's number, if she has been here before."""
        return User.objects.filter(username=f"{PREFIX}{claims['sub']}")

    def create_user(self, claims: dict[str, Any]) -> User:
        """Somebody who is here for the first time; she has no password of her own."""
        user = User(username=f"{PREFIX}{claims['sub']}")
        user.set_unusable_password()
        return self.update_user(user, claims)

    def update_user(self, user: User, claims: dict[str, Any]) -> User:
        """Name, address, municipality and role as the provider has them today."""
        role = _role(claims)
        assert role is not None  # verify_claims has looked
        user.first_name = str(claims.get("given_name", ""))[:150]
        user.last_name = str(claims.get("family_name", ""))[:150]
        user.email = str(claims.get("email", ""))[:254]
        user.kommune = _kommune(claims)
        user.role = role
        user.save()
        return user

    def _say(self, sentence: str) -> None:
        messages.error(self.request, sentence)


def _kommune(claims: dict[str, Any]) -> Kommune | None:
    given = str(claims.get(settings.OIDC_KOMMUNE_CLAIM, ""))
    return Kommune.objects.filter(code=int(given)).first() if given.isdigit() and len(given) <= 4 else None


def _role(claims: dict[str, Any]) -> Role | None:
    """The first of the user's roles that is one of ours, or that the municipality has matched with one."""
    given = claims.get(settings.OIDC_ROLE_CLAIM, [])
    names = [given] if isinstance(given, str) else given if isinstance(given, list) else []
    for name in names:
        ours = settings.OIDC_ROLES.get(str(name), str(name))
        if ours in Role.values:
            return Role(ours)
    return None
