"""The command line: everything a page does for an analyst is also a command."""

from fodfaeste.interfaces.cli import (
    benefits,
    cases,
    database,
    demo,
    duties,
    explain,
    imports,
    index,
    law_check,
    law_diff,
    law_fields,
    law_index,
    law_lists,
    law_show,
    nation,
    nation_checkin,
    nation_merge,
    nation_run,
    nation_sweep,
    nation_validate,
    quotas,
    receipts,
    refusion,
    refusion_incentives,
    refusion_reconcile,
    regimes,
    serve,
    users,
    vocabulary,
)
from fodfaeste.interfaces.cli.app import app as main

__all__ = [
    "benefits", "cases", "database", "demo", "duties", "explain", "imports", "index", "law_check", "law_diff",
    "law_fields", "law_index", "law_lists", "law_show", "main", "nation", "nation_checkin", "nation_merge",
    "nation_run", "nation_sweep", "nation_validate", "quotas",
    "receipts", "refusion", "refusion_incentives", "refusion_reconcile", "regimes", "serve", "users", "vocabulary",
]  # fmt: skip
