"""``fodfaeste db``: the database of the site."""

from __future__ import annotations

from typing import Annotated

import typer

from fodfaeste.interfaces.cli.app import both, group
from fodfaeste.interfaces.cli.desk import Desk, command
from fodfaeste.interfaces.cli.site import migrate, open_site

db = group("db", "Databasen: hvor den er, og dens form.", "The database: where it is, and its shape.")

YesOption = Annotated[
    bool,
    typer.Option("--yes", help=both("Slet uden at spørge.", "Remove without asking.")),
]


@command(
    db,
    "migrate",
    "Bring tabellerne i den form, programmet skal bruge. Intet går tabt.",
    "Bring the tables into the shape the program needs. Nothing is lost.",
)
def db_migrate(desk: Desk) -> None:
    """Bring the tables into shape."""
    open_site(desk)
    migrate(desk)
    desk.show({"migrated": True}, lambda: desk.out.print(desk.pick("Tabellerne er klar.", "The tables are ready.")))


@command(
    db,
    "url",
    "Databasens adresse, så andre programmer kan læse den.",
    "The address of the database, so that other programs can read it.",
)
def db_url(desk: Desk) -> None:
    """Show where the database is; starts the private one."""
    import os

    open_site(desk)
    from fodfaeste.interfaces.site.database import private_url

    url = os.environ.get("DATABASE_URL") or private_url()
    desk.show({"url": url}, lambda: print(url))


@command(
    db,
    "stop",
    "Stands den private databaseserver. Data bliver, hvor de er.",
    "Stop the private database server. The data stay where they are.",
)
def db_stop(desk: Desk) -> None:
    """Stop the private server."""
    open_private(desk)
    from fodfaeste.interfaces.site.database import stop_private

    stopped = stop_private()
    said = desk.pick(
        "Serveren er standset." if stopped else "Serveren kørte ikke.",
        "The server is stopped." if stopped else "The server was not running.",
    )
    desk.show({"stopped": stopped}, lambda: desk.out.print(said))


@command(
    db,
    "reset",
    "Slet alt i den private database, og lav tomme tabeller.",
    "Remove everything in the private database, and make empty tables.",
)
def db_reset(desk: Desk, yes: YesOption = False) -> None:
    """Begin again with empty tables."""
    open_private(desk)
    if not yes:
        raise desk.refuse(
            "Alt i databasen slettes og kan ikke hentes igen. Skriv fodfaeste db reset --yes, hvis det er meningen.",
            "Everything in the database is removed for good. Write fodfaeste db reset --yes if that is meant.",
        )
    from fodfaeste.interfaces.site.database import remove_private

    remove_private()
    open_site(desk)
    migrate(desk)
    said = desk.pick("Databasen er tom, og tabellerne er klar.", "The database is empty, and the tables are ready.")
    desk.show({"reset": True}, lambda: desk.out.print(said))


def open_private(desk: Desk) -> None:
    """Refuse where the database is somebody's own server."""
    from fodfaeste.interfaces.site.database import is_private

    if not is_private():
        raise desk.refuse(
            "DATABASE_URL peger på en server, som ikke er programmets egen; gør det der, med PostgreSQLs værktøjer.",
            "DATABASE_URL leads to a server that is not the program's own; do it there, with PostgreSQL's own tools.",
        )
