"""What was measured: on the screen, as JSON, and as a table in the README when it is to be kept."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bench.bars import HEAD, Line
from bench.peers import HOME, PEERS
from bench.settings import Settings

FOLDER = Path(__file__).parent
README = FOLDER / "README.md"
LIBRARIES = ("numpy", "numba", "polars")


def show(lines: list[Line]) -> None:
    """Print the table, columns in line."""
    rows = [HEAD, *(line.cells() for line in lines)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEAD) - 1)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        print("  ".join([*cells, row[-1]]).rstrip())


def keep(lines: list[Line], settings: Settings, kept: bool) -> Path:
    """Write the figures as JSON: beside this file when they are to be kept, else under .bench/."""
    now = dt.datetime.now(tz=dt.UTC)
    folder = FOLDER / "results" if kept else HOME / "results"
    folder.mkdir(parents=True, exist_ok=True)
    names = "-".join(dict.fromkeys(line.bench for line in lines)) or "nothing"
    path = folder / f"{now:%Y-%m-%d-%H%M}-{names}{'-quick' if settings.quick else ''}.json"
    content = {
        "when": now.isoformat(timespec="seconds"),
        "machine": machine(),
        "versions": versions(),
        "settings": vars_of(settings),
        "lines": [line.as_dict() for line in lines],
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def record(lines: list[Line], settings: Settings) -> None:
    """Add a table to the README, with the machine and the day."""
    size = "small sizes" if settings.quick else "full sizes"
    if settings.scale > 1:
        size = f"full sizes divided by {settings.scale}"
    said = ", ".join(f"{name} {number}" for name, number in versions().items())
    rounds = f"{settings.rounds} round{'s' if settings.rounds > 1 else ''}, {settings.threads} threads"
    head = f"### {dt.datetime.now(tz=dt.UTC):%Y-%m-%d}: {size}, {rounds}\n\n{machine()}. {said}.\n"
    table = ["| " + " | ".join(HEAD) + " |", "|" + "---|" * len(HEAD)]
    table += ["| " + " | ".join(cell.replace("|", "/") for cell in line.cells()) + " |" for line in lines]
    text = README.read_text(encoding="utf-8").rstrip()
    README.write_text(f"{text}\n\n{head}\n" + "\n".join(table) + "\n", encoding="utf-8")


def machine() -> str:
    """The processor, how many of it, the memory and the Python."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [row.split(":", 1)[1].strip() for row in info.read_text().splitlines() if row.startswith("model name")]
        model = names[0] if names else model
    memory = ""
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        memory = f", {os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GiB"
    return f"{model}, {os.cpu_count()} processors{memory}, {platform.system()}, Python {platform.python_version()}"


def versions() -> dict[str, str]:
    """The libraries of ours that matter for speed, and the peers."""
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found | {f"peer {peer}": wanted[0] for peer, wanted in PEERS.items()}


def vars_of(settings: Settings) -> dict[str, int | bool]:
    """The settings by name."""
    return {name: getattr(settings, name) for name in settings.__dataclass_fields__}
