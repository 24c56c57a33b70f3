"""Reimbursement, budgets, workload and the savings ledger; a caseworker's screen never reaches it."""

from typing import TYPE_CHECKING, Any

from fodfaeste.economy.ladder import Payment, Share, share_payments
from fodfaeste.economy.tariff import Tariff, tariff_of
from fodfaeste.economy.terms import monday_of, week_of

if TYPE_CHECKING:
    from fodfaeste.economy.shares import PersonWeeks, Shares, rows_of, share_columns

_COLUMNS = ("PersonWeeks", "Shares", "rows_of", "share_columns")

__all__ = [
    "Payment", "PersonWeeks", "Share", "Shares", "Tariff", "monday_of", "rows_of", "share_columns", "share_payments",
    "tariff_of", "week_of",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Columns need NumPy, which whoever asks about a single case should not have to wait for."""
    if name in _COLUMNS:
        from fodfaeste.economy import shares

        return getattr(shares, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
