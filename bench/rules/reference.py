"""The ten rules once more in plain NumPy with 64-bit numbers: slow and obvious, the judge of all engines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from bench.rules import terms as t


def results(columns: Mapping[str, Any], tables: Mapping[str, Any], on: int) -> dict[str, Any]:
    """The ten results; truths as 0 and 1."""
    c = {name: column.astype(np.int64) for name, column in columns.items()}
    needed_in, offer_in = (np.array(tables[name]) for name in ("samtaler_paakraevet", "tilbud_grund"))
    band = np.where(c["alder"] < t.YOUNG, 0, np.where(c["alder"] < t.OLD, 1, 2))
    near_job = np.isin(c["gruppe"], (t.DP, t.KH_JOBPARAT, t.UDD_PARAT))
    sick = np.isin(c["gruppe"], (t.SYG, t.JAF))
    limit = np.where((c["ordning"] == t.TRIAL) & near_job, t.SHORT, t.LONG)
    exempt = c["forventet_uger"] < limit
    needed = needed_in[c["ordning"], c["gruppe"], band]
    weeks = np.minimum(c["uger_forloeb"], t.WINDOW)
    pace = (c["samtaler"] + 1) * t.WINDOW
    missing = (needed > c["samtaler"]) & ~exempt & (pace <= needed * weeks)
    last = c["foerste_henvendelse"] + np.where(c["gruppe"] == t.DP, t.FIRST_DP, t.FIRST)
    weekday = (last + 3) % 7  # 0 is Monday
    last = np.where(weekday >= 5, last + 7 - weekday, last)
    late = (c["foerste_holdt"] == 0) & ~exempt & (on > last)
    ground = offer_in[c["ordning"], c["gruppe"]]
    offer_week = np.where((band == 0) & (c["uddannelse"] == 0), ground // 2, ground)
    offer_late = (c["tilbud_uger"] == 0) & ~exempt & (c["uger_forloeb"] > offer_week)
    revaluation = sick & (c["sygeuge"] >= t.REVALUATION) & ~(c["forventet_uger"] <= t.SOON_WELL)
    percent = np.full(len(band), t.LAST_STEP)
    for weeks_at_most, rate in reversed(t.STEPS):
        percent = np.where(c["akkumuleret"] <= weeks_at_most, rate, percent)
    refunded = (percent * c["ugesats"] * 2 + 10_000) // 20_000
    return {
        "samtaler_paakraevet": needed,
        "samtale_mangler": missing,
        "foerste_frist": last,
        "foerste_overskredet": late,
        "tilbud_uge": offer_week,
        "tilbud_overskredet": offer_late,
        "undtaget": exempt,
        "sygerevurdering": revaluation,
        "refusionsprocent": percent,
        "nettoudgift": c["ugesats"] - refunded,
    }
