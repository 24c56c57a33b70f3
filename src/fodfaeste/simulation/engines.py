"""Who counts the blocks: threads of this process, processes of this machine, or a Dask cluster of any size.

Every engine gives back the blocks it was handed, in any order. A worker that dies takes no block with it: what was not
given back is handed out again. Sums are whole numbers, so no order and no repetition changes a digit.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from fodfaeste.foundation import Problem, ProblemError

ENGINES = ("threads", "processes", "dask")

_Task = TypeVar("_Task")
Answer = TypeVar("Answer")

_PATIENCE = 5  # times a pool of processes is made anew before giving up


def workers_of(number: int | None) -> int:
    """How many work at once: the number given, else as many as this process may use."""
    if number is not None:
        return number
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def hand_out(
    engine: str, count: Callable[[_Task], Answer], tasks: Sequence[_Task], workers: int | None = None,
    scheduler: str | None = None,
) -> Iterator[tuple[int, Answer]]:  # fmt: skip
    """The place of each task and its answer, as they come. ProblemError for an engine that is not there."""
    number = workers_of(workers)
    if engine == "threads":
        with ThreadPoolExecutor(number) as pool:
            yield from _as_they_come(pool, count, tasks, range(len(tasks)))
    elif engine == "processes":
        yield from _by_processes(count, tasks, number)
    elif engine == "dask":
        yield from _by_dask(count, tasks, number, scheduler)
    else:
        raise ProblemError([Problem("--engine", None, "", f"'{engine}' is no engine", f"use {', '.join(ENGINES)}")])


def _as_they_come(
    pool: Executor, count: Callable[[_Task], Answer], tasks: Sequence[_Task], places: Sequence[int]
) -> Iterator[tuple[int, Answer]]:  # fmt: skip
    waiting: dict[Future[Answer], int] = {pool.submit(count, tasks[place]): place for place in places}
    for future in as_completed(waiting):
        yield waiting[future], future.result()


def _by_processes(
    count: Callable[[_Task], Answer], tasks: Sequence[_Task], number: int
) -> Iterator[tuple[int, Answer]]:  # fmt: skip
    import multiprocessing

    left = set(range(len(tasks)))
    for attempt in range(_PATIENCE):
        try:
            with ProcessPoolExecutor(number, mp_context=multiprocessing.get_context("spawn")) as pool:
                for place, answer in _as_they_come(pool, count, tasks, sorted(left)):
                    left.discard(place)
                    yield place, answer
        except BrokenProcessPool:
            if attempt + 1 == _PATIENCE:
                raise
        if not left:
            return


def _by_dask(
    count: Callable[[_Task], Answer], tasks: Sequence[_Task], number: int, scheduler: str | None
) -> Iterator[tuple[int, Answer]]:  # fmt: skip
    try:
        from distributed import Client, LocalCluster
        from distributed import as_completed as as_answered
    except ImportError:
        mend = "install it with pip install fodfaeste[cluster], or use --engine processes"
        raise ProblemError([Problem("--engine", None, "", "Dask is not installed here", mend)]) from None
    cluster: Any = None
    if scheduler is None:
        cluster = LocalCluster(
            n_workers=number, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        )
    try:
        with Client(cluster if cluster is not None else scheduler, timeout=30) as client:
            futures = [client.submit(count, task, pure=False, retries=3) for task in tasks]
            places = {future.key: place for place, future in enumerate(futures)}
            for future, answer in as_answered(futures, with_results=True):
                yield places[future.key], answer
    except OSError as error:
        mend = "start it with dask scheduler, or leave --scheduler out"
        raise ProblemError([Problem("--scheduler", None, "", f"no scheduler answers at {scheduler}", mend)]) from error
    finally:
        if cluster is not None:
            cluster.close()
