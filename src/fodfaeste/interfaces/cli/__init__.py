"""The command line: everything a page does for an analyst is also a command."""

from fodfaeste.interfaces.cli import (
    cases,
    duties,
    explain,
    law_check,
    law_diff,
    law_lists,
    law_show,
    regimes,
    vocabulary,
)
from fodfaeste.interfaces.cli.app import app as main

__all__ = [
    "cases", "duties", "explain", "law_check", "law_diff", "law_lists", "law_show", "main", "regimes", "vocabulary",
]  # fmt: skip
