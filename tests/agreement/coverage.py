"""What the random people reached: per norm how often it was true, false or unknown, and which statuses were seen."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from fodfaeste.reasoning import Status
from fodfaeste.rulebook import ResolvedNorm, Rulebook

TRUE, FALSE, UNKNOWN = "true", "false", "unknown"
FEW = 20
"""Norms named in a line."""


class Coverage:
    """Counts per norm. A row is one answer about one person, or one item of a person."""

    def __init__(self) -> None:
        self.rows: dict[str, Counter[str]] = {}

    def add(self, rulebook: Rulebook, norms: Sequence[str], answers: Sequence[Sequence[Any]]) -> None:
        """Answers per norm, then per person, as an evaluator gave them."""
        for id_, column in zip(norms, answers, strict=True):
            counter = self.rows.setdefault(id_, Counter())
            flat = (raw for one in column for raw in (one if isinstance(one, list) else [one]))
            counter.update(word_of(rulebook.norms[id_], raw) for raw in flat)

    def merge(self, written: str) -> None:
        for id_, counts in json.loads(written).items():
            self.rows.setdefault(id_, Counter()).update(counts)

    def written(self) -> str:
        return json.dumps(self.rows)

    def shares(self, norm: str) -> tuple[float, float, float]:
        """Shares of rows in which the norm was true (owed, or known), false and unknown."""
        words = self.rows[norm]
        total = max(sum(words.values()), 1)
        false = words[FALSE] + words[Status.NOT_APPLICABLE.word]
        return (total - false - words[UNKNOWN]) / total, false / total, words[UNKNOWN] / total

    def never(self, *words: str) -> list[str]:
        """Norms of which nothing but these words was ever said."""
        return sorted(id_ for id_, counter in self.rows.items() if not set(counter) - set(words))

    @property
    def never_true(self) -> list[str]:
        return self.never(FALSE, UNKNOWN, Status.NOT_APPLICABLE.word)

    @property
    def never_applied(self) -> list[str]:
        """Norms that never left "not applicable": not even in doubt."""
        return self.never(FALSE, Status.NOT_APPLICABLE.word)

    def lines(self) -> Iterable[str]:
        """The whole table: what a reader of the test output wants to know."""
        rows = sum(sum(counter.values()) for counter in self.rows.values())
        yield f"{len(self.rows)} norms, {rows} rows"
        for said, norms in (("true", self.never_true), ("anything but 'not applicable'", self.never_applied)):
            named = ", ".join(norms[:FEW]) + (", …" if len(norms) > FEW else "")
            yield f"{len(norms)} norms were never {said}" + (f": {named}" if norms else "")
        yield "norm: true / false / unknown per cent of rows; what was said"
        for norm in sorted(self.rows):
            shares = " / ".join(f"{100 * share:.1f}" for share in self.shares(norm))
            yield f"{norm}: {shares}; {', '.join(sorted(self.rows[norm]))}"


def word_of(norm: ResolvedNorm, raw: tuple[int | None, ...]) -> str:
    """A status, or for values: true (or known), false, unknown."""
    first = raw[0]
    if len(raw) > 1:
        assert first is not None
        return Status(first).word
    if (norm.norm.type or "bool") != "bool":
        return UNKNOWN if first is None else TRUE
    return {0: FALSE, 1: UNKNOWN, 2: TRUE, None: UNKNOWN}[first]
