"""Starting workers: a fresh process per engine and round, in shuffled order, and medians over the rounds."""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.peers import ROOT, python_of
from bench.worker import MARK


class EngineError(RuntimeError):
    """A worker failed; the text is the end of what it said."""


@dataclass(frozen=True)
class Engine:
    """A name for the table, the peer whose Python runs it ('' is ours), and the module that does the work."""

    name: str
    peer: str
    module: str


def ask(engine: Engine, arguments: Mapping[str, Any], environment: Mapping[str, str] | None = None) -> Any:
    """Run the engine once in a fresh process; the answer of its ``run``."""
    return _asked(python_of(engine.peer), engine.peer, engine.module, arguments, environment or {})


def _asked(python: str, peer: str, module: str, arguments: Mapping[str, Any], environment: Mapping[str, str]) -> Any:
    path = [str(ROOT)]
    if not peer and "PYTHONPATH" in os.environ:
        path.append(os.environ["PYTHONPATH"])
    threads = str(arguments.get("threads", 2))
    env = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(path),
        "POLARS_MAX_THREADS": threads,
        "NUMEXPR_NUM_THREADS": threads,
        **environment,
    }
    command = [python, "-m", "bench.worker", module, json.dumps(arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env, cwd=ROOT)
    answers = [line for line in done.stdout.splitlines() if line.startswith(MARK)]
    if done.returncode or not answers:
        said = "\n".join((done.stderr or done.stdout).strip().splitlines()[-12:])
        raise EngineError(f"{module} failed:\n{said}")
    return json.loads(answers[-1].removeprefix(MARK))


def rounds(
    engines: Sequence[Engine],
    arguments: Mapping[str, Mapping[str, Any]],
    times: int,
    seed: int,
    environments: Mapping[str, Mapping[str, str]] | None = None,
) -> dict[str, list[Any]]:
    """Each engine's answers, one a round; the order within a round is shuffled."""
    order = random.Random(seed)
    answers: dict[str, list[Any]] = {engine.name: [] for engine in engines}
    for number in range(times):
        turn = list(engines)
        order.shuffle(turn)
        for engine in turn:
            print(f"  round {number + 1}: {engine.name}", file=sys.stderr, flush=True)
            environment = (environments or {}).get(engine.name)
            answers[engine.name].append(ask(engine, arguments[engine.name], environment))
    return answers


def median(answers: Sequence[Mapping[str, Any]], key: str) -> float:
    """The median over all repetitions of all rounds of one list of times."""
    return statistics.median(value for answer in answers for value in answer[key])
