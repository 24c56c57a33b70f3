"""The door for a web server. What every request needs is read before the first one comes."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fodfaeste.interfaces.site.settings")
application = get_wsgi_application()


def _read_ahead() -> None:
    """The addresses with all their pages, and the law: before the server splits into processes that share them."""
    from django.urls import get_resolver

    from fodfaeste.interfaces.web.rulebooks import law

    _ = get_resolver().url_patterns
    law()


_read_ahead()
