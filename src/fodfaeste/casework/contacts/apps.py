"""The app as Django knows it."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """contacts"""

    name = "fodfaeste.casework.contacts"
    label = "contacts"
