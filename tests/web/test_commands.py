"""The commands around the site: the server, its database, its users."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from fodfaeste.casework.access.models import Role, User
from fodfaeste.interfaces.cli import main
from tests.django_site import WebClient

PROGRAM = "from fodfaeste.interfaces.cli import main; main()"


def run(*line: str, before: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", before + PROGRAM, *line],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("command", [["serve"], ["db", "migrate"], ["db", "url"]])
def test_without_django_one_sentence_says_what_to_install(command: list[str]) -> None:
    said = run(*command, "--lang", "en", before="import sys; sys.modules['django'] = None; ")
    assert said.returncode == 2
    assert said.stderr.count("\n") == 1
    assert "pip install 'fodfaeste[web]'" in said.stderr


def test_the_help_needs_no_django() -> None:
    said = run("--help", before="import sys; sys.modules['django'] = None; ")
    assert said.returncode == 0
    assert "serve" in said.stdout


def test_an_address_that_is_no_postgresql_is_refused() -> None:
    said = run("db", "migrate", "--lang", "en", DATABASE_URL="mysql://x/y")
    assert said.returncode == 2
    assert "write postgresql://user:password@host:5432/name" in said.stderr
    assert said.stderr.count("\n") == 1


def test_a_database_that_does_not_answer_is_told() -> None:
    said = run("db", "migrate", "--lang", "en", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert said.returncode == 2
    assert "Check DATABASE_URL" in said.stderr


@pytest.mark.parametrize("command", [["stop"], ["reset", "--yes"]])
def test_somebodys_own_server_is_left_alone(command: list[str]) -> None:
    said = run("db", *command, "--lang", "en", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert said.returncode == 2
    assert "not the program's own" in said.stderr


def test_emptying_the_database_must_be_meant() -> None:
    said = run("db", "reset", "--lang", "en")
    assert said.returncode == 2
    assert "--yes" in said.stderr


def test_a_user_is_made_and_can_sign_in(anonymous: WebClient) -> None:
    line = ["user", "add", "oda", "--name", "Oda Marie Bang", "--role", "leader", "--kommune", "odense", "--json"]
    made = CliRunner().invoke(main, line)
    assert made.exit_code == 0, made.output
    password = json.loads(made.stdout)["password"]
    user = User.objects.get(username="oda")
    assert (user.name, user.role, str(user.kommune)) == ("Oda Marie Bang", Role.LEADER, "Odense")
    assert anonymous.post("/log-ind/", {"username": "oda", "password": password})["Location"] == "/kommunen/"


@pytest.mark.parametrize(
    ("role", "kommune", "sentence"),
    [("boss", "odense", "'boss' is no role"), ("leader", "atlantis", "'atlantis' is not one")],
)
def test_a_user_nobody_can_place_is_not_made(db: None, role: str, kommune: str, sentence: str) -> None:
    line = ["user", "add", "oda", "--name", "Oda Bang", "--role", role, "--kommune", kommune, "--lang", "en"]
    made = CliRunner().invoke(main, line)
    assert made.exit_code == 2
    assert sentence in made.stderr
    assert not User.objects.exists()
