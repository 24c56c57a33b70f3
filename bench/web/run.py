"""Benchmark ``web``: how long people wait for the pages, while twenty caseworkers and a leader work at once."""

from __future__ import annotations

from typing import Any

from bench.bars import WEB, Bar, Line, count
from bench.engines import Engine, EngineError, ask
from bench.settings import Settings
from bench.web.site import environment, floor, prepare, serving

SIZES, QUICK = (100_000,), (2_000,)
EVENTS = 50
USERS = 20
THINK = [2.0, 6.0]
"""Seconds between the pages of one person, evenly spread."""

_DURATION = {"full": (120.0, 20.0), "quick": (15.0, 10.0)}
_SHOWN = {
    "inbox": "Min dag", "citizen": "Borgeren", "form": "the form of a conversation", "save": "saving a conversation",
    "save and receipt": "saving, and the receipt", "leader": "Kommunen",
}  # fmt: skip


def run(settings: Settings) -> list[Line]:
    """Percentiles of each page, at each size; and of a bare page behind the same server."""
    return [line for n in settings.sizes(SIZES, QUICK) for line in _sized(n, settings)]


def _sized(n: int, settings: Settings) -> list[Line]:
    given = environment(n, EVENTS, settings.seed)
    prepare(n, EVENTS, settings.seed)
    lasts, warm = _DURATION["quick" if settings.quick else "full"]
    work: dict[str, Any] = {
        "seconds": lasts, "warm": warm, "think": THINK, "seed": settings.seed, "threads": settings.threads,
    }  # fmt: skip
    with serving(given) as address:
        desks = ask(Engine("desks", "", "bench.web.desks"), {"users": USERS, "threads": settings.threads}, given)
        people = {"caseworkers": desks["caseworkers"], "leader": desks["leader"]}
        found = ask(Engine("users", "", "bench.web.users"), work | people | {"address": address})
    with floor(60_000) as address:
        nobody = {"caseworkers": [str(at) for at in range(USERS + 1)], "leader": ""}
        brief = {"seconds": min(lasts, 30.0), "warm": 2.0}
        bare = ask(Engine("users", "", "bench.web.users"), work | nobody | brief | {"address": address})
    if found["faults"]:
        raise EngineError(f"{len(found['faults'])} answers were no good, the first: {found['faults'][0]}")
    return _lines(found["times"] | bare["times"], desks)


def _lines(times: dict[str, list[float]], desks: dict[str, Any]) -> list[Line]:
    size = f"{count(desks['citizens'])} citizens, {desks['events'] / 1e6:.2g} million events, {USERS} caseworkers"
    each = f"each with {min(desks['cases'])} to {max(desks['cases'])} open cases"
    notes = {
        "inbox": each, "citizen": "one of her own", "save": "until the answer", "form": "filled in with what is likely",
        "save and receipt": "the page that says what it changed", "leader": f"{count(desks['open'])} open cases",
    }  # fmt: skip
    lines = [_line(f"{name}: p95", times[what], 95, size, WEB.get(what), notes[what]) for what, name in _SHOWN.items()]
    cold = times.get("cold inbox", [])
    if cold:
        lines.append(_line("Min dag, first minutes: p95", cold, 95, size, None, "nothing kept from before"))
    lines.append(_line("a bare Django page: p95", times["bare"], 95, f"{USERS + 1} readers", None, "no database"))
    return lines


def _line(what: str, found: list[float], part: int, size: str, bar: Bar | None, note: str) -> Line:
    others = ", ".join(f"p{p} {1000 * percentile(found, p):.0f}" for p in (50, 99))
    shown, unit = (percentile(found, part), "s") if bar and bar.unit == "s" else (1000 * percentile(found, part), "ms")
    return Line("web", what, size, shown, unit, bar, f"{others} ms of {len(found)}; {note}")


def percentile(found: list[float], part: int) -> float:
    """The smallest time that so many per cent did not exceed; the longest of few."""
    ordered = sorted(found)
    return ordered[max(-(-len(ordered) * part // 100) - 1, 0)]
