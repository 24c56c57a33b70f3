"""The app as Django knows it."""

from django.apps import AppConfig


class LawbookConfig(AppConfig):
    """lawbook"""

    name = "fodfaeste.casework.lawbook"
    label = "lawbook"
