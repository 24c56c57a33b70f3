"""Asking one rulebook about every situation: which benefit, which activity, which week of the count."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from fodfaeste.economy.tariff import read_by
from fodfaeste.economy.terms import (
    ACTIVITY,
    ALONE,
    BENEFIT,
    CO_FINANCED,
    COUNTS,
    DAYS_A_WEEK,
    F_ALONE,
    F_COUNTS,
    F_MAY_COUNT,
    F_SUPPORTS,
    F_TOGETHER,
    GAP,
    NO_SHARE,
    OF_SITUATIONS,
    RESTART_STANDS,
    RESTART_USES_UP,
    RESTART_WEEKS,
    RESTART_WINDOW,
    ROUND_RUNNING,
    SHARE,
    SHARED,
    SUPPORTS,
    TERMS,
    TOGETHER,
    UNKNOWN_SHARE,
    WEEK,
)
from fodfaeste.facts import frames_from_arrays, unknown_of
from fodfaeste.facts.frames import field_dtype
from fodfaeste.foundation import add_months, weekday
from fodfaeste.rulebook import Rulebook, ir

_TRUE, _MAYBE = 2, 1


def tables_of(book: Rulebook) -> dict[str, Any]:
    """The tables of one rulebook, by the names of Tariff."""
    benefits, activities = _axis(book, BENEFIT), _axis(book, ACTIVITY)
    situations = len(benefits) * len(activities)
    said = _ask(book, (*OF_SITUATIONS, *TERMS), benefits, activities, _weeks(book, []))

    def truth(id_: str, level: int = _TRUE) -> Any:
        found = said.get(id_)
        return np.zeros(situations, bool) if found is None else found.reshape(-1) >= level

    def term(id_: str) -> int | None:
        found = said.get(id_)
        return None if found is None else _one(found, book.norms[id_].norm.type)

    flags = truth(COUNTS) * F_COUNTS | (truth(COUNTS, _MAYBE) & ~truth(COUNTS)) * F_MAY_COUNT
    flags = flags | truth(SUPPORTS) * F_SUPPORTS | truth(TOGETHER) * F_TOGETHER | truth(ALONE) * F_ALONE
    shared = said.get(SHARED)
    share = _shares(book, benefits, activities)
    share[np.zeros(situations, bool) if shared is None else shared.reshape(-1) == 0] = NO_SHARE
    return {
        "share": share,
        "flags": flags.astype(np.uint8),
        "gap": _gaps(said.get(GAP), situations),
        "co_financed": truth(CO_FINANCED),
        "restart_weeks": np.int16((term(RESTART_WEEKS) or 0) // DAYS_A_WEEK),
        "window_weeks": np.int16(_window(book, term(RESTART_WINDOW) or 0)),
        "uses_up": np.bool_(term(RESTART_USES_UP) == _TRUE),
        "stands": np.bool_(term(RESTART_STANDS) == _TRUE),
        "running": np.bool_(term(ROUND_RUNNING) == _TRUE),
    }


def _ask(book: Rulebook, norms: tuple[str, ...], *axes: Any) -> dict[str, Any]:
    """What the norms in force say of every combination; an axis for each of benefit, activity and week."""
    from fodfaeste.reasoning.columns import columns

    grid = [part.ravel() for part in np.meshgrid(*axes, indexing="ij")]
    given = dict(zip((BENEFIT, ACTIVITY, WEEK), grid, strict=True))
    frames = frames_from_arrays(book.vocabulary, book.day, len(grid[0]), fields=given)
    asked = [id_ for id_ in norms if id_ in book.norms and not book.norms[id_].absent]
    answered = columns(book, frames, norms=asked, threads=1, compiled=False)
    return {id_: np.asarray(answered[id_]).reshape([len(axis) for axis in axes]) for id_ in asked}


def _shares(book: Rulebook, benefits: Any, activities: Any) -> npt.NDArray[np.int16]:
    """Situation × week: the state share in hundredths of a per cent; column 0 where the number is not known."""
    field = book.vocabulary.fields[WEEK]
    if field.lo != 1:
        raise ValueError(f"the field {WEEK} must begin at 1, so that weeks stand at their number")
    numbers = _telling(book, field.hi)
    found = _ask(book, (SHARE,), benefits, activities, _weeks(book, numbers)).get(SHARE)
    if found is None:
        return np.full((len(benefits) * len(activities), field.hi + 1), UNKNOWN_SHARE, np.int16)
    known = np.where(found == unknown_of(found.dtype, "percent"), UNKNOWN_SHARE, found)
    column = np.searchsorted(numbers, np.arange(1, field.hi + 1), "right")
    full = known[:, :, np.concatenate([[0], column])].reshape(-1, field.hi + 1).astype(np.int16)
    return np.asarray(full, dtype=np.int16)


def _telling(book: Rulebook, hi: int) -> list[int]:
    """Weeks between which the share cannot change: those a norm compares the number with, and their neighbours.

    Where a norm does more with the number than compare it, every week is asked about.
    """
    limits: set[int] = set()
    for id_ in read_by(book, [SHARE]):
        for expression in book.norms[id_].expressions:
            for node in ir.walk(expression):
                for child in ir.children(node):
                    if isinstance(child, ir.FieldRef) and child.name == WEEK:
                        told = _limits(node)
                        if told is None:
                            return list(range(1, hi + 1))
                        limits |= told
            if isinstance(expression, ir.FieldRef) and expression.name == WEEK:
                return list(range(1, hi + 1))
    near = {n + step for n in limits for step in (-1, 0, 1)}
    return sorted({1} | {n for n in near if 1 <= n <= hi})


def _limits(node: ir.Node) -> set[int] | None:
    match node:
        case ir.Compare(left=ir.FieldRef(), right=ir.Const(value=int() as limit)):
            return {limit}
        case ir.Compare(left=ir.Const(value=int() as limit), right=ir.FieldRef()):
            return {limit}
        case ir.In(values=values):
            return set(values)
        case _:
            return None


def _axis(book: Rulebook, name: str) -> Any:
    """Unknown, then every value of an enum field."""
    type_ = book.vocabulary.fields[name].type
    dtype = field_dtype(name, book.vocabulary)
    values = range(len(book.vocabulary.enums[type_].values))
    return np.array([unknown_of(dtype, type_), *values], dtype)


def _weeks(book: Rulebook, numbers: list[int]) -> Any:
    """Unknown, then the numbers."""
    dtype = field_dtype(WEEK, book.vocabulary)
    return np.array([unknown_of(dtype, "int"), *numbers], dtype)


def _gaps(gap: Any, situations: int) -> npt.NDArray[np.int16]:
    """Whole weeks without the benefit after which its own count begins again; at least one."""
    if gap is None:
        return np.ones(situations, np.int16)
    flat = gap.reshape(-1)
    whole = np.where(flat == unknown_of(flat.dtype, "days"), DAYS_A_WEEK, flat) // DAYS_A_WEEK
    return np.asarray(np.maximum(whole, 1), dtype=np.int16)


def _one(values: Any, type_: str) -> int | None:
    """The one value of a norm that does not depend on the situation; None when it is unknown."""
    first = int(values.flat[0])
    return None if type_ != "bool" and first == unknown_of(values.dtype, type_) else first


def _window(book: Rulebook, months: int) -> int:
    """Whole calendar weeks that so many months before a Monday hold."""
    monday = book.day - weekday(book.day)
    last_day = book.norms[RESTART_WINDOW].norm.last_day if RESTART_WINDOW in book.norms else True
    return (monday - add_months(monday, -months, last_day=bool(last_day))) // DAYS_A_WEEK
