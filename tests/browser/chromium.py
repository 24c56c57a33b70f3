"""Where a Chromium is."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HELP = (
    "No Chromium was found: on Debian, 'apt-get install chromium' as root, else '.venv/bin/playwright install "
    "chromium', or set FODFAESTE_CHROMIUM to one."
)


def find_chromium(playwrights_own: str = "") -> str | None:
    """$FODFAESTE_CHROMIUM, else one of the machine's, else the one that Playwright fetched, else None."""
    given = os.environ.get("FODFAESTE_CHROMIUM")
    found = [given, *map(shutil.which, NAMES), playwrights_own]
    return next((path for path in found if path and Path(path).exists()), None)
