"""A run: people, a set-up, an engine, and the sums of it all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fodfaeste.population.nation import People, everybody
from fodfaeste.simulation.blocks import Block, blocks_of, count_block
from fodfaeste.simulation.engines import hand_out, workers_of
from fodfaeste.simulation.journal import Journal
from fodfaeste.simulation.setup import Setup
from fodfaeste.simulation.totals import Totals, added

Progress = Callable[[int, int], None]

_BLOCKS_A_WORKER = 32
"""Persons are not alike, so blocks are not: with few, one worker is idle while another counts the last of them."""

_SMALLEST = 5_000  # persons; less than that costs more to hand out than to count


@dataclass(frozen=True)
class Engine:
    """How a run is spread: ``kind`` is threads, processes or dask; blocks None are several for each worker."""

    kind: str = "threads"
    workers: int | None = None
    scheduler: str | None = None
    blocks: int | None = None


@dataclass(frozen=True)
class _Task:
    people: People
    run: Setup


def _count(task: _Task) -> Totals:
    return count_block(task.people, task.run)


def nation(persons: int, seed: int) -> People:
    """The people of a run; as ``population.nation.everybody``."""
    return everybody(persons, seed)


def run_nation(
    people: People, run: Setup, engine: Engine | None = None, journal: Path | None = None,
    progress: Progress | None = None,
) -> Totals:  # fmt: skip
    """The sums of a nation. ``journal`` keeps what is counted, and spares what was counted before.

    The answer depends on people and set-up alone: no engine, number of workers or blocks changes a digit.
    """
    how = engine or Engine()
    blocks = blocks_of(len(people), how.blocks or _number(len(people), how.workers))
    kept = Journal(journal) if journal is not None else None
    mark, who = (run.digest, _who(people)) if kept is not None else ("", "")
    found: list[Totals] = []
    waiting: list[Block] = []
    for block in blocks:
        before = kept.read(mark, who, block) if kept is not None else None
        if before is None:
            waiting.append(block)
        else:
            found.append(before)
    tasks = [_Task(people.slice(block.first, block.last), run) for block in waiting]
    if tasks:
        for place, answer in hand_out(how.kind, _count, tasks, how.workers, how.scheduler):
            if kept is not None:
                kept.write(mark, who, waiting[place], answer)
            found.append(answer)
            if progress is not None:
                progress(len(found), len(blocks))
    return added(found, run)


def _number(persons: int, workers: int | None) -> int:
    many = workers_of(workers)
    return max(min(many * _BLOCKS_A_WORKER, persons // _SMALLEST), many)


def _who(people: People) -> str:
    """A hash of the people."""
    made = hashlib.sha256(str(people.first).encode())
    for column in (people.kommune, people.koen, people.education, people.foedt, people.state, people.weeks):
        made.update(column.tobytes())
    return made.hexdigest()
