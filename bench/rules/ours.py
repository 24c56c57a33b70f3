"""The ten rules by this library: the law folder read, resolved and answered in columns."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from bench.measure import checksum, repeated
from bench.rules.people_files import expect, read_people
from bench.rules.terms import INPUTS, RESULTS
from fodfaeste.facts import Vocabulary
from fodfaeste.facts.assembly import frames_from_arrays
from fodfaeste.facts.frames import Frames, field_dtype
from fodfaeste.rulebook import load_law, resolve

LAW = Path(__file__).parent / "law"


def frames_of(columns: dict[str, Any], vocabulary: Vocabulary, on: int) -> Frames:
    """The shared columns as frames: truths are 0 and 2, the rest only takes the dtype of its field."""
    fields = {
        name: column.astype(np.int8) * np.int8(2)
        if INPUTS[name] == "bool"
        else column.astype(field_dtype(name, vocabulary), copy=False)
        for name, column in columns.items()
    }
    return frames_from_arrays(vocabulary, on, len(columns["alder"]), fields)


def plain(name: str, column: Any) -> Any:
    """A result as the judge has it: truths 0 and 1."""
    return column >> 1 if RESULTS[name] == "bool" else column


def run(folder: str, sums: dict[str, int], on: int, threads: int = 2, **_: Any) -> dict[str, Any]:
    """Times from frames in memory to all ten result columns in memory, in fresh arrays and in reused ones.

    Every repetition has a Frames object of its own over the same columns, so that nothing remembered about
    the last one helps.
    """
    from fodfaeste.reasoning.columns import columns

    law = load_law(LAW)
    rulebook = resolve(law, on)
    norms = {name: law.names[name] for name in RESULTS}
    wanted = list(norms.values())
    frames = frames_of(read_people(folder), law.vocabulary, on)
    began = time.perf_counter()
    columns(rulebook, frames.slice(0, 1000), norms=wanted, threads=threads, compiled=True)
    first = time.perf_counter() - began

    def answered(asked: Frames) -> Any:
        return columns(rulebook, asked, norms=wanted, threads=threads, compiled=True)

    found = answered(frames)
    expect({name: checksum(plain(name, found[id_])) for name, id_ in norms.items()}, sums)
    sizes = {name: str(found[id_].dtype) for name, id_ in norms.items()}
    reused = repeated(
        lambda asked: columns(rulebook, asked, norms=wanted, threads=threads, compiled=True, into=found),
        least=5, most=15, fresh=lambda: replace(frames),
    )  # fmt: skip
    times = repeated(answered, least=5, most=15, fresh=lambda: replace(frames))
    return {"times": times, "reused": reused, "first": first, "dtypes": sizes}
