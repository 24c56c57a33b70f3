"""How a run was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bench.peers import HOME


@dataclass(frozen=True)
class Settings:
    """``quick`` takes small sizes; ``scale`` divides the full ones, for a machine with little time or memory.

    ``cold`` throws the compiled kernels of the benchmarks away first and times making them.
    """

    quick: bool = False
    rounds: int = 3
    threads: int = 2
    seed: int = 20261102
    scale: int = 1
    cold: bool = False

    def sizes(self, full: tuple[int, ...], quick: tuple[int, ...]) -> tuple[int, ...]:
        """The sizes to run at."""
        return quick if self.quick else tuple(max(n // self.scale, 1000) for n in full)


CACHE = HOME / "cache"
"""Where the compiled kernels of the benchmarks lie, apart from the user's."""


def kernels(engine: str) -> Mapping[str, Mapping[str, str]]:
    """The environment of each engine by name: ours keeps its kernels in a place of its own."""
    return {engine: {"FODFAESTE_CACHE": str(CACHE), "NUMBA_CACHE_DIR": str(CACHE)}}
