"""The peer: the same rules with pandas and NumPy, whole columns at a time.

Weeks are made distinct with a groupby; the ladder is counted by running sums; restarts are found in rounds, each
looking at all rows of those persons who had one in the round before. Nothing here is a loop over rows.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from bench.measure import checksum, high_water, repeated, reset_high_water, resident
from bench.refusion.nation import nation

_FAR = 1 << 13  # more than any week's number counted from the first


def run(rows: int, seed: int, terms: dict[str, Any], threads: int = 2, **_: Any) -> dict[str, Any]:
    """Times and memory of the state share of every row, and its checksum."""
    given = nation(rows, seed)
    first = shares(given, terms)
    answer = {"rows": len(given["day"]), "sum": checksum(first), "total": int(first.sum())}
    del first
    reset_high_water()
    before = resident()
    answer["times"] = repeated(lambda: shares(given, terms), least=1, most=3, budget=5)
    return answer | {"most": high_water(), "before": before}


def shares(given: dict[str, Any], terms: dict[str, Any]) -> Any:
    """The state share of every row in øre; 0 for a benefit that is not shared."""
    counts = np.array(terms["counts"])
    person = np.repeat(np.arange(len(given["offsets"]) - 1, dtype=np.int64), np.diff(given["offsets"]))
    week = (given["day"].astype(np.int64) + 3) // 7
    week -= week.min()
    rows = pd.DataFrame({"key": person * _FAR + week, "counts": counts[given["kind"]]})
    weeks = rows.groupby("key", sort=False)["counts"].any()  # the rows stand in order of person and week
    number = _numbers(weeks.index.to_numpy(), weeks.to_numpy(), terms)
    place = np.cumsum(np.r_[False, np.diff(rows["key"].to_numpy()) != 0])
    band = np.searchsorted(np.array(terms["upto"]), np.maximum(number, 1), "left")
    rate = np.where(rows["counts"], np.array(terms["rates"])[band][place], 0)
    exact = given["amount"].astype(np.int64) * rate
    if not terms["running"]:
        return ((exact + 5_000) // 10_000).astype(np.int32)
    total = pd.Series(exact).groupby(person, sort=False).cumsum().to_numpy()
    whole = (total + 5_000) // 10_000
    before = np.r_[0, whole[:-1]]
    before[given["offsets"][:-1]] = 0
    return (whole - before).astype(np.int32)


def _numbers(key: Any, counted: Any, terms: dict[str, Any]) -> Any:
    """The number on the ladder after each distinct week."""
    person, week = key // _FAR, key % _FAR
    order = np.arange(len(key))
    starts = np.r_[True, person[1:] != person[:-1]]
    firsts = order[starts]
    persons = person[firsts]
    size = int(persons[-1]) + 1
    first = pd.Series(order[counted]).groupby(person[counted], sort=False).first()
    anchor = np.full(size, len(key))
    anchor[first.index] = first.to_numpy()  # the row of the first benefit week, later of the last restart
    begun = np.zeros(len(key), bool)
    begun[anchor[anchor < len(key)]] = True
    after_gap = np.r_[False, week[1:] > week[:-1] + 1] & ~starts
    looked = np.flatnonzero(after_gap & (order > anchor[person]))
    while len(looked):
        who = person[looked]
        since = week[anchor[who]]
        low = np.maximum(week[looked] - terms["window"], since + 1)
        held = week[looked] - low - (looked - np.searchsorted(key, who * _FAR + low))
        earned = looked[held >= terms["needed"]]
        if not len(earned):
            break
        won = pd.Series(earned).groupby(person[earned], sort=False).first()
        # The restart comes with the first counted week at or after the week it was won in.
        paid = np.flatnonzero(counted)
        at = paid[np.minimum(np.searchsorted(paid, won.to_numpy()), len(paid) - 1)]
        here = (at >= won.to_numpy()) & (person[at] == won.index.to_numpy())
        anchor[:] = len(key)
        anchor[won.index[here]] = at[here]
        begun[at[here]] = True
        looked = looked[looked > anchor[person[looked]]]
    total = np.cumsum(counted)
    base = np.where(begun | starts, total - counted, 0)
    return total - np.maximum.accumulate(base)
