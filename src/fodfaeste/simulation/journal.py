"""What has been counted, kept on disk while a run goes on, so that a run that was stopped goes on where it was."""

from __future__ import annotations

import io
import os
from dataclasses import fields
from pathlib import Path

import numpy as np

from fodfaeste.simulation.blocks import Block
from fodfaeste.simulation.totals import Totals


class Journal:
    """Sums by run and block in a folder; each is written aside and moved into place, so none stands half."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, run: str, people: str, block: Block) -> Totals | None:
        """The sums of a block that was counted before; None for one that was not, or cannot be read."""
        try:
            with np.load(self._path(run, people, block), allow_pickle=False) as found:
                return Totals(*(found[one.name] for one in fields(Totals)))
        except (OSError, ValueError, KeyError):
            return None

    def write(self, run: str, people: str, block: Block, totals: Totals) -> None:
        """Keep the sums of a block."""
        self.folder.mkdir(parents=True, exist_ok=True)
        held = io.BytesIO()
        np.savez_compressed(held, **{one.name: getattr(totals, one.name) for one in fields(Totals)})
        path = self._path(run, people, block)
        aside = path.with_suffix(f".{os.getpid()}.part")
        aside.write_bytes(held.getvalue())
        aside.replace(path)

    def _path(self, run: str, people: str, block: Block) -> Path:
        return self.folder / f"{run[:16]}-{people[:12]}-{block.first}-{block.last}.npz"
