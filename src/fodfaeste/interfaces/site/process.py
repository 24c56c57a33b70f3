"""Django made ready in a process that did not begin with it: a command, a test."""

from __future__ import annotations

import os

SETTINGS = "fodfaeste.interfaces.site.settings"


class NotInstalledError(Exception):
    """The library is here, but not what the pages and the database need."""


def make_ready() -> None:
    """Set Django up once, connected as the owner of the tables. Raises NotInstalledError, or AddressError."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    try:
        import django
    except ModuleNotFoundError as error:
        raise NotInstalledError from error
    django.setup()


def migrate() -> None:
    """Bring the tables to the shape this version needs."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
