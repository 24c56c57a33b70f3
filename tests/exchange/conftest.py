"""Django, its database, and folders of extracts."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.django_site import *  # noqa: F403
from tests.exchange.folders import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder with two citizens, Ada and Bo, ready for more tables."""
    made = Folder(tmp_path / "udtræk")
    made.write(
        "borgere", "Personnummer;Navn;Sag åbnet", "6105901234;Ada Holm;01-03-2026", "6206852345;Bo Friis;2026-01-05"
    )
    return made


@pytest.fixture
def taken(kommune: object) -> Callable[..., object]:
    """Import a folder into Odense, or another municipality: ``taken(folder, kommune=…)``."""
    from tests.exchange.folders import take

    def run(folder: Folder, **more: object) -> object:
        return take(folder, more.pop("kommune", kommune), **more)

    return run
