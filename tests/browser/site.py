"""The real thing: the program's own server under the role of the pages, and a database of its own."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db import connections

from tests.django_site import made_once, server_url

PATIENCE = 180.0
"""Seconds a server may take to come up, on a machine with much else to do."""


class Site:
    """A running site. ``url`` ends without a slash; ``rows()`` opens its database to the test."""

    def __init__(self, database: str, log: Path, blocker: object) -> None:
        self.database = database
        self.log = log
        self.blocker = blocker
        self.url = f"http://127.0.0.1:{_free_port()}"
        self.process: subprocess.Popen[bytes] | None = None

    @contextmanager
    def rows(self) -> Iterator[None]:
        """Inside, Django's models read and write the database of the site, and every write lasts."""
        link = connections["default"]
        link.close()
        before = link.settings_dict["NAME"]
        link.settings_dict["NAME"] = self.database
        try:
            with self.blocker.unblock():  # type: ignore[attr-defined]
                yield
        finally:
            link.close()
            link.settings_dict["NAME"] = before

    def make_database(self) -> None:
        with psycopg.connect(server_url(), autocommit=True) as link:
            link.execute(f'CREATE DATABASE "{self.database}" TEMPLATE "{made_once()}"')  # type: ignore[arg-type]

    def session_of(self, username: str) -> str:
        """A session in which somebody has signed in; its key."""
        from tests.django_site import User, WebClient

        with self.rows():
            client = WebClient()
            client.force_login(User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
            return str(client.session.session_key)

    def drop_database(self) -> None:
        with psycopg.connect(server_url(), autocommit=True) as link:
            link.execute(f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')  # type: ignore[arg-type]

    def start(self, **environment: str) -> None:
        """Start ``fodfaeste serve`` and wait until it answers."""
        port = self.url.rpartition(":")[2]
        program = "from fodfaeste.interfaces.cli import main; main()"
        line = [sys.executable, "-c", program, "serve", "--port", port, "--workers", "1"]
        given = {"DATABASE_URL": server_url(self.database), "FODFAESTE_DEMONSTRATION": "1"}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                line,
                env=os.environ | given | environment,
                stdout=log,
                stderr=log,
                preexec_fn=_end_with_us,  # noqa: PLW1509 - one call
            )
        until = time.monotonic() + PATIENCE
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > until:
                self.stop()
                raise RuntimeError(f"the site did not start: {self.log.read_text(encoding='utf-8')[-2000:]}")
            time.sleep(0.1)

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/tilgaengelighed/", timeout=5):
                return True
        except urllib.error.HTTPError:
            return True
        except (urllib.error.URLError, OSError):
            return False


def _end_with_us() -> None:
    """Tell Linux to end the server when the tests are killed, which no fixture could."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
