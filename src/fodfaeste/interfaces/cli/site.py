"""What the commands of the site share: Django, loaded when it is needed and not before."""

from __future__ import annotations

from fodfaeste.interfaces.cli.desk import Desk


def open_site(desk: Desk) -> None:
    """Make Django ready. Raises Refusal: it is not installed, or DATABASE_URL cannot be read."""
    from fodfaeste.interfaces.site.database import AddressError
    from fodfaeste.interfaces.site.process import NotInstalledError, make_ready

    try:
        make_ready()
    except NotInstalledError:
        raise desk.refuse(
            "Siderne og databasen kræver mere end biblioteket; installér det med: pip install 'fodfaeste[web]'",
            "The pages and the database need more than the library; install it with: pip install 'fodfaeste[web]'",
        ) from None
    except AddressError as error:
        raise desk.refuse(f"Databasen: {error}.", f"The database: {error}.") from None


def migrate(desk: Desk) -> None:
    """Bring the tables into shape, and make the law searchable. Raises Refusal when the database cannot be changed."""
    from django.db import DatabaseError

    from fodfaeste.interfaces.lawpassages import index_if_changed
    from fodfaeste.interfaces.site.process import migrate as bring_into_shape
    from fodfaeste.interfaces.site.roles import lines_for_administrator

    try:
        lines = " ".join(lines_for_administrator())
        if lines:
            raise desk.refuse(
                "Databasens bruger må ikke lave de to roller, siderne kræver; bed serverens administrator køre: "
                + lines,
                "The database's user may not make the two roles the pages need; the server's administrator must run: "
                + lines,
            )
        bring_into_shape()
        index_if_changed(desk.law())
    except DatabaseError as error:
        said = " ".join(str(error).split())
        raise desk.refuse(
            f"Databasen svarer ikke, som den skal: {said}. Se efter, om DATABASE_URL passer, og om brugeren ejer den.",
            f"The database does not answer as it should: {said}. Check DATABASE_URL, and that its user owns it.",
        ) from None
