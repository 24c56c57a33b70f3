"""The app as Django knows it."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The frame of the pages: templates, theme, sign-in."""

    name = "fodfaeste.interfaces.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
