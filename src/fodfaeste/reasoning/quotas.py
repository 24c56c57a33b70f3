"""Quotas: a share owed to a group, not to a person. Counted over a portfolio, with the unknown as bounds."""

from __future__ import annotations

from collections import Counter
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

    ``share`` is the demanded share in hundredths of a per cent. Of the ``members``, ``met`` have what the duty
    gives, ``left_out`` were exempted, ``unknown`` cannot be told. ``members_unknown`` may belong to the group;
    ``perhaps_met`` of them have what the duty gives, and of ``perhaps_unknown`` not even that can be told.
    """

    norm: str
    share: int
    members: int
    members_unknown: int
    met: int
    left_out: int
    unknown: int
    perhaps_met: int = 0
    perhaps_unknown: int = 0

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
        """The share that is met, at least and at most, in hundredths of a per cent (of a group of none: all).

        At least: of those who may be members, only those who lower the share are. At most: only those who raise it.
        """
        lowering = self.members_unknown - self.perhaps_met
        raising = self.perhaps_met + self.perhaps_unknown
        return (
            _share(self.met, self.members + lowering),
            _share(self.met + self.unknown + raising, self.members + raising),
        )

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


def quota_of_rows(rulebook: Rulebook, rows: Iterable[tuple[int, int]], norm: str) -> QuotaOutcome:
    """A quota over rows of (0 no member, 1 perhaps, 2 member; status of the duty), for who has judged them already."""
    share, _ = _terms(rulebook, norm)
    return _count(norm, share, rows)


def _terms(rulebook: Rulebook, norm: str) -> tuple[int, str]:
    resolved = rulebook.norms[norm]
    if resolved.norm.kind != "quota" or resolved.version.share is None or resolved.norm.of is None:
        raise ValueError(f"'{norm}' is a {resolved.norm.kind}, not a quota; name a norm of kind quota")
    return resolved.version.share, resolved.norm.of


def _share(met: int, members: int) -> int:
    return met * WHOLE // members if members else WHOLE


def _first(raw: Any) -> int:
    return int(raw[0])


def _count(norm: str, share: int, rows: Iterable[tuple[int, int]]) -> QuotaOutcome:
    counted = Counter(rows)  # (0 no member, 1 perhaps, 2 member; status of the duty) → how many
    of = {member: sum(n for (who, _), n in counted.items() if who == member) for member in (1, 2)}
    return QuotaOutcome(
        norm, share, members=of[2], members_unknown=of[1], met=counted[2, Status.MET],
        left_out=counted[2, Status.WAIVED], unknown=counted[2, Status.UNKNOWN],
        perhaps_met=counted[1, Status.MET], perhaps_unknown=counted[1, Status.UNKNOWN],
    )  # fmt: skip
