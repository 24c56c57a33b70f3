"""The app as Django knows it."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """intake"""

    name = "fodfaeste.casework.intake"
    label = "intake"
