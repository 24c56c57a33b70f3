"""A PostgreSQL that is somebody else's: its user owns one database and is no superuser."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

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


@contextmanager
def new_server() -> Iterator[Server]:
    """A server of its own, in a folder that its user (for root, another one) can reach."""
    with TemporaryDirectory(prefix="fodfaeste-") as folder:
        started = start_server(Path(folder) / "postgres")
        try:
            yield Server(started.get_uri())
        finally:
            started.stop()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with new_server() as running_server:
        yield running_server


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
    with served(ours) as address, closing(Browser(address)) as browser:
        form = [one for one in form_of(browser.get("/log-ind/").text, "/log-ind/") if one[0].startswith("csrf")]
        answer = browser.post("/log-ind/", [*form, ("username", "kim"), ("password", password)])
        assert (answer.status, answer.onward) == (302, "/min-dag/")
        assert browser.get("/min-dag/").status == 200
        form = [one for one in form_of(browser.get("/borger/").text, "/borger/") if one[0].startswith("csrf")]
        assert "Ada Holm" in browser.post("/borger/", [*form, ("text", "ada")]).text


def told_to_the_administrator(given: dict[str, str]) -> list[str]:
    """The lines of SQL in the one sentence of a refusal, which leaves nothing half done."""
    refused = fodfaeste(given, "db", "migrate", "--lang", "en")
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    with psycopg.connect(given["DATABASE_URL"]) as link:
        assert link.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)
    return refused.stderr.partition("must run: ")[2].strip().split("; ")


def test_who_may_not_make_roles_is_told_what_the_administrator_runs(home: dict[str, str]) -> None:
    with new_server() as empty:
        first = home | {"DATABASE_URL": empty.database_of("first", "NOCREATEROLE")}
        lines = told_to_the_administrator(first)
        assert [line.split()[0] for line in lines] == ["CREATE", "CREATE"]
        empty.as_administrator(*lines)
        assert fodfaeste(first, "db", "migrate").returncode == 0

        second = home | {"DATABASE_URL": empty.database_of("second", "NOCREATEROLE")}
        lines = told_to_the_administrator(second)
        assert [line.split()[0] for line in lines] == ["GRANT", "GRANT"]
        empty.as_administrator(*lines)
        with psycopg.connect(second["DATABASE_URL"]) as link:
            link.execute("SET ROLE fodfaeste_web")
