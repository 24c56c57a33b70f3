"""The report of the whole run: how much was compared and what the random people reached, printed at the end."""

from __future__ import annotations

import json
from typing import Any

from tests.agreement.coverage import Coverage


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Collect what the tests recorded, also those that ran in other processes."""
    coverage, rows, rulebooks, tests = Coverage(), 0, 0, 0
    for report in (*terminalreporter.stats.get("passed", ()), *terminalreporter.stats.get("failed", ())):
        for name, value in report.user_properties:
            if name == "agreement" and report.when == "call":
                compared, books, written = json.loads(value)
                coverage.merge(written)
                rows, rulebooks, tests = rows + compared, rulebooks + books, tests + 1
    if tests:
        terminalreporter.section("the evaluators agree")
        terminalreporter.line(f"{tests} tests, {rulebooks} rulebooks, {rows} answers compared three ways")
        lines = list(coverage.lines())
        for line in lines if terminalreporter.config.option.verbose > 0 else lines[:3]:
            terminalreporter.line(line)
