from tests.django_site import *  # noqa: F403
