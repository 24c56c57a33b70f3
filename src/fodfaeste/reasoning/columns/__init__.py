"""Columns: the whole rulebook for a nation, compiled. Imports NumPy and Numba; keep it out of web processes."""

from fodfaeste.reasoning.columns.outcome import Columns, DutyColumns
from fodfaeste.reasoning.columns.run import columns

__all__ = ["Columns", "DutyColumns", "columns"]
