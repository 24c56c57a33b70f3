"""Django for the tests that need it; the others never load it.

A ``conftest.py`` takes part with ``from tests.django_site import *``. The database lies in the private PostgreSQL of
``.cache/test`` (or of $FODFAESTE_HOME), in a database of this run's own: several runs may share the server. Pages are
asked under the role that owns nothing, so that row-level security holds in tests as it does for people.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest
from fasteners import InterProcessLock

ROOT = Path(__file__).resolve().parents[1]

__all__ = [
    "anonymous", "caseworker", "citizen_user", "client_as", "jurist", "kommune", "leader", "other_kommune",
    "partner_user", "the_test_database",
]  # fmt: skip

for _name in [name for name in os.environ if name.startswith("FODFAESTE_") and name != "FODFAESTE_HOME"]:
    if _name not in ("FODFAESTE_NODE_MODULES", "FODFAESTE_LANG"):
        del os.environ[_name]  # what somebody set for a server of her own
os.environ.setdefault("FODFAESTE_HOME", str(ROOT / ".cache" / "test"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fodfaeste.interfaces.site.settings")

# What a test wrote need not outlive a power cut: nobody waits for the disk.
os.environ.setdefault("PGOPTIONS", "-c synchronous_commit=off")

import django  # noqa: E402
from django.conf import settings  # noqa: E402

RUN = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
"""The process that all workers of this run belong to."""


TEMPLATE = f"template_{RUN}"
"""A database with the tables and nothing in them, which the others of this run are copied from."""


def _set_up() -> None:
    from fodfaeste.interfaces.site import made

    made.make()
    settings.DATABASES["default"].setdefault("TEST", {}).update(NAME=f"test_{RUN}", TEMPLATE=TEMPLATE)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a slow hash is no part of a test
    settings.WHITENOISE_AUTOREFRESH = True  # each test makes its own handler, which need not list every font
    django.setup()


_set_up()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from fodfaeste.casework.access.models import Kommune, Role, User  # noqa: E402
from fodfaeste.casework.access.protection import WEB_ROLE  # noqa: E402
from fodfaeste.casework.courses.models import Course  # noqa: E402
from fodfaeste.casework.people.models import Citizen  # noqa: E402


def forget_dead_runs(prefix: str) -> None:
    """Remove the databases that runs left behind when they were killed."""
    with psycopg.connect(server_url(), autocommit=True) as link:
        for (name,) in link.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{prefix}%"]).fetchall():
            run = name.removeprefix(prefix).split("_")[0]
            if run.isdigit() and not psutil.pid_exists(int(run)):
                link.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # type: ignore[arg-type]


def server_url(database: str = "postgres") -> str:
    """The address of a database on the server of the tests."""
    found = settings.DATABASES["default"]
    login = f"{found['USER']}:{found['PASSWORD']}@" if found["PASSWORD"] else f"{found['USER']}@"
    if found["HOST"].startswith("/"):
        return f"postgresql://{login}/{database}?host={found['HOST']}"
    return f"postgresql://{login}{found['HOST']}:{found['PORT'] or 5432}/{database}"


@cache
def made_once() -> str:
    """The database to copy: made by the first process of the run that asks, which removes what dead runs left."""
    place = Path(os.environ["FODFAESTE_HOME"])
    with InterProcessLock(place / "template.lock"), psycopg.connect(server_url(), autocommit=True) as link:
        if link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE]).fetchone() is None:
            for prefix in ("test_", "browser_", "template_"):
                forget_dead_runs(prefix)
            raw = f"{TEMPLATE}_raw"
            link.execute(f'CREATE DATABASE "{raw}"')  # type: ignore[arg-type]
            _migrate(raw)
            link.execute(f'ALTER DATABASE "{raw}" RENAME TO "{TEMPLATE}"')  # type: ignore[arg-type]
    return TEMPLATE


def _migrate(database: str) -> None:
    """In a process of its own, since this one's database is chosen already."""
    line = [sys.executable, "-m", "django", "migrate", "--no-input", "--verbosity", "0"]
    subprocess.run(line, env=os.environ | {"DATABASE_URL": server_url(database)}, check=True)


@pytest.fixture(scope="session", autouse=True)
def the_test_database() -> None:
    made_once()


@contextmanager
def as_web() -> Iterator[None]:
    """Under the role of the pages, until the end of the block. Asks outside Django, so that no query is counted."""
    connection.ensure_connection()
    connection.connection.execute(f"SET ROLE {WEB_ROLE}")
    try:
        yield
    finally:
        connection.connection.execute("RESET ROLE")


class WebClient(Client):
    """Django's client, asking under the role of the pages."""

    def request(self, **request: Any) -> Any:
        with as_web():
            return super().request(**request)


@pytest.fixture
def kommune(db: None) -> Kommune:
    return Kommune.objects.get_or_create(code=461, defaults={"name": "Odense", "slug": "odense"})[0]


@pytest.fixture
def other_kommune(db: None) -> Kommune:
    return Kommune.objects.get_or_create(code=751, defaults={"name": "Aarhus", "slug": "aarhus"})[0]


def make_user(kommune: Kommune, username: str, name: str, role: Role, **more: Any) -> User:
    """Somebody invented, who signs in with ``hemmelig``."""
    first, last = name.split(" ", 1)
    return User.objects.create_user(
        username, password="hemmelig", first_name=first, last_name=last, role=role, kommune=kommune, **more
    )


@pytest.fixture
def caseworker(kommune: Kommune) -> User:
    return make_user(kommune, "mette", "Mette Holm", Role.CASEWORKER)


@pytest.fixture
def leader(kommune: Kommune) -> User:
    return make_user(kommune, "lars", "Lars Bro", Role.LEADER)


@pytest.fixture
def jurist(kommune: Kommune) -> User:
    return make_user(kommune, "judith", "Judith Vang", Role.JURIST)


def make_citizen_user(course: Course, username: str = "borger") -> User:
    """The citizen of a course, who can sign in herself."""
    name = course.citizen.name if " " in course.citizen.name else f"{course.citizen.name} Borger"
    return make_user(course.kommune, username, name, Role.CITIZEN, citizen=course.citizen)


@pytest.fixture
def citizen_user(kommune: Kommune) -> User:
    """A citizen with a course in which nothing is written, and no caseworker: ``citizen_user.citizen.course``."""
    citizen = Citizen.objects.create(kommune=kommune, person_number="6203798001", name="Frida Lund")
    return make_citizen_user(Course.objects.create(kommune=kommune, citizen=citizen, opened=date(2025, 3, 1)))


@pytest.fixture
def partner_user(kommune: Kommune) -> User:
    """Somebody outside, who is invited to nothing yet."""
    return make_user(kommune, "partner", "Susanne Kvist", Role.PARTNER, organisation="En opdigtet a-kasse")


@pytest.fixture
def anonymous(db: None) -> Client:
    return WebClient()


@pytest.fixture
def client_as(db: None) -> Callable[[User], Client]:
    """A client somebody has signed in with: ``client_as(caseworker).get("/min-dag/")``."""

    def signed_in(user: User) -> Client:
        client = WebClient()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in
