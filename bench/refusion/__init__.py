"""Reimbursement for a nation: 100 million person-weeks, beside a pandas and NumPy implementation of the same rules."""
