"""Norms: grammar, load, check, resolve, diff. Pure: no tables, no web."""

from fodfaeste.rulebook.diff import Change, diff
from fodfaeste.rulebook.load import load_law, read_law, read_municipalities
from fodfaeste.rulebook.norms import Example, Law, Norm, Regime, Version
from fodfaeste.rulebook.resolve import ResolveError, municipality, municipality_in, resolve
from fodfaeste.rulebook.rulebook import ResolvedNorm, Rulebook

__all__ = [
    "Change", "Example", "Law", "Norm", "Regime", "ResolveError", "ResolvedNorm", "Rulebook", "Version",
    "diff", "load_law", "municipality", "municipality_in", "read_law", "read_municipalities", "resolve",
]  # fmt: skip
