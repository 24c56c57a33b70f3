"""Synthetic people from published figures; no real person."""

from fodfaeste.population.sample import sample, shares

__all__ = ["sample", "shares"]
