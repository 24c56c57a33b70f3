"""All norms in force, in columns: checked against the evaluator of one case, timed, and their memory watched."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import numpy as np

from bench.encoded import ON, bytes_of, bytes_read, bytes_written, encoded_law, general_rulebook, in_force, mix
from bench.measure import high_water, repeated, reset_high_water, resident
from bench.nation.caseload import caseload
from fodfaeste.facts import Frames
from fodfaeste.facts.assembly import view_of
from fodfaeste.reasoning import judge_of
from fodfaeste.rulebook import Rulebook

SOME = 64
"""Persons whose answers are compared with the evaluator of one case before anything is timed."""


def run(n: int, events: int, seed: int, threads: int = 2, detail: str = "status", **_: Any) -> dict[str, Any]:
    """Times, bytes and memory of every norm for ``n`` persons."""
    from fodfaeste.reasoning.columns import columns

    law = encoded_law()
    rulebook = general_rulebook(law)
    frames = caseload(law.vocabulary, ON, n, events, seed)
    began = time.perf_counter()
    columns(rulebook, frames.slice(0, 1000), detail=detail, threads=threads, compiled=True)
    first = time.perf_counter() - began
    agree(rulebook, frames)

    reset_high_water()
    before = resident()
    answer = columns(rulebook, frames, detail=detail, threads=threads, compiled=True)
    peak = high_water() - before
    out = bytes_written(answer, frames)
    del answer
    times = repeated(
        lambda asked: columns(rulebook, asked, detail=detail, threads=threads, compiled=True),
        least=3, most=5, budget=20, fresh=lambda: replace(frames),
    )  # fmt: skip
    return {
        "times": times,
        "first": first,
        "norms": len(in_force(rulebook)),
        "mix": mix(rulebook),
        "read": bytes_read(rulebook, frames),
        "held": bytes_of(frames),
        "written": out,
        "beyond": peak - out,
        "seen": high_water() > 0,
    }


def agree(rulebook: Rulebook, frames: Frames) -> None:
    """Raise unless columns and the evaluator of one case say the same of some persons."""
    from fodfaeste.reasoning.columns import columns

    some = frames.slice(0, SOME)
    answer = columns(rulebook, some, detail="full", compiled=True)
    judge = judge_of(rulebook)
    items: dict[str, int] = {}
    for row in range(some.n):
        found = judge.all(view_of(some, row, rulebook.vocabulary))
        taken: dict[str, int] = {}
        for norm, raw in zip(rulebook.norms.values(), found, strict=True):
            if norm.absent:
                continue
            kind = norm.norm.each
            outcomes = raw if isinstance(raw, list) else [raw]
            at = items.get(kind, 0) if kind else row
            for offset, outcome in enumerate(outcomes):
                _same(norm.id, answer[norm.id], at + offset, outcome)
            if kind:
                taken[kind] = len(outcomes)
        for kind, number in taken.items():
            items[kind] = items.get(kind, 0) + number


def _same(norm: str, column: Any, row: int, outcome: tuple[int | None, ...]) -> None:
    if isinstance(column, np.ndarray):
        value = int(column[row])
        wanted = outcome[0]
        same = value == wanted or (wanted is None and value in (1, int(np.iinfo(column.dtype).min)))
    else:
        value, wanted = (int(column.status[row]), int(column.due[row])), (outcome[0], outcome[2])
        same = value == wanted
    if not same:
        raise AssertionError(f"{norm}, row {row}: columns say {value}, one case says {wanted}: nothing was timed")
