"""The app as Django knows it."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """courses"""

    name = "fodfaeste.casework.courses"
    label = "courses"
