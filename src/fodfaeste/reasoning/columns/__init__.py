"""Columns: the whole rulebook for a nation, compiled. Imports NumPy and Numba; keep it out of web processes."""

from fodfaeste.reasoning.columns.run import Columns, DutyColumns, columns

__all__ = ["Columns", "DutyColumns", "columns"]
