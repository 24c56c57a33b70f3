"""A PostgreSQL that is somebody else's: its user owns one database and is no superuser."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from bench.web.browsers import Browser, form_of
from bench.web.site import free_port, running
from fodfaeste.interfaces.site.database import start_server

ROOT = Path(__file__).parents[2]
PROGRAM = "from fodfaeste.interfaces.cli import main; main()"
pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Server:
    """A server with nothing of ours on it."""

    url: str

    def as_administrator(self, *lines: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as link:
            for line in lines:
                link.execute(line)  # type: ignore[call-overload]

    def database_of(self, user: str, rights: str) -> str:
        """The address of a new database under a new user."""
        self.as_administrator(f"CREATE ROLE {user} LOGIN {rights}", f"CREATE DATABASE {user} OWNER {user}")
        return self.url.replace("//postgres:@", f"//{user}@").replace("/postgres?", f"/{user}?")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = start_server(tmp_path_factory.mktemp("foreign") / "postgres")
    yield Server(started.get_uri())
    started.stop()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FODFAESTE_", "DJANGO_"))}
    return kept | {"FODFAESTE_HOME": str(tmp_path_factory.mktemp("home")), "FODFAESTE_TODAY": "2026-08-20"}


def fodfaeste(given: dict[str, str], *line: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *line], env=given, capture_output=True, text=True, check=False, timeout=180
    )


@pytest.fixture(scope="module")
def ours(server: Server, home: dict[str, str]) -> dict[str, str]:
    """The municipality of the examples, imported by an owner who may make roles."""
    given = home | {"DATABASE_URL": server.database_of("municipality", "CREATEROLE")}
    migrated = fodfaeste(given, "db", "migrate")
    assert migrated.returncode == 0, migrated.stderr
    imported = fodfaeste(given, "import", str(ROOT / "examples" / "extracts"), "--kommune", "Odense", "--json")
    assert imported.returncode == 0, imported.stdout + imported.stderr
    return given


def test_the_index_is_built(ours: dict[str, str]) -> None:
    built = fodfaeste(ours, "index", "build", "--json")
    assert built.returncode == 0, built.stderr
    assert json.loads(built.stdout)["built"][0]["cases"] > 0


def test_the_rule_of_one_municipality_binds_the_owner_too(ours: dict[str, str]) -> None:
    with psycopg.connect(ours["DATABASE_URL"]) as link:
        seen = "SELECT count(*) FROM people_citizen"
        assert link.execute(seen).fetchone() == (0,)
        link.execute("SELECT set_config('app.kommune', '461', true)")
        assert link.execute(seen).fetchone() > (0,)
        link.execute("SELECT set_config('app.kommune', '751', true)")
        assert link.execute(seen).fetchone() == (0,)


@contextmanager
def served(given: dict[str, str]) -> Iterator[str]:
    port = free_port()
    line = [sys.executable, "-c", PROGRAM, "serve", "--port", str(port), "--workers", "1"]
    log = Path(given["FODFAESTE_HOME"]) / "server.log"
    with running(line, given, f"http://127.0.0.1:{port}", "/tilgaengelighed/", log) as address:
        yield address


def test_a_caseworker_signs_in_and_finds_her_citizens(ours: dict[str, str]) -> None:
    line = ["user", "add", "kim", "--name", "Kim Bo", "--role", "caseworker", "--kommune", "Odense", "--json"]
    password = json.loads(fodfaeste(ours, *line).stdout)["password"]
    with served(ours) as address:
        browser = Browser(address)
        form = [one for one in form_of(browser.get("/log-ind/").text, "/log-ind/") if one[0].startswith("csrf")]
        answer = browser.post("/log-ind/", [*form, ("username", "kim"), ("password", password)])
        assert (answer.status, answer.onward) == (302, "/min-dag/")
        assert browser.get("/min-dag/").status == 200
        assert "Ada Holm" in browser.get("/borger/?q=Holm").text
        browser.close()


def test_who_may_not_make_roles_is_told_what_the_administrator_runs(server: Server, home: dict[str, str]) -> None:
    given = home | {"DATABASE_URL": server.database_of("guest", "NOCREATEROLE")}
    refused = fodfaeste(given, "db", "migrate", "--lang", "en")
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    with psycopg.connect(given["DATABASE_URL"]) as link:
        tables = link.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert tables == (0,)
    server.as_administrator(*refused.stderr.partition("must run: ")[2].strip().split("; "))
    assert fodfaeste(given, "db", "migrate").returncode == 0


def test_on_a_server_without_the_roles_two_lines_make_them(home: dict[str, str], tmp_path: Path) -> None:
    started = start_server(tmp_path / "postgres")
    try:
        empty = Server(started.get_uri())
        given = home | {"DATABASE_URL": empty.database_of("guest", "NOCREATEROLE")}
        refused = fodfaeste(given, "db", "migrate", "--lang", "en")
        lines = refused.stderr.partition("must run: ")[2].strip().split("; ")
        assert len(lines) == 2, refused.stderr
        empty.as_administrator(*lines)
        assert fodfaeste(given, "db", "migrate").returncode == 0
    finally:
        started.stop()
