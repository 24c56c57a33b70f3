"""Threads, processes and a cluster count the same to the last digit, also when a worker dies on the way."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest

from fodfaeste.foundation import ProblemError
from fodfaeste.simulation.blocks import count_block
from fodfaeste.simulation.engines import hand_out
from fodfaeste.simulation.run import Engine, run_nation
from tests.simulation.runs import FEWER, GENERAL, people, run, sure_of


def test_threads_in_any_number_and_blocks_in_any_number() -> None:
    whole = count_block(people(), run((GENERAL, FEWER)))
    for engine in (Engine(workers=1, blocks=1), Engine(workers=2, blocks=5), Engine(workers=3)):
        assert run_nation(people(), run((GENERAL, FEWER)), engine).digest == whole.digest


def test_processes_count_the_same() -> None:
    ours = run((GENERAL, FEWER))
    assert run_nation(people(), ours, Engine("processes", workers=2)).digest == count_block(people(), ours).digest


def test_a_process_that_dies_takes_no_task_with_it(tmp_path: Path) -> None:
    mark = str(tmp_path / "mark")
    found = dict(hand_out("processes", sure_of, [mark] * 6, workers=2))
    assert sorted(found) == list(range(6))
    assert Path(mark).exists()


def test_a_cluster_counts_the_same_while_a_worker_is_killed() -> None:
    distributed = pytest.importorskip("distributed")
    ours = run((GENERAL, FEWER))
    killed: list[int] = []
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as cluster:

        def kill(done: int, _: int) -> None:
            if done >= 3 and not killed:
                worker = next(iter(cluster.workers.values()))
                killed.append(worker.pid)
                os.kill(worker.pid, signal.SIGKILL)

        how = Engine("dask", scheduler=cluster.scheduler_address, blocks=24)
        found = run_nation(people(), ours, how, progress=kill)
    assert killed
    assert found.digest == count_block(people(), ours).digest


def test_an_engine_that_is_not_there_is_refused() -> None:
    with pytest.raises(ProblemError, match="'spark' is no engine — use threads, processes, dask"):
        list(hand_out("spark", sure_of, [""]))


def test_a_run_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    ours, how = run(), Engine(workers=1, blocks=6)

    class Stopped(Exception):  # noqa: N818
        pass

    def stop(done: int, _: int) -> None:
        if done == 3:
            raise Stopped

    with pytest.raises(Stopped):
        run_nation(people(), ours, how, tmp_path, stop)
    kept = len(list(tmp_path.glob("*.npz")))
    assert 3 <= kept <= 6
    steps: list[int] = []
    found = run_nation(people(), ours, how, tmp_path, lambda done, _: steps.append(done))
    assert len(steps) == 6 - kept
    assert found.digest == count_block(people(), ours).digest


def test_a_journal_of_another_run_is_not_used(tmp_path: Path) -> None:
    run_nation(people(), run(), Engine(workers=1, blocks=2), tmp_path)
    other = run_nation(people(), run(seed=9), Engine(workers=1, blocks=2), tmp_path)
    assert other.digest == count_block(people(), run(seed=9)).digest


def test_a_broken_file_of_the_journal_is_counted_again(tmp_path: Path) -> None:
    run_nation(people(), run(), Engine(workers=1, blocks=2), tmp_path)
    next(tmp_path.glob("*.npz")).write_bytes(b"half of it")
    found = run_nation(people(), run(), Engine(workers=1, blocks=2), tmp_path)
    assert found.digest == count_block(people(), run()).digest


def test_threads_end_with_the_run() -> None:
    before = threading.active_count()
    run_nation(people(), run(), Engine(workers=2))
    assert threading.active_count() == before
