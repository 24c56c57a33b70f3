"""Reimbursement, budgets, workload and the savings ledger; a caseworker's screen never reaches it."""

from fodfaeste.economy.ladder import Payment, Share, share_payments
from fodfaeste.economy.shares import PersonWeeks, Shares, rows_of, share_columns
from fodfaeste.economy.tariff import Tariff, monday_of, tariff_of, week_of

__all__ = [
    "Payment", "PersonWeeks", "Share", "Shares", "Tariff", "monday_of", "rows_of", "share_columns", "share_payments",
    "tariff_of", "week_of",
]  # fmt: skip
