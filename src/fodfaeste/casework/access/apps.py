"""The app as Django knows it."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Users, roles, look-ups."""

    name = "fodfaeste.casework.access"
    label = "access"

    def ready(self) -> None:
        """Make the policies known."""
        from fodfaeste.casework.access import policies  # noqa: F401
