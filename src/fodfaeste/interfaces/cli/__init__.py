"""The command line: everything a page does for an analyst is also a command."""

from fodfaeste.interfaces.cli import (
    cases,
    database,
    demo,
    duties,
    explain,
    imports,
    index,
    law_check,
    law_diff,
    law_index,
    law_lists,
    law_show,
    quotas,
    receipts,
    regimes,
    serve,
    users,
    vocabulary,
)
from fodfaeste.interfaces.cli.app import app as main

__all__ = [
    "cases", "database", "demo", "duties", "explain", "imports", "index", "law_check", "law_diff", "law_index",
    "law_lists", "law_show", "main", "quotas", "receipts", "regimes", "serve", "users", "vocabulary",
]  # fmt: skip
