"""Pictures of the pages for the README, from a demonstration of their own that is the same every time.

    python -m tools.screenshots [name ...]     all, or those named

The municipality stands at a fixed day, so that the pictures change only when the pages do. It lies in
``.cache/screenshots``.
"""

from __future__ import annotations

import argparse
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.chromium import HELP, find_chromium

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "images"
HOME = ROOT / ".cache" / "screenshots"
DAY, CITIZENS, SEED = "2026-06-22", 2_000, 1
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 780}
MOST = 200_000
"""Bytes a picture may take."""

_PROGRAM = "from fodfaeste.interfaces.cli import main; main()"
_PATIENCE = 300.0


@dataclass(frozen=True)
class Shot:
    """A picture: who looks at which page, how wide, light or dark."""

    name: str
    persona: str
    path: str
    phone: bool = False
    dark: bool = False


SHOTS = (
    Shot("min-dag", "mette", "/min-dag/"),
    Shot("min-dag-telefon", "mette", "/min-dag/", phone=True),
    Shot("borgeren", "mette", "citizen"),
    Shot("borgeren-moerk", "mette", "citizen", dark=True),
    Shot("loven", "judith", "/loven/lab/31/"),
    Shot("hvad-aendrer-sig", "mette", "/aendringer/?fra=2026-06-30&til=2026-07-01"),
    Shot("kommunen", "lars", "/kommunen/"),
    Shot("borgeren-telefon", "mette", "citizen", phone=True),
    Shot("planen", "borger-dagpenge", "/mit/plan/"),
    Shot("min-side-telefon", "borger-dagpenge", "/mit/", phone=True),
    Shot("aftaler-telefon", "borger-dagpenge", "/mit/aftaler/", phone=True),
    Shot("refusion", "lars", "/kommunen/refusion/trappe/"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the pictures; 2 when that cannot be done here."""
    parser = argparse.ArgumentParser(prog="python -m tools.screenshots", description=__doc__.split("\n", 1)[0])
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(shot.name for shot in SHOTS))
    chosen = parser.parse_args(arguments).names
    shots = [shot for shot in SHOTS if not chosen or shot.name in chosen]
    if find_chromium() is None:
        print(HELP.replace("The browser tests are skipped, since", "No pictures were taken, since"), file=sys.stderr)
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    with _demonstration() as address:
        too_large = [name for name, size in _take(shots, address) if size > MOST]
    if too_large:
        print(f"Larger than {MOST // 1000} kB: {', '.join(too_large)}; show less of the page.", file=sys.stderr)
        return 1
    return 0


def _take(shots: Sequence[Shot], address: str) -> Iterator[tuple[str, int]]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        danish = {**os.environ, "LANGUAGE": "da"}  # how the browser itself writes a day
        line = ["--no-sandbox", "--lang=da-DK"]
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=line, env=danish)
        for shot in shots:
            context = browser.new_context(
                base_url=address, locale="da-DK", viewport=PHONE if shot.phone else DESKTOP,  # type: ignore[arg-type]
                color_scheme="dark" if shot.dark else "light", reduced_motion="reduce",
            )  # fmt: skip
            page = context.new_page()
            page.goto("/persona/")
            page.locator(f'button[name=persona][value="{shot.persona}"]').click()
            page.wait_for_url(re.compile(r"^(?!.*/persona/)"))
            page.goto(_first_citizen(page) if shot.path == "citizen" else shot.path)
            page.wait_for_load_state("networkidle")
            path = FOLDER / f"{shot.name}.png"
            page.screenshot(path=path, animations="disabled", caret="hide")
            context.close()
            size = path.stat().st_size
            print(f"{path.relative_to(ROOT)}: {size // 1000} kB", flush=True)
            yield shot.name, size
        browser.close()


def _first_citizen(page: object) -> str:
    """The address of the citizen on top of the day."""
    page.goto("/min-dag/")  # type: ignore[attr-defined]
    content: str = page.content()  # type: ignore[attr-defined]
    found = re.search(r'href="(/borger/[0-9a-f-]{36}/)"', content)
    if found is None:
        raise RuntimeError("the day shows no citizen to take a picture of")
    return found.group(1)


@contextmanager
def _demonstration() -> Iterator[str]:
    """The program's own server with a municipality that is made once."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    given = kept | {"FODFAESTE_HOME": str(HOME), "FODFAESTE_TODAY": DAY}
    done = HOME / f"imported-{DAY}-{CITIZENS}-{SEED}"
    if not done.exists():
        _run(given, "db", "reset", "--yes")
        _run(given, "demo", "--municipality", str(CITIZENS), "--seed", str(SEED), "--on", DAY)
        done.touch()
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    line = [sys.executable, "-c", _PROGRAM, "serve", "--demo", "--port", str(port), "--workers", "1"]
    server = subprocess.Popen(line, env=given, cwd=ROOT)
    try:
        until = time.monotonic() + _PATIENCE
        while not _answers(address):
            if server.poll() is not None or time.monotonic() > until:
                raise RuntimeError("the demonstration did not start; see above")
            time.sleep(0.3)
        yield address
    finally:
        server.terminate()
        server.wait(30)
        _run(given, "db", "stop")


def _run(given: dict[str, str], *line: str) -> None:
    subprocess.run([sys.executable, "-c", _PROGRAM, *line], env=given, cwd=ROOT, check=True)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/persona/", timeout=10):  # noqa: S310 - our own server
            return True
    except urllib.error.HTTPError:
        return True
    except (urllib.error.URLError, OSError):
        return False


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
