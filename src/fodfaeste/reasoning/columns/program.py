"""A program: the steps one block of rows goes through, and running it over all blocks on several threads."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from fodfaeste.facts.frames import Array
from fodfaeste.reasoning.columns.driver import driver
from fodfaeste.reasoning.columns.machine import Code

CACHE = 2**22
"""Bytes of columns in between that one thread may fill: they stay in a processor's own cache."""

SMALLEST, LARGEST = 2_048, 8_192
"""Rows handled at a time, at least and at most."""

_ALIGNED = 64


class Operand(NamedTuple):
    """What a step is called with: a number, or where an array begins for a block.

    ``value`` plus ``width`` for each row before the block. Of scratch: ``place`` bytes for each row of a full block
    (a column), or ``cell`` bytes from the beginning (one number). ``kind`` is as ``native`` wants it.
    """

    value: int
    width: int = 0
    kind: str = "int"
    array: Array | None = None
    place: int = -1
    cell: int = -1

    @property
    def dtype(self) -> str:
        """Dtype of an array."""
        return self.kind[1:]


@cache
def number(value: int) -> Operand:
    """A number that is the same for every block."""
    return Operand(value)


LO = Operand(0, 1)
"""The first row of the block."""


def address(array: Array) -> int:
    """Where an array begins."""
    found: int = array.__array_interface__["data"][0]
    return found


@cache
def _kind(dtype: np.dtype[Any]) -> str:
    return f"*{dtype}"


def whole(array: Array) -> Operand:
    """An array every block sees from its beginning."""
    array = np.ascontiguousarray(array)
    return Operand(address(array), 0, _kind(array.dtype), array)


def rows(array: Array) -> Operand:
    """An array of which a block sees its own rows."""
    array = np.ascontiguousarray(array)
    return Operand(address(array), array.itemsize, _kind(array.dtype), array)


@dataclass(slots=True)
class Step:
    """Machine code, or a function of today and arrays, with what it is called with."""

    code: Code | None
    plain: Callable[..., None] | None
    operands: Sequence[Operand]


@dataclass(slots=True)
class Program:
    """Steps in order, over ``size`` rows in blocks of ``block``."""

    size: int
    steps: list[Step] = field(default_factory=list)
    block: int = 0
    row_bytes: int = 0
    cells: int = 0

    def scratch(self, dtype: str) -> Operand:
        """A new column for a block."""
        place = self.row_bytes
        self.row_bytes += np.dtype(dtype).itemsize
        return Operand(0, 0, f"*{dtype}", None, place)

    def cell(self) -> Operand:
        """A new place for one number of 64 bits."""
        cell = self.cells
        self.cells += _ALIGNED
        return Operand(0, 0, "*int64", None, -1, cell)

    def step(self, code: Code | None, operands: Sequence[Operand], plain: Callable[..., None] | None = None) -> None:
        """Add a step."""
        self.steps.append(Step(code, plain, operands))

    def fit(self, block: int) -> None:
        """Settle the rows of a block; 0: as many as fit the cache."""
        fitting = CACHE // max(self.row_bytes, 1) // 64 * 64
        self.block = block or max(SMALLEST, min(LARGEST, fitting))

    @property
    def bytes(self) -> int:
        """Scratch one thread needs."""
        return self.cells + self.row_bytes * self.block + _ALIGNED

    def blocks(self) -> list[tuple[int, int]]:
        """First row and end of every block."""
        return [(lo, min(lo + self.block, self.size)) for lo in range(0, self.size, self.block)]


def run(programs: Sequence[Program], on: int, threads: int, meanwhile: Callable[[], None] = lambda: None) -> None:
    """Run programs that do not need one another, each over all its blocks.

    ``meanwhile`` is done in this thread first, while the others have begun.
    """
    if any(step.code is None for program in programs for step in program.steps):
        meanwhile()
        _run_plain(programs, on, threads)
        return
    steps: list[tuple[int, int, int]] = []
    operands: list[tuple[int, int, int]] = []
    tasks: list[tuple[int, int, int, int]] = []
    for program in sorted(programs, key=lambda one: -one.size):
        begin = len(steps)
        for step in program.steps:
            first = len(operands)
            operands += [_placed(program, one) for one in step.operands]
            steps.append((step.code.address if step.code else 0, first, len(operands)))
        tasks += [(begin, len(steps), lo, hi) for lo, hi in program.blocks()]
    if not tasks or not steps:
        meanwhile()
        return
    tables = [np.array(rows_, np.int64) for rows_ in (tasks, steps, operands or [(0, 0, 0)])]
    counter = np.zeros(1, np.int64)
    most = max(len(step.operands) for program in programs for step in program.steps)
    size = max(program.bytes for program in programs)

    def work() -> None:
        scratch, room = _scratch(size), np.zeros(most, np.int64)
        at = np.array([address(one) for one in (tables[0], counter, tables[1], tables[2], scratch, room)], np.int64)
        driver().call(address(at), len(tasks), on)
        _spare.append(scratch)

    driver()
    _in_threads(work, min(threads, len(tasks)), meanwhile)


def _placed(program: Program, one: Operand) -> tuple[int, int, int]:
    if one.place >= 0:
        return program.cells + one.place * program.block, 0, 1
    return (one.value, one.width, 0) if one.cell < 0 else (one.cell, 0, 1)


_spare: list[Array] = []


def _scratch(size: int) -> Array:
    """Scratch for one thread: some that was used before, or new."""
    try:
        found = _spare.pop()
    except IndexError:
        found = np.empty(0, np.uint8)
    return found if len(found) >= size else np.empty(size, np.uint8)


def _in_threads(work: Callable[[], None], threads: int, meanwhile: Callable[[], None] = lambda: None) -> None:
    """Do the work in this thread, ``meanwhile`` before it, and in as many others as are wanted."""
    if threads < 2:
        meanwhile()
        work()
        return
    with ThreadPoolExecutor(threads - 1) as pool:
        others = [pool.submit(work) for _ in range(threads - 1)]
        meanwhile()
        work()
        for other in others:
            other.result()


def _run_plain(programs: Sequence[Program], on: int, threads: int) -> None:
    """The same block by block in Python, for steps that were not compiled."""
    tasks = iter([(program, lo, hi) for program in programs for lo, hi in program.blocks()])
    lock = threading.Lock()

    def work() -> None:
        scratch = np.empty(max(program.bytes for program in programs), np.uint8)
        while True:
            with lock:
                task = next(tasks, None)
            if task is None:
                return
            for step in task[0].steps:
                _plainly(step, *task, on, scratch)

    _in_threads(work, threads)


def _plainly(step: Step, program: Program, lo: int, hi: int, on: int, scratch: Array) -> None:
    if step.code is not None:
        base = address(scratch)
        at = np.zeros(max(len(step.operands), 1), np.int64)
        for k, one in enumerate(step.operands):
            value, width, share = _placed(program, one)
            at[k] = value + width * lo + share * base
        step.code.call(address(at), hi - lo, on)
        return
    assert step.plain is not None
    step.plain(on, *(_seen(program, one, lo, hi, scratch) for one in step.operands))


def _seen(program: Program, one: Operand, lo: int, hi: int, scratch: Array) -> Any:
    """An operand as Python sees it."""
    if one.array is not None:
        return one.array[lo:hi] if one.width else one.array
    begin = _placed(program, one)[0]
    return scratch[begin : begin + (hi - lo) * np.dtype(one.dtype).itemsize].view(one.dtype)
