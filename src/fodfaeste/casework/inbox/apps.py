"""The app as Django knows it."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """inbox"""

    name = "fodfaeste.casework.inbox"
    label = "inbox"
