"""Reimbursement, budgets, workload and the savings ledger; a caseworker's screen never reaches it."""
