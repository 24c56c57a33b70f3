"""Seeded persons for the ten rules, kept as one file per column, so that every engine reads the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from bench.measure import checksum
from bench.peers import HOME
from bench.rules.reference import results
from bench.rules.terms import INPUTS, RESULTS

LAW = Path(__file__).parent / "law"
ON = 20759
"""The day asked about, in days since 1970: a Monday in 2026."""

_GROUPS = (0.42, 0.07, 0.16, 0.04, 0.13, 0.05, 0.03, 0.10)
_SCHEMES = (0.02, 0.10, 0.83, 0.05)


def tables() -> dict[str, Any]:
    """The two tables of the law folder as nested lists, in the order of the enums."""
    words = yaml.safe_load((LAW / "vocabulary" / "words.yaml").read_text(encoding="utf-8"))["enums"]
    found = {}
    for section, name in (("1", "samtaler_paakraevet"), ("2", "tilbud_grund")):
        norms = yaml.safe_load((LAW / "maal" / f"{section}.yaml").read_text(encoding="utf-8"))["norms"]
        table = next(norm for norm in norms if norm["name"] == name)["versions"][0]["table"]
        found[name] = _nested(table["rows"], [list(words[enum]) for enum in table["by"]])
    return found


def _nested(rows: Any, keys: list[list[str]]) -> Any:
    return rows if not keys else [_nested(rows[key], keys[1:]) for key in keys[0]]


def people(n: int, seed: int) -> dict[str, Any]:
    """Columns of ``n`` invented persons: most in the present scheme, few near their limits, some far past."""
    draw = np.random.default_rng(seed)
    weeks = np.minimum(draw.exponential(45, n), 1000).astype(np.int16)
    group = draw.choice(len(_GROUPS), n, p=_GROUPS).astype(np.int8)
    sick = np.isin(group, (4, 5))
    columns = {
        "ordning": draw.choice(len(_SCHEMES), n, p=_SCHEMES).astype(np.int8),
        "gruppe": group,
        "alder": np.clip(draw.normal(41, 13, n), 15, 75).astype(np.int8),
        "samtaler": np.minimum(draw.poisson(2.2, n), 40).astype(np.int8),
        "uger_forloeb": weeks,
        "foerste_henvendelse": (ON - weeks.astype(np.int32) * 7 - draw.integers(0, 7, n)).astype(np.int32),
        "foerste_holdt": draw.random(n) < 0.86,
        "tilbud_uger": np.where(draw.random(n) < 0.35, draw.integers(1, 60, n), 0).astype(np.int16),
        "sygeuge": np.where(sick, weeks, 0).astype(np.int16),
        "forventet_uger": np.minimum(draw.exponential(60, n), 400).astype(np.int16),
        "uddannelse": draw.random(n) < 0.55,
        "akkumuleret": np.minimum(weeks + draw.integers(0, 40, n), 156).astype(np.int16),
        "ugesats": np.clip(draw.normal(390_000, 90_000, n), 100_000, 900_000).astype(np.int32),
    }
    assert {name: str(column.dtype) for name, column in columns.items()} == INPUTS
    return columns


def write_people(n: int, seed: int) -> tuple[Path, dict[str, int]]:
    """The folder with the columns, and the checksum every engine must give for each result."""
    folder = HOME / "data" / f"rules-{n}-{seed}"
    expected = folder / "expected.json"
    text = json.dumps(tables(), sort_keys=True)
    if expected.exists():
        known = json.loads(expected.read_text(encoding="utf-8"))
        if known["tables"] == text:
            return folder, known["sums"]
    folder.mkdir(parents=True, exist_ok=True)
    columns = people(n, seed)
    for name, column in columns.items():
        np.save(folder / f"{name}.npy", column)
    answers = results(columns, tables(), ON)
    sums = {name: checksum(answers[name]) for name in RESULTS}
    expected.write_text(json.dumps({"tables": text, "sums": sums}), encoding="utf-8")
    return folder, sums
