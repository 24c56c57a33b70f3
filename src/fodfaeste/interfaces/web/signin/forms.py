"""The form to sign in with."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from fodfaeste.interfaces.web.signin.lockout import forget_failures, remember_failure, waiting


class SignInForm(AuthenticationForm):
    """User name and password. A wrong pair and a closed account get the same sentence."""

    error_messages = {  # noqa: RUF012 - Django's own way to say it
        "invalid_login": _(
            "Brugernavn og adgangskode passer ikke sammen. Skriv adgangskoden igen, eller ring til nummeret nederst."
        ),
        "inactive": _("Brugernavn og adgangskode passer ikke sammen."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs.pop("autofocus", None)  # a screen reader would miss the heading

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError: the pair is wrong, or the name must wait."""
        username = str(self.cleaned_data.get("username", ""))
        minutes = waiting(username)
        if minutes:
            said = ngettext(
                "Der er skrevet forkert adgangskode for mange gange. Prøv igen om %(minutes)d minut.",
                "Der er skrevet forkert adgangskode for mange gange. Prøv igen om %(minutes)d minutter.",
                minutes,
            )
            raise ValidationError(said, code="waiting", params={"minutes": minutes})
        try:
            cleaned: dict[str, Any] = super().clean()
        except ValidationError:
            remember_failure(username)
            raise
        forget_failures(username)
        return cleaned
