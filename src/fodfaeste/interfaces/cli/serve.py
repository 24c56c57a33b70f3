"""``fodfaeste serve``: the pages, for people."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import Annotated, Any

import typer

from fodfaeste.interfaces.cli.app import app, both
from fodfaeste.interfaces.cli.desk import Desk, command
from fodfaeste.interfaces.cli.site import migrate, open_site

THREADS = 8
"""Requests one process answers at a time; each holds one connection to the database."""

HostOption = Annotated[
    str,
    typer.Option(
        "--host",
        metavar=both("VÆRT", "HOST"),
        help=both("Adressen, der lyttes på; 0.0.0.0 for alle.", "The address listened on; 0.0.0.0 for all."),
    ),
]
PortOption = Annotated[int, typer.Option("--port", min=1, max=65535, help=both("Porten.", "The port."))]
WorkersOption = Annotated[
    int,
    typer.Option(
        "--workers",
        min=1,
        max=64,
        help=both("Antal processer, der svarer.", "How many processes answer."),
    ),
]
DemoOption = Annotated[
    bool,
    typer.Option(
        "--demo",
        help=both(
            "Demonstration: opdigtede borgere, og enhver kan være enhver. Aldrig med rigtige borgere.",
            "Demonstration: invented citizens, and anyone may be anyone. Never with real citizens.",
        ),
    ),
]


@command(
    app,
    "serve",
    "Siderne: gør databasen klar, og svar på http.",
    "The pages: make the database ready, and answer http.",
)
def serve(
    desk: Desk,
    host: HostOption = "127.0.0.1",
    port: PortOption = 8000,
    workers: WorkersOption = 2,
    demo: DemoOption = False,
) -> int:
    """Serve the pages until somebody stops it."""
    if demo:
        os.environ["FODFAESTE_DEMONSTRATION"] = "1"
    open_site(desk)
    from fodfaeste.interfaces.site import made

    made.make()
    if not made.styled():
        desk.warn(
            f"Siderne har intet udseende: designsystemet er ikke i {made.NODE_MODULES}; hent npm, og kør 'npm ci'.",
            f"The pages have no style: the design system is not in {made.NODE_MODULES}; install npm, and run 'npm ci'.",
        )
    migrate(desk)
    if demo:
        _invent(desk)
    _make_law_searchable(desk)
    _tell(desk, host, port)
    return _answer(desk, host, port, workers)


def _invent(desk: Desk) -> None:
    """The invented municipality, where nobody works yet."""
    from django.db import connection

    from fodfaeste.casework.access.models import User

    if User.objects.filter(kommune__isnull=False).exists():
        return
    connection.close()
    program = "from fodfaeste.interfaces.cli import main; main()"
    for line in (["demo"], ["index", "build"]):
        told = sys.stderr if desk.as_json else None
        code = subprocess.run(  # noqa: S603 - our own commands
            [sys.executable, "-c", program, *line, "--lang", desk.lang], check=False, stdout=told
        ).returncode
        if code:
            raise desk.refuse(
                f"Den opdigtede kommune kunne ikke laves; se ovenfor, ret det, og skriv fodfaeste {' '.join(line)}.",
                f"The invented municipality could not be made; see above, mend it, write fodfaeste {' '.join(line)}.",
            )


def _make_law_searchable(desk: Desk) -> None:
    """The law's passages in the database, unless this very law stands there."""
    from fodfaeste.interfaces.lawpassages import index_if_changed

    index_if_changed(desk.law())


def _tell(desk: Desk, host: str, port: int) -> None:
    """Where to go, and as whom."""
    from django.conf import settings
    from django.db import connection

    from fodfaeste.casework.access.models import User

    shown = "localhost" if host in ("127.0.0.1", "0.0.0.0") else host  # noqa: S104 - compared, not listened on
    address = f"http://{shown}:{port}/"
    users = (
        User.objects.filter(is_active=True, kommune__isnull=False)
        .select_related("kommune")
        .order_by("role", "username")
    )
    people = [
        {"username": user.username, "name": user.name, "role": user.role, "kommune": str(user.kommune)}
        for user in users[:12]
    ]
    connection.close()
    data: dict[str, Any] = {"address": address, "demonstration": settings.DEMONSTRATION, "personas": people}
    desk.show(data, lambda: _draw(desk, data))
    sys.stdout.flush()


def _draw(desk: Desk, data: dict[str, Any]) -> None:
    desk.out.print(desk.pick(f"Siderne er på {data['address']}", f"The pages are at {data['address']}"))
    if data["demonstration"]:
        for person in data["personas"]:
            desk.out.print(f"  {person['name']} ({person['role']}, {person['kommune']})")
        desk.out.print(
            desk.pick(f"Vælg en persona på {data['address']}persona/", f"Choose one at {data['address']}persona/")
        )
    elif not data["personas"]:
        desk.out.print(
            desk.pick(
                "Der er ingen brugere endnu: lav den første med fodfaeste user add.",
                "There are no users yet: make the first one with fodfaeste user add.",
            )
        )
    desk.out.print(desk.pick("Stands med Ctrl-C.", "Stop with Ctrl-C."))


def _answer(desk: Desk, host: str, port: int, workers: int) -> int:
    """Run the web server as a process of its own, which connects under the role that owns nothing."""
    environment = os.environ | {"FODFAESTE_AS_WEB": "1"}
    line = [
        sys.executable, "-m", "gunicorn", "fodfaeste.interfaces.site.wsgi:application",
        "--bind", f"{host}:{port}", "--workers", str(workers), "--threads", str(THREADS), "--worker-class", "gthread",
        "--preload", "--timeout", "60", "--graceful-timeout", "5", "--keep-alive", "15", "--log-level", "error",
    ]  # fmt: skip
    with subprocess.Popen(line, env=environment) as server:  # noqa: S603 - our own interpreter
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server hears it too, and ends in order
        signal.signal(signal.SIGTERM, lambda *_: server.terminate())
        code = server.wait()
    if code:
        raise desk.refuse(
            f"Serveren standsede ({code}). Er port {port} optaget, så vælg en anden med --port.",
            f"The server stopped ({code}). If port {port} is taken, choose another one with --port.",
        )
    return 0
