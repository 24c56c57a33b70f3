"""The law of reimbursement as tables: what the rulebook says of every situation, day by day.

A situation is a benefit and an activity. The tables are filled by asking the norms for the whole grid of situations
and week numbers, on every day on which one of the norms changes. No number of the law stands here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fodfaeste.economy.terms import ACTIVITY, BENEFIT, NORMS
from fodfaeste.foundation import Problem, ProblemError
from fodfaeste.rulebook import Law, Rulebook, resolve

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Tariff:
    """What every situation costs whom, from ``starts[p]`` until the next period begins.

    A situation is numbered by ``situation``; ``share[p, s, n]`` is the state share in hundredths of a per cent in
    week ``n`` of the count (0: the number is not known or does not matter; the last column stands for all later
    weeks), or UNKNOWN_SHARE or NO_SHARE. ``gap`` is in whole weeks.
    """

    benefits: tuple[str, ...]
    activities: tuple[str, ...]
    starts: npt.NDArray[np.int32]
    share: npt.NDArray[np.int16]
    flags: npt.NDArray[np.uint8]
    gap: npt.NDArray[np.int16]
    co_financed: npt.NDArray[np.bool_]
    restart_weeks: npt.NDArray[np.int16]
    window_weeks: npt.NDArray[np.int16]
    uses_up: npt.NDArray[np.bool_]
    stands: npt.NDArray[np.bool_]
    running: npt.NDArray[np.bool_]
    books: tuple[Rulebook, ...]
    last: int

    def situation(self, benefit: str | None, activity: str | None) -> int:
        """The number of a situation; None is unknown. KeyError for a word the vocabulary does not have."""
        try:
            b = 0 if benefit is None else self.benefits.index(benefit) + 1
            a = 0 if activity is None else self.activities.index(activity) + 1
        except ValueError:
            raise KeyError(f"{benefit} / {activity}") from None
        return b * (len(self.activities) + 1) + a

    def period(self, day: int) -> int:
        """The number of the period a day lies in. ValueError before the first and after the last."""
        if not self.starts[0] <= day <= self.last:
            raise ValueError("the day lies outside the days the tariff was made for; make it for more")
        return int(self.starts.searchsorted(day, "right")) - 1


def tariff_of(
    law: Law, first: int, last: int, place: str | None = None, regimes: Iterable[str] | None = None
) -> Tariff:
    """The tables for all days from ``first`` to ``last``.

    ``regimes`` as for ``resolve``; one that does not run on a day is left out that day. Raises ProblemError for a law
    without the norms of reimbursement, ResolveError for a place or regime that does not exist.
    """
    import numpy as np

    from fodfaeste.economy.grid import tables_of

    lacking = [id_ for id_ in NORMS if id_ not in law.norms]
    if lacking:
        mend = "give a law folder that has the acts kfl, fin-bek and refusion"
        raise ProblemError(
            [Problem("law", None, "", f"the law says nothing of reimbursement: {lacking[0]} is missing", mend)]
        )
    chosen = None if regimes is None else list(regimes)
    books = _books(law, first, last, place, chosen)
    made = [tables_of(book) for book in books]
    stacked = {key: np.stack([one[key] for one in made]) for key in made[0]}
    words = law.vocabulary.enums
    return Tariff(
        benefits=tuple(words[law.vocabulary.fields[BENEFIT].type].values),
        activities=tuple(words[law.vocabulary.fields[ACTIVITY].type].values),
        starts=np.array([book.day for book in books], np.int32),
        books=tuple(books),
        last=last,
        **stacked,
    )


def _books(law: Law, first: int, last: int, place: str | None, regimes: list[str] | None) -> list[Rulebook]:
    """A rulebook for every day on which a norm that matters changes; equal neighbours are one."""
    found: dict[int, Rulebook] = {}
    waiting = {first}
    while waiting:
        day = waiting.pop()
        book = resolve(law, day, place, _running(law, regimes, day))
        found[day] = book
        waiting |= {
            d for d in _changes(law, read_by(book, list(NORMS)) | set(NORMS), regimes) if first < d <= last
        } - set(found)
    kept: list[Rulebook] = []
    for _, book in sorted(found.items()):
        if not kept or _digest(kept[-1]) != _digest(book):
            kept.append(book)
    return kept


def _running(law: Law, regimes: list[str] | None, day: int) -> list[str] | None:
    if regimes is None:
        return None
    return [id_ for id_ in regimes if id_ not in law.regimes or law.regimes[id_].window.covers(day)]


def _digest(book: Rulebook) -> tuple[tuple[str, str, bool], ...]:
    norms = sorted(read_by(book, list(NORMS)))
    return tuple((id_, book.norms[id_].digest, book.norms[id_].absent) for id_ in norms)


def _changes(law: Law, norms: set[str], regimes: list[str] | None) -> set[int]:
    """Days on which a version of the norms, or a regime that touches them, begins or has ended."""
    spans = [version.span for id_ in norms if id_ in law.norms for version in law.norms[id_].versions]
    for regime in law.regimes.values():
        asked = regime.was_law if regimes is None else regime.id in regimes
        if asked and (regime.added or any(edit.norm in norms for edit in regime.edits)):
            spans.append(regime.window)
    begins = {span.first for span in spans if span.first is not None}
    return begins | {span.last + 1 for span in spans if span.last is not None}


def read_by(book: Rulebook, roots: list[str]) -> set[str]:
    """Norms, and all they read."""
    found: set[str] = set()
    waiting = [id_ for id_ in roots if id_ in book.norms]
    while waiting:
        id_ = waiting.pop()
        if id_ not in found:
            found.add(id_)
            waiting += [other for other in book.norms[id_].reads if other in book.norms]
    return found
