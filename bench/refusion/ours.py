"""Ours: the law as tables, and the compiled machine over all rows."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from bench.encoded import encoded_law
from bench.measure import checksum, high_water, repeated, reset_high_water, resident
from bench.refusion.nation import BENEFITS, FIRST_MONDAY, SPAN, nation


def law_terms() -> dict[str, Any]:
    """What the peer needs of the law, read from the tables, so that both have the same."""
    tariff = _tariff(encoded_law())
    situations = [tariff.situation(benefit, None) for benefit in BENEFITS]
    by_week = tariff.share[0, situations[1]]
    edges = [n for n in range(1, len(by_week) - 1) if by_week[n] != by_week[n + 1]]
    return {
        "counts": [bool(tariff.flags[0, s] & 1) for s in situations],
        "upto": edges,
        "rates": [int(by_week[n]) for n in [*edges, len(by_week) - 1]],
        "needed": int(tariff.restart_weeks[0]),
        "window": int(tariff.window_weeks[0]),
        "running": bool(tariff.running[0]),
    }


def _tariff(law: Any) -> Any:
    from fodfaeste.economy import tariff_of

    return tariff_of(law, FIRST_MONDAY, FIRST_MONDAY + 7 * (SPAN + 1), regimes=[])


def run(rows: int, seed: int, threads: int = 2, **_: Any) -> dict[str, Any]:
    """Times and memory of the state share of every row, and its checksum."""
    from fodfaeste.economy import PersonWeeks, share_columns

    law = encoded_law()
    began = time.perf_counter()
    tariff = _tariff(law)
    tables = time.perf_counter() - began
    given = nation(rows, seed)
    situations = np.array([tariff.situation(benefit, None) for benefit in BENEFITS], np.uint16)
    asked = PersonWeeks(given["offsets"], given["day"], situations[given["kind"]], given["amount"])
    del given
    few = asked.offsets[: min(100, asked.persons) + 1]
    share_columns(PersonWeeks(few, asked.day[: few[-1]], asked.situation[: few[-1]], asked.amount[: few[-1]]), tariff)
    reset_high_water()
    before = resident()
    began, busy = time.perf_counter(), time.process_time()
    first = share_columns(asked, tariff, threads=threads)
    took, busy = time.perf_counter() - began, time.process_time() - busy
    most = high_water()
    totals = first.totals()
    sum_ = checksum(np.where(first.known, first.state, 0))
    del first
    return {
        "rows": len(asked.day),
        "sum": sum_,
        "total": totals["state"],
        "first": [took],
        "busy": [busy],
        "tables": [tables],
        "times": repeated(lambda: share_columns(asked, tariff, threads=threads)),
        "most": most,
        "before": before,
    }
