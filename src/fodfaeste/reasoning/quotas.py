"""Quotas: a share owed to a group, not to a person. Counted over a portfolio, with the unknown as bounds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fodfaeste.facts.view import View
from fodfaeste.reasoning.generated import judge_of
from fodfaeste.reasoning.status import Status
from fodfaeste.rulebook.rulebook import Rulebook

WHOLE = 10_000
"""One hundred per cent, in hundredths of a per cent."""


@dataclass(frozen=True)
class QuotaOutcome:
    """How a group stands to its quota.

    ``share`` is the demanded share in hundredths of a per cent. ``members_unknown`` may belong to the group;
    of the members, ``met`` have what the duty gives, ``left_out`` were exempted, ``unknown`` cannot be told.
    """

    norm: str
    share: int
    members: int
    members_unknown: int
    met: int
    left_out: int
    unknown: int

    @property
    def most_left_out(self) -> int:
        """How many members may be left out in all: the rest of the share, rounded down to whole persons."""
        return self.members * (WHOLE - self.share) // WHOLE

    @property
    def room(self) -> int:
        """How many more may be left out; negative when too many are."""
        return self.most_left_out - self.left_out

    @property
    def bounds(self) -> tuple[int, int]:
        """The share that is met, at least and at most, in hundredths of a per cent (of a group of none: all)."""
        if not self.members:
            return WHOLE, WHOLE
        return self.met * WHOLE // self.members, (self.met + self.unknown) * WHOLE // self.members

    @property
    def holds(self) -> bool | None:
        """Whether the quota is met; None while the unknown decides."""
        low, high = self.bounds
        if low >= self.share:
            return True
        return None if high >= self.share else False


def quota(rulebook: Rulebook, views: Iterable[View], norm: str) -> QuotaOutcome:
    """A quota over a portfolio of cases. Raises KeyError for a norm that is not in force, ValueError for no quota."""
    share, of = _terms(rulebook, norm)
    judge = judge_of(rulebook)
    return _count(norm, share, ((_first(judge.one(view, norm)), _first(judge.one(view, of))) for view in views))


def quota_of_columns(rulebook: Rulebook, columns: Any, norm: str) -> QuotaOutcome:
    """A quota over the columns that ``columns()`` gave for the norm and its duty."""
    share, of = _terms(rulebook, norm)
    return _count(norm, share, zip(columns[norm].tolist(), columns[of].status.tolist(), strict=True))


def _terms(rulebook: Rulebook, norm: str) -> tuple[int, str]:
    resolved = rulebook.norms[norm]
    if resolved.norm.kind != "quota" or resolved.version.share is None or resolved.norm.of is None:
        raise ValueError(f"'{norm}' is a {resolved.norm.kind}, not a quota; name a norm of kind quota")
    return resolved.version.share, resolved.norm.of


def _first(raw: Any) -> int:
    return int(raw[0])


def _count(norm: str, share: int, rows: Iterable[tuple[int, int]]) -> QuotaOutcome:
    members = perhaps = met = out = unknown = 0
    for member, status in rows:
        if member == 1:
            perhaps += 1
        if member != 2:
            continue
        members += 1
        met += status == Status.MET
        out += status == Status.WAIVED
        unknown += status == Status.UNKNOWN
    return QuotaOutcome(norm, share, members, perhaps, met, out, unknown)
