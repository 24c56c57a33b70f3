"""Benchmark ``intake``: a municipality's extracts into the database, every row checked, known again and written."""

from __future__ import annotations

from bench.bars import INTAKE, Line, count
from bench.engines import Engine, median, rounds
from bench.peers import HOME
from bench.settings import Settings

WAYS = ("import", "copy", "objects")
SIZES, QUICK = (100_000,), (1_000,)
EVENTS = 50


def run(settings: Settings) -> list[Line]:
    """Rows a second for each size and way."""
    return [line for n in settings.sizes(SIZES, QUICK) for line in _sized(n, settings)]


def _sized(n: int, settings: Settings) -> list[Line]:
    engines = [Engine(way, "", "bench.intake.ours") for way in WAYS]
    given = {
        way: {"way": way, "n": n, "events": EVENTS, "seed": settings.seed, "threads": settings.threads} for way in WAYS
    }
    home = {"FODFAESTE_HOME": str(HOME / "intake")}
    found = rounds(engines, given, settings.rounds, settings.seed, dict.fromkeys(WAYS, home))
    rates = {way: median(found[way], "rates") for way in WAYS}
    told = found["import"][-1]
    size = f"{count(told['rows'])} rows of {count(n)} citizens, {told['held_events'] / 1e6:.2g} million events"
    again = median(found["import"], "again")
    memory = max(answer["most"] for answer in found["import"]) / 1e6
    faster = rates["copy"] / rates["import"]
    ratio = f"{faster:.2g} × as fast as the import: the same files as bare text, no index, no check"
    slower = rates["import"] / rates["objects"]
    loop = f"the import is {slower:.2g} × as fast; {count(found['objects'][-1]['rows'])} rows of events only"
    return [
        Line(
            "intake", "import", size, rates["import"], "rows/s", INTAKE["import"], f"{told['rejected']} rows rejected"
        ),
        Line("intake", "the same folder again", size, again, "rows/s", None, "nothing changes"),
        Line("intake", "memory of the reader", size, memory, "MB", None, "without the database"),
        Line("intake", "limit: COPY", size, rates["copy"], "rows/s", None, ratio),
        Line("intake", "peer: bulk_create", size, rates["objects"], "rows/s", None, loop),
    ]
