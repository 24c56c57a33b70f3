"""Benchmarks side by side with peers. See README.md; run with ``python -m bench`` from the root."""
