"""Rows as wrong as real ones are, so that a demonstration shows what an import does with them."""

from __future__ import annotations

from typing import Any

from fodfaeste.foundation import from_day

Rows = dict[str, list[tuple[Any, ...]]]

NOBODY = "6101010000"
"""A person number that no citizen of the municipality has."""


def add(rows: Rows, on: int) -> int:
    """Add one row for each thing that commonly goes wrong; gives how many there are."""
    if not rows["borgere"]:
        return 0
    somebody = rows["borgere"][0][0]
    group = next(row for row in rows["maalgrupper"] if row[0] == somebody)
    wrong: list[tuple[str, tuple[Any, ...]]] = [
        (
            "samtaler",
            (somebody, "31-02-" + str(from_day(on).year), "jobsamtale", "fysisk", "kommune", None),
        ),  # no such day
        ("samtaler", (NOBODY, on - 3, "jobsamtale", "telefon", "kommune", None)),  # nobody has that number
        ("samtaler", (somebody, on - 2, "jobsamtal", "telefon", "kommune", None)),  # misspelt
        ("samtaler", (somebody, on - 2, "jobsamtale", "brevdue", "kommune", None)),  # no such way to meet
        ("haendelser", (somebody, on + 30, "minplan", None, None, "kommune", None, None, None)),  # has not happened yet
        ("tilbud", (somebody, "virksomhedspraktik", "privat", on - 10, on - 20)),  # ends before it begins
        ("maalgrupper", (somebody, "dp" if group[1] != "dp" else "syg", group[2] + 1, None)),  # two at a time
        ("ydelsesuger", (somebody, on - 7 * 700, 888)),  # a code DREAM does not have
        ("oplysninger", (somebody, "hjemmeboende_boern", "måske", on - 5, "Telefonnotat")),  # neither yes nor no
        ("borgere", ("123", "Uden Nummer", None, "nej", on - 5, None, None)),  # not a person number
    ]
    for table, row in wrong:
        rows[table].append(row)
    return len(wrong)
