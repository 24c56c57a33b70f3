"""``fodfaeste law index``: make the law searchable on the pages."""

from __future__ import annotations

from typing import Annotated

import typer

from fodfaeste.interfaces.cli import display
from fodfaeste.interfaces.cli.app import both
from fodfaeste.interfaces.cli.desk import Desk, command
from fodfaeste.interfaces.cli.law_group import law_app
from fodfaeste.interfaces.cli.site import open_site

ForceOption = Annotated[
    bool,
    typer.Option(
        "--force",
        help=both("Også når loven er den samme som sidst.", "Also when the law is the same as the last time."),
    ),
]


@command(
    law_app,
    "index",
    "Gør loven søgbar på siderne; sker af sig selv, når serveren starter.",
    "Make the law searchable on the pages; the server does it by itself when it starts.",
)
def index(desk: Desk, force: ForceOption = False) -> int:
    """Put the law's passages into the database, unless this very law stands there."""
    open_site(desk)
    from fodfaeste.interfaces.lawpassages import digest_of, index_if_changed, index_law

    law = desk.law()
    made = index_law(law) if force else index_if_changed(law)
    data = {"digest": digest_of(law), "passages": made, "changed": made is not None}
    said = (
        desk.pick(
            "Loven er den samme som sidst; intet er ændret.", "The law is the same as last time; nothing changed."
        )
        if made is None
        else desk.pick(f"{made} stykker af loven kan nu findes.", f"{made} pieces of the law can now be found.")
    )
    desk.show(data, lambda: display.line(desk.out, said))
    return 0
