"""The app as Django knows it."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """Appointments, conversations held, notes."""

    name = "fodfaeste.casework.contacts"
    label = "contacts"

    def ready(self) -> None:
        """Make the policies known."""
        from fodfaeste.casework.contacts import policies  # noqa: F401
