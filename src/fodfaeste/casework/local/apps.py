"""The app as Django knows it."""

from django.apps import AppConfig


class LocalConfig(AppConfig):
    """A municipality's decisions about its own promises."""

    name = "fodfaeste.casework.local"
    label = "local"

    def ready(self) -> None:
        """Make the policies known."""
        from fodfaeste.casework.local import policies  # noqa: F401
