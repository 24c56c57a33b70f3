"""The site to be measured: a municipality in a private database under ``.bench/web``, and the program's own server."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.engines import EngineError
from bench.peers import HOME, ROOT

DAY = "2026-11-22"
"""The day the municipality stands at, and on which the pages are asked for."""

WORKERS, THREADS = 2, 8
_PROGRAM = "from fodfaeste.interfaces.cli import main; main()"
_PATIENCE = 180.0
_LOG = HOME / "web" / "server.log"


def environment(citizens: int, events: int, seed: int) -> dict[str, str]:
    """What leads the program to the municipality of that size, which is kept from one run to the next."""
    home = HOME / "web" / f"{citizens}-{events}-{seed}"
    home.mkdir(parents=True, exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return kept | {"FODFAESTE_HOME": str(home), "FODFAESTE_TODAY": DAY}


def prepare(citizens: int, events: int, seed: int) -> None:
    """Invent and import the municipality unless that is done. Raises EngineError."""
    given = environment(citizens, events, seed)
    done = Path(given["FODFAESTE_HOME"]) / "imported"
    if not done.exists():
        print(f"  inventing and importing {citizens} citizens (once) …", file=sys.stderr, flush=True)
        size = ["--municipality", str(citizens), "--events", str(events), "--seed", str(seed)]
        _program(given, "demo", *size, "--json")
        _program(given, "index", "build", "--json")
        done.touch()


@contextmanager
def serving(given: dict[str, str]) -> Iterator[str]:
    """``fodfaeste serve`` with two workers; gives its address without a slash at the end."""
    port = free_port()
    line = [sys.executable, "-c", _PROGRAM, "serve", "--demo", "--port", str(port), "--workers", str(WORKERS), "--json"]
    with running(line, given, f"http://127.0.0.1:{port}", "/tilgaengelighed/") as address:
        yield address
    _program(given, "db", "stop", "--json")


@contextmanager
def floor(size: int) -> Iterator[str]:
    """A bare Django that answers ``size`` bytes from memory, behind the same server with as many workers."""
    port = free_port()
    line = [
        sys.executable, "-m", "gunicorn", "bench.web.bare:application", "--bind", f"127.0.0.1:{port}",
        "--workers", str(WORKERS), "--threads", str(THREADS), "--worker-class", "gthread", "--preload",
        "--keep-alive", "15", "--log-level", "error",
    ]  # fmt: skip
    given = os.environ | {"BENCH_BYTES": str(size), "PYTHONPATH": str(ROOT)}
    with running(line, given, f"http://127.0.0.1:{port}", "/") as address:
        yield address


@contextmanager
def running(line: Sequence[str], given: dict[str, str], address: str, path: str, log: Path = _LOG) -> Iterator[str]:
    """Start a server, wait until it answers at the path, and stop it at the end. Raises EngineError."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as said:
        server = subprocess.Popen(line, env=given, stdout=said, stderr=said, cwd=ROOT)
    try:
        until = time.monotonic() + _PATIENCE
        while not _answers(address + path):
            if server.poll() is not None or time.monotonic() > until:
                raise EngineError(f"the server did not start:\n{log.read_text(encoding='utf-8')[-1500:]}")
            time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _program(given: dict[str, str], *line: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *line], env=given, capture_output=True, text=True, check=False, cwd=ROOT
    )
    if done.returncode:
        raise EngineError(f"fodfaeste {line[0]} failed:\n{(done.stderr or done.stdout)[-1500:]}")
    return json.loads(done.stdout)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10):
            return True
    except urllib.error.HTTPError:
        return True
    except (urllib.error.URLError, OSError):
        return False


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
