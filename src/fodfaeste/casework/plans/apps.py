"""The app as Django knows it."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """plans"""

    name = "fodfaeste.casework.plans"
    label = "plans"
