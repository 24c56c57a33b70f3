"""What is made from other files and not kept in the repository: compiled translations, the themed style sheet.

Made by ``make setup``, and made again by the server and the tests where a source is newer.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

from fodfaeste.interfaces.site import stylesheet

ROOM = Path(__file__).resolve().parents[2]
"""``src/fodfaeste`` of a working copy, or the installed package."""

SHEET = ROOM / "interfaces" / "web" / "static" / "web" / "dkfds.css"
NODE_MODULES = Path(os.environ.get("FODFAESTE_NODE_MODULES", ROOM.parents[1] / "node_modules"))
DESIGN_SYSTEM = NODE_MODULES / "dkfds" / "dist"


def catalogues() -> Iterator[Path]:
    """Every translation of the pages and of casework."""
    for area in ("interfaces/web", "casework"):
        yield from sorted((ROOM / area).glob("**/locale/*/LC_MESSAGES/django.po"))


def make() -> list[Path]:
    """Make what is missing or older than its source; gives the files that were made.

    The sources of what an installed package brought along need not be there.
    """
    made = []
    for source in catalogues():
        target = source.with_suffix(".mo")
        if _older(target, source):
            _replace(target, _compiled(source))
            made.append(target)
    published = DESIGN_SYSTEM / "css" / "dkfds.css"
    if published.exists() and _older(SHEET, published, Path(stylesheet.__file__)):
        _replace(SHEET, stylesheet.made_from(DESIGN_SYSTEM).encode())
        made.append(SHEET)
    return made


def styled() -> bool:
    """Whether the design system is there; without it the pages can be read, but have no style."""
    return SHEET.exists() and (DESIGN_SYSTEM / "js" / "dkfds.min.js").exists()


def _compiled(source: Path) -> bytes:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        catalogue = read_po(file)
    made = io.BytesIO()
    write_mo(made, catalogue)
    return made.getvalue()


def _older(target: Path, *sources: Path) -> bool:
    if not target.exists():
        return True
    age = target.stat().st_mtime_ns
    return any(source.stat().st_mtime_ns > age for source in sources)


def _replace(target: Path, content: bytes) -> None:
    """Whole or not at all: two processes may make the same file."""
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(target)


if __name__ == "__main__":
    make()
