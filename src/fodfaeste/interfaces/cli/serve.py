"""``fodfaeste serve``: the pages, for people."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import Annotated, Any

import typer

from fodfaeste.interfaces.cli.app import app, both
from fodfaeste.interfaces.cli.demonstration import set_up
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
    _need_port(desk, host, port)
    open_site(desk)
    from fodfaeste.interfaces.site import made

    made.make()
    if not made.styled():
        desk.warn(
            f"Siderne har intet udseende: designsystemet er ikke i {made.NODE_MODULES}; hent npm, og kør 'npm ci'.",
            f"The pages have no style: the design system is not in {made.NODE_MODULES}; install npm, and run 'npm ci'.",
        )
    with desk.err.status(desk.pick("Gør databasen og loven klar …", "Making the database and the law ready …")):
        migrate(desk)
    if demo:
        set_up(desk)
        _need_port(desk, host, port)
    _tell(desk, host, port)
    return _answer(desk, host, port, workers)


def _need_port(desk: Desk, host: str, port: int) -> None:
    """Before anything takes time. Raises Refusal with the next port that is free."""
    from fodfaeste.interfaces.exchange.listening import is_free, next_free

    if is_free(host, port):
        return
    other = next_free(host, port)
    if other is None:
        raise desk.refuse(
            f"Der kan ikke lyttes på {host}, port {port}; vælg andre med --host og --port.",
            f"Nothing can listen on {host}, port {port}; choose others with --host and --port.",
        )
    raise desk.refuse(
        f"Port {port} er optaget; start igen med --port {other} (make run PORT={other}).",
        f"Port {port} is taken; start again with --port {other} (make run PORT={other}).",
    )


def _tell(desk: Desk, host: str, port: int) -> None:
    """Where to go, and as whom."""
    from django.conf import settings
    from django.db import connection
    from django.utils import translation

    from fodfaeste.casework.access.models import Role, User
    from fodfaeste.casework.access.today import today

    shown = "localhost" if host in ("127.0.0.1", "0.0.0.0") else host  # noqa: S104 - compared, not listened on
    address = f"http://{shown}:{port}/"
    users = User.objects.filter(is_active=True, kommune__isnull=False).select_related("kommune")
    with translation.override(desk.lang):
        people = [
            {
                "username": user.username, "name": user.name, "role": user.role, "kommune": str(user.kommune),
                "is": ", ".join(filter(None, (user.get_role_display().lower(), user.team))),
            }
            for user in sorted(users, key=lambda user: (Role.values.index(user.role), user.username))[:12]
        ]  # fmt: skip
    connection.close()
    data: dict[str, Any] = {
        "address": address, "demonstration": settings.DEMONSTRATION, "today": today().isoformat(), "personas": people,
    }  # fmt: skip
    desk.show(data, lambda: _draw(desk, data))
    sys.stdout.flush()


def _draw(desk: Desk, data: dict[str, Any]) -> None:
    if data["demonstration"]:
        where = f"{data['address']}persona/"
        desk.out.print(
            desk.pick(
                f"Siderne er på {where} – vælg, hvem du vil være {data['today']}:",
                f"The pages are at {where} – choose whom to be on {data['today']}:",
            )
        )
        width = max((len(person["name"]) for person in data["personas"]), default=0)
        for person in data["personas"]:
            desk.out.print(f"  {person['name'].ljust(width)}  {person['is']}")
        desk.out.print(desk.pick("Stands med Ctrl-C.", "Stop with Ctrl-C."))
        return
    desk.out.print(desk.pick(f"Siderne er på {data['address']}", f"The pages are at {data['address']}"))
    if not data["personas"]:
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
