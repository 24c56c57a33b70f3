"""The pages, asked over HTTP inside the process."""

from tests.django_site import *  # noqa: F403
