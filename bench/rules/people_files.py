"""Reading the columns all engines share, and refusing to time an engine that answers otherwise than the judge."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from bench.rules.terms import INPUTS


def read_people(folder: str) -> dict[str, Any]:
    """The columns of a folder, in memory."""
    return {name: np.load(Path(folder) / f"{name}.npy") for name in INPUTS}


def expect(found: Mapping[str, int], sums: Mapping[str, int]) -> None:
    """Raise unless every result column has the checksum of the judge."""
    wrong = [name for name, value in sums.items() if found[name] != value]
    if wrong:
        raise AssertionError(f"answers differ from the judge in {', '.join(wrong)}: nothing was timed")
