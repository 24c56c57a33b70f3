"""The law of reimbursement as tables: what the rulebook says of every situation, day by day.

A situation is a benefit and an activity. The tables are filled by asking the norms for the whole grid of situations
and week numbers, on every day on which one of the norms changes. No number of the law stands here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from fodfaeste.facts import frames_from_arrays, unknown_of
from fodfaeste.facts.frames import field_dtype
from fodfaeste.foundation import Problem, ProblemError, add_months, weekday
from fodfaeste.rulebook import Law, Rulebook, resolve

SHARE = "refusion.andel.statens-andel"
SHARED = "refusion.andel.delt"
COUNTS = "fin-bek.20.taelles"
SUPPORTS = "fin-bek.3.offentlig-forsoergelse"
TOGETHER = "refusion.andel.taelles-samlet"
ALONE = "refusion.andel.taelles-for-sig"
GAP = "refusion.andel.brud"
CO_FINANCED = "kfl.3.medfinansieret"
RESTART_WEEKS = "kfl.6.uger"
RESTART_WINDOW = "kfl.6.vindue"
RESTART_USES_UP = "kfl.6.bruges-op"
RESTART_STANDS = "kfl.6.staar-ved-magt"
ROUND_RUNNING = "refusion.andel.afrunding-loebende"

_PREDICATES = (SHARED, COUNTS, SUPPORTS, TOGETHER, ALONE, CO_FINANCED)
_TERMS = (RESTART_WEEKS, RESTART_WINDOW, RESTART_USES_UP, RESTART_STANDS, ROUND_RUNNING)
NORMS = (SHARE, GAP, *_PREDICATES, *_TERMS)
"""The norms that decide what a week costs whom."""

BENEFIT, ACTIVITY, WEEK = "refusion_ydelse", "refusion_aktivitet", "refusionsuge"

UNKNOWN_SHARE, NO_SHARE = -1, -2
"""In place of a percentage: it is not known; the benefit is not shared between state and municipality."""

DAYS_A_WEEK = 7
_TRUE, _MAYBE = 2, 1

F_COUNTS, F_MAY_COUNT, F_SUPPORTS, F_TOGETHER, F_ALONE = 1, 2, 4, 8, 16
"""Bits of ``Tariff.flags``: counts on the ladder, perhaps does, no self-support, follows the ladder, its own weeks."""


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
        return int(np.searchsorted(self.starts, day, "right")) - 1


def week_of(day: int) -> int:
    """The number of a calendar week, Monday to Sunday; consecutive weeks have consecutive numbers."""
    return (day + 3) // DAYS_A_WEEK


def monday_of(week: int) -> int:
    """The Monday of a week by its number."""
    return week * DAYS_A_WEEK - 3


def tariff_of(
    law: Law, first: int, last: int, place: str | None = None, regimes: Iterable[str] | None = None
) -> Tariff:
    """The tables for all days from ``first`` to ``last``.

    ``regimes`` as for ``resolve``; one that does not run on a day is left out that day. Raises ProblemError for a law
    without the norms of reimbursement, ResolveError for a place or regime that does not exist.
    """
    lacking = [id_ for id_ in NORMS if id_ not in law.norms]
    if lacking:
        mend = "give a law folder that has the acts kfl, fin-bek and refusion"
        raise ProblemError(
            [Problem("law", None, "", f"the law says nothing of reimbursement: {lacking[0]} is missing", mend)]
        )
    chosen = None if regimes is None else list(regimes)
    books = _books(law, first, last, place, chosen)
    made = [_period(book) for book in books]
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
        waiting |= {d for d in _changes(law, _read(book), regimes) if first < d <= last} - set(found)
    kept: list[Rulebook] = []
    for _, book in sorted(found.items()):
        if not kept or _digest(kept[-1]) != _digest(book):
            kept.append(book)
    return kept


def _running(law: Law, regimes: list[str] | None, day: int) -> list[str] | None:
    if regimes is None:
        return None
    return [id_ for id_ in regimes if id_ not in law.regimes or law.regimes[id_].window.covers(day)]


def _read(book: Rulebook) -> set[str]:
    """The norms of reimbursement and all they read."""
    found: set[str] = set()
    waiting = [id_ for id_ in NORMS if id_ in book.norms]
    while waiting:
        id_ = waiting.pop()
        if id_ not in found:
            found.add(id_)
            waiting += [other for other in book.norms[id_].reads if other in book.norms]
    return found | set(NORMS)


def _digest(book: Rulebook) -> tuple[tuple[str, str, bool], ...]:
    norms = sorted(_read(book) & set(book.norms))
    return tuple((id_, book.norms[id_].digest, book.norms[id_].absent) for id_ in norms)


def _changes(law: Law, norms: set[str], regimes: list[str] | None) -> set[int]:
    """Days on which a version of the norms, or a regime that touches them, begins or has ended."""
    spans = [version.span for id_ in norms if id_ in law.norms for version in law.norms[id_].versions]
    for regime in law.regimes.values():
        if regime.id in regimes if regimes is not None else regime.was_law:
            if any(edit.norm in norms for edit in regime.edits) or regime.added:
                spans.append(regime.window)
    begins = {span.first for span in spans if span.first is not None}
    return begins | {span.last + 1 for span in spans if span.last is not None}


def _period(book: Rulebook) -> dict[str, Any]:
    """The tables of one rulebook."""
    from fodfaeste.reasoning.columns import columns

    words = book.vocabulary
    field = words.fields[WEEK]
    axes = [_axis(book, BENEFIT), _axis(book, ACTIVITY), _weeks(book, field.lo, field.hi)]
    shape = tuple(len(axis) for axis in axes)
    grid = [part.ravel() for part in np.meshgrid(*axes, indexing="ij")]
    frames = frames_from_arrays(
        words, book.day, len(grid[0]), fields=dict(zip((BENEFIT, ACTIVITY, WEEK), grid, strict=True))
    )
    asked = [id_ for id_ in NORMS if id_ in book.norms and not book.norms[id_].absent]
    said = columns(book, frames, norms=asked, compiled=False)

    def answer(id_: str) -> Any:
        return np.asarray(said[id_]).reshape(shape) if id_ in asked else None

    def truth(id_: str, level: int = _TRUE) -> Any:
        found = answer(id_)
        flat = np.zeros(shape, bool) if found is None else found >= level
        return flat[:, :, 0].reshape(-1)  # whether a benefit counts does not depend on the number of the week

    flags = truth(COUNTS) * F_COUNTS | (truth(COUNTS, _MAYBE) & ~truth(COUNTS)) * F_MAY_COUNT
    flags = flags | truth(SUPPORTS) * F_SUPPORTS | truth(TOGETHER) * F_TOGETHER | truth(ALONE) * F_ALONE
    share = _shares(answer(SHARE), answer(SHARED), shape)
    terms = {id_: _one(answer(id_), book.norms[id_].norm.type) if id_ in asked else None for id_ in _TERMS}
    return {
        "share": share.reshape(-1, shape[2]),
        "flags": flags.astype(np.uint8),
        "gap": _gaps(answer(GAP), shape),
        "co_financed": truth(CO_FINANCED),
        "restart_weeks": np.int16((terms[RESTART_WEEKS] or 0) // DAYS_A_WEEK),
        "window_weeks": np.int16(_window(book.day, terms[RESTART_WINDOW] or 0)),
        "uses_up": np.bool_(terms[RESTART_USES_UP] == _TRUE),
        "stands": np.bool_(terms[RESTART_STANDS] == _TRUE),
        "running": np.bool_(terms[ROUND_RUNNING] == _TRUE),
    }


def _axis(book: Rulebook, name: str) -> Any:
    """Unknown, then every value of an enum field."""
    type_ = book.vocabulary.fields[name].type
    dtype = field_dtype(name, book.vocabulary)
    values = range(len(book.vocabulary.enums[type_].values))
    return np.array([unknown_of(dtype, type_), *values], dtype)


def _weeks(book: Rulebook, lo: int, hi: int) -> Any:
    """Unknown, then every number of a week; the column stands where its number says."""
    dtype = field_dtype(WEEK, book.vocabulary)
    if lo != 1:
        raise ValueError(f"the field {WEEK} must begin at 1, so that weeks stand at their number")
    return np.array([unknown_of(dtype, "int"), *range(lo, hi + 1)], dtype)


def _shares(share: Any, shared: Any, shape: tuple[int, ...]) -> npt.NDArray[np.int16]:
    if share is None:
        return np.full(shape, UNKNOWN_SHARE, np.int16)
    known = share != unknown_of(share.dtype, "percent")
    found = np.where(known, np.clip(share, 0, None), UNKNOWN_SHARE)
    if shared is not None:
        found = np.where(shared == 0, NO_SHARE, found)
    return found.astype(np.int16)


def _gaps(gap: Any, shape: tuple[int, ...]) -> npt.NDArray[np.int16]:
    if gap is None:
        return np.ones(shape[0] * shape[1], np.int16)
    flat = gap[:, :, 0].reshape(-1)
    whole = np.where(flat == unknown_of(flat.dtype, "days"), DAYS_A_WEEK, flat) // DAYS_A_WEEK
    return np.maximum(whole, 1).astype(np.int16)


def _one(values: Any, type_: str) -> int | None:
    """The one value of a norm that does not depend on the situation; None when it is unknown."""
    first = int(values.flat[0])
    return None if type_ != "bool" and first == unknown_of(values.dtype, type_) else first


def _window(day: int, months: int) -> int:
    """Whole calendar weeks that so many months before a Monday hold."""
    monday = day - weekday(day)
    return (monday - add_months(monday, -months, last_day=True)) // DAYS_A_WEEK
