"""Batches that came in, and rows that could not be read."""
