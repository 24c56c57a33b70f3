"""The app as Django knows it."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """people"""

    name = "fodfaeste.casework.people"
    label = "people"
