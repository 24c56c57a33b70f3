"""``serve --demo``: an invented municipality, at its own day; and what it refuses."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from rich.console import Console

from bench.web.browsers import Browser
from bench.web.site import free_port, running
from fodfaeste.casework.access.models import Kommune
from fodfaeste.casework.people.models import Citizen
from fodfaeste.interfaces.cli.demonstration import set_up
from fodfaeste.interfaces.cli.desk import Desk, Refusal
from tests.django_site import RUN, made_once, server_url

PROGRAM = "from fodfaeste.interfaces.cli import main; main()"


def test_a_port_that_is_taken_is_refused_before_anything_is_done() -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        port = one.getsockname()[1]
        line = [sys.executable, "-c", PROGRAM, "serve", "--port", str(port), "--lang", "en"]
        nowhere = os.environ | {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
        said = subprocess.run(line, env=nowhere, capture_output=True, text=True, check=False, timeout=60)
    assert said.returncode == 2
    assert said.stderr.startswith(f"Port {port} is taken; start again with --port ")
    assert said.stderr.count("\n") == 1


@pytest.mark.django_db
def test_citizens_who_are_not_invented_are_never_shown_to_everybody(kommune: Kommune) -> None:
    Citizen.objects.create(kommune=kommune, person_number="6101909999", name="Opdigtet")
    Citizen.objects.create(kommune=kommune, person_number="0101909999", name="Virkelig")
    desk = Desk("en", False, None, False, Console(), Console(stderr=True))
    with pytest.raises(Refusal, match="citizens of Odense who are not invented"):
        set_up(desk)


@pytest.fixture
def demonstration(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of an invented municipality of forty, imported on a day in the past and not yet looked at."""
    name = f"browser_{RUN}_demonstration"
    with psycopg.connect(server_url(), autocommit=True) as link:
        link.execute(f"CREATE DATABASE {name} TEMPLATE {made_once()}")  # type: ignore[call-overload]
    given = os.environ | {"DATABASE_URL": server_url(name), "FODFAESTE_HOME": str(tmp_path)}
    line = [sys.executable, "-c", PROGRAM, "demo", "--municipality", "40", "--on", "2026-08-20", "--json"]
    subprocess.run(line, env=given, check=True, capture_output=True, timeout=180)
    yield given
    with psycopg.connect(server_url(), autocommit=True) as link:
        link.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[call-overload]


@pytest.mark.slow
def test_a_broken_off_start_goes_on_and_stands_at_the_day_of_the_import(demonstration: dict[str, str]) -> None:
    port = free_port()
    line = [sys.executable, "-c", PROGRAM, "serve", "--demo", "--port", str(port), "--workers", "1", "--json"]
    log = Path(demonstration["FODFAESTE_HOME"]) / "log"
    with (
        running(line, demonstration, f"http://127.0.0.1:{port}", "/persona/", log) as address,
        closing(Browser(address)) as lars,
    ):
        lars.sign_in("lars")
        page = lars.get("/kommunen/").text
    told = log.read_text(encoding="utf-8")
    told = json.loads(told[told.rindex('{\n  "address"') :])
    assert told["today"] == "2026-08-20"
    people = [person["username"] for person in told["personas"]]
    assert people[:7] == ["amina", "jonas", "line", "mette", "viggo", "lars", "judith"]
    assert set(people[7:]) == {"borger-dagpenge", "borger-laenge", "borger-syg", "a-kasse", "arbejdsgiver"}
    assert "20. august 2026" in page
