"""What a week less on benefit is worth to whom, and steps where helping costs the municipality more than waiting.

Every figure is a difference between two runs of the counting machine, so that it agrees with it to the øre.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby, pairwise

from fodfaeste.economy.ladder import FULL, Payment, share_payments
from fodfaeste.economy.payments import NOTHING
from fodfaeste.economy.tariff import Tariff
from fodfaeste.economy.terms import F_ALONE, F_TOGETHER, NO_SHARE, monday_of, week_of
from fodfaeste.foundation import FAR, half_up_div

_BY_PERIOD = (
    "share", "flags", "gap", "co_financed", "restart_weeks", "window_weeks", "uses_up", "stands", "running", "books",
)  # fmt: skip
_SHORT = 31  # a model in force for fewer days is a matter of transition, and no model of its own


@dataclass(frozen=True, slots=True)
class Gain:
    """What a change saves each of them, in øre; below zero it costs. None where a share is not known.

    An a-kasse pays benefits out and is paid back in full: state and municipality bear all of a shared benefit.
    """

    municipality: int | None
    state: int | None
    fund: int = 0


@dataclass(frozen=True, slots=True)
class CaseType:
    """A benefit in weeks ``first`` to ``last`` of the count (None: and all later) whose weeks cost the same."""

    benefit: str
    first: int
    last: int | None
    rate: int
    week_less: Gain


class Kind(StrEnum):
    """How a step rewards something else than help towards work."""

    ACTIVITY = "activity"  # the municipality pays less for the same benefit when the week has a certain activity
    WAITING = "waiting"  # the municipality pays less for a later week than for an earlier one
    NO_GAIN = "no-gain"  # the municipality saves nothing by a week less


@dataclass(frozen=True, slots=True)
class Kink:
    """A step where helping costs the municipality more than waiting, in weeks ``first`` to ``last`` (None: and later).

    ``dear`` and ``cheap`` are the municipality's shares in hundredths of a per cent of what the same benefit costs in
    the two situations; ``activity`` the rewarded one. ``longer`` is by how many weeks ten weeks of it may lengthen the
    case before the municipality loses by it.
    """

    kind: Kind
    benefit: str
    first: int
    last: int | None
    dear: int
    cheap: int
    activity: str | None = None
    longer: int | None = None


def models(tariff: Tariff) -> list[Tariff]:
    """Each way of sharing that was in force for more than a month, as if it were in force always."""
    import numpy as np

    ends = [*(int(start) - 1 for start in tariff.starts[1:]), tariff.last]
    found: list[Tariff] = []
    for p, end in enumerate(ends):
        one = model_of(tariff, p)
        same = bool(found) and np.array_equal(found[-1].share, one.share) and _counts(found[-1]) == _counts(one)
        if end - int(tariff.starts[p]) + 1 > _SHORT and not same and (one.share >= 0).any():
            found.append(one)
    return found


def _counts(model: Tariff) -> list[int]:
    """Which count the share of each situation follows."""
    found: list[int] = (model.flags[0] & (F_TOGETHER | F_ALONE)).tolist()
    return found


def model_of(tariff: Tariff, period: int) -> Tariff:
    """One period of a tariff, as if it were in force always."""
    import numpy as np

    part = slice(period, period + 1)
    return replace(
        tariff,
        starts=np.zeros(1, np.int32),
        last=FAR,
        **{name: getattr(tariff, name)[part] for name in _BY_PERIOD},
    )


def flat(model: Tariff, rate: int) -> Tariff:
    """A thought: one state share in every week of whatever is shared, in hundredths of a per cent."""
    import numpy as np

    return replace(
        model,
        share=np.where(model.share == NO_SHARE, NO_SHARE, rate).astype(np.int16),
        flags=model.flags & np.uint8(~(F_TOGETHER | F_ALONE) & 0xFF),
    )


def average_share(model: Tariff, benefit: str, weeks: int) -> int | None:
    """The state share of a whole case of so many weeks, in hundredths of a per cent; None where it is not known."""
    shares = share_payments(case_of(model, benefit, weeks, FULL), model)
    if any(share.state is None for share in shares):
        return None
    return half_up_div(sum(share.state or 0 for share in shares), weeks)


def case_of(tariff: Tariff, benefit: str, weeks: int, amount: int, active: Iterable[int] = (), activity: str = NOTHING,
            without: Iterable[int] = ()) -> list[Payment]:  # fmt: skip
    """A case of so many weeks from its first: ``active`` weeks have the activity, weeks ``without`` no payment.

    Weeks are numbered from 1, amounts are øre a week.
    """
    begin = week_of(tariff.books[0].day) + 1
    busy, free = set(active), set(without)
    return [
        Payment(monday_of(begin + n), benefit, activity if n in busy else NOTHING, amount)
        for n in range(1, weeks + 1) if n not in free
    ]  # fmt: skip


def gain(before: Sequence[Payment], after: Sequence[Payment], model: Tariff, earlier: int = 0) -> Gain:
    """What the second course of a case saves compared with the first; ``earlier`` benefit weeks lie before both."""
    sides = [share_payments(payments, model, before=earlier) for payments in (before, after)]
    if any(share.state is None for side in sides for share in side):
        return Gain(None, None)
    state, municipality = (
        [sum(getattr(share, who) for share in side) for side in sides] for who in ("state", "municipality")
    )
    return Gain(municipality[0] - municipality[1], state[0] - state[1])


def week_less(model: Tariff, benefit: str, number: int, amount: int, weeks: int = 1) -> Gain:
    """What so many weeks less save, when they would have been weeks ``number`` and on of the case."""
    last = number + weeks - 1
    if number > 1 and _follows_ladder(model, benefit):
        return gain(case_of(model, benefit, weeks, amount), [], model, earlier=number - 1)
    whole = case_of(model, benefit, last, amount)
    return gain(whole, whole[: number - 1], model)


def _follows_ladder(model: Tariff, benefit: str) -> bool:
    return bool(model.flags[0, model.situation(benefit, NOTHING)] & F_TOGETHER)


def case_types(model: Tariff, amount: int, benefits: Iterable[str] | None = None) -> list[CaseType]:
    """A line per benefit and step, for weeks without activity; benefits whose share is not known are left out."""
    found = []
    for benefit in model.benefits if benefits is None else benefits:
        for first, last, rate in steps(model, benefit):
            if rate >= 0:
                found.append(CaseType(benefit, first, last, rate, week_less(model, benefit, first, amount)))
    return found


def steps(model: Tariff, benefit: str, activity: str = NOTHING) -> Iterator[tuple[int, int | None, int]]:
    """First week, last week (None: and all later) and state share of each step; one step where no count matters.

    The share is in hundredths of a per cent, or UNKNOWN_SHARE or NO_SHARE.
    """
    situation = model.situation(benefit, activity)
    table = model.share[0, situation]
    if not model.flags[0, situation] & (F_TOGETHER | F_ALONE):
        yield 1, None, int(table[0])
        return
    at = 1
    for rate, run in groupby(table[1:].tolist()):
        length = len(list(run))
        yield at, at + length - 1 if at + length < len(table) else None, int(rate)
        at += length


def kinks(model: Tariff, benefits: Iterable[str] | None = None) -> list[Kink]:
    """Steps where helping costs the municipality more than waiting; none in a flat rate."""
    found: list[Kink] = []
    for benefit in model.benefits if benefits is None else benefits:
        found += _rewarded_activities(model, benefit)
        scale = [one for one in steps(model, benefit) if one[2] != NO_SHARE]
        for before, after in pairwise(scale):
            if 0 <= before[2] < after[2]:
                found.append(Kink(Kind.WAITING, benefit, before[0], before[1], FULL - before[2], FULL - after[2]))
        found += [Kink(Kind.NO_GAIN, benefit, a, b, 0, 0) for a, b, rate in scale if rate == FULL]
    return found


def _rewarded_activities(model: Tariff, benefit: str) -> Iterator[Kink]:
    """Activities in which the same benefit costs the municipality less than in a week of help that is none of them."""
    plain = model.situation(benefit, NOTHING)
    counted = bool(model.flags[0, plain] & (F_TOGETHER | F_ALONE))
    weeks = range(1, model.share.shape[2]) if counted else range(1)
    for activity in model.activities:
        situation = model.situation(benefit, activity)
        rates = [(int(model.share[0, plain, n]), int(model.share[0, situation, n])) for n in weeks]
        at = 1
        for (without, with_it), run in groupby(rates):
            length = len(list(run))
            if 0 <= without < with_it:
                last = at + length - 1 if counted and at + length <= len(weeks) else None
                dear, cheap = FULL - without, FULL - with_it
                # Ten weeks of activity cost as much as so many weeks without: what lies between may be added.
                longer = None if cheap == 0 else (10 * dear) // cheap - 10
                yield Kink(Kind.ACTIVITY, benefit, at, last, dear, cheap, activity, longer)
            at += length


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be done in a week of a case, and what it saves over the whole case."""

    what: str
    activity: str | None
    gain: Gain


def choices(model: Tariff, benefit: str, weeks: int, amount: int, at: int) -> list[Choice]:
    """In week ``at`` of a case of so many weeks: each activity, a week's work, and a job for good.

    Raises ValueError when the case has no such week.
    """
    if not 1 <= at <= weeks:
        raise ValueError(f"a case of {weeks} weeks has no week {at}; choose one from 1 to {weeks}")
    whole = case_of(model, benefit, weeks, amount)
    found = [
        Choice("activity", activity, gain(whole, case_of(model, benefit, weeks, amount, [at], activity), model))
        for activity in model.activities if activity != NOTHING
    ]  # fmt: skip
    found.append(
        Choice("job-for-a-week", None, gain(whole, case_of(model, benefit, weeks, amount, without=[at]), model))
    )
    found.append(Choice("job-for-good", None, gain(whole, whole[: at - 1], model)))
    return found


__all__ = [
    "CaseType", "Choice", "Gain", "Kind", "Kink", "average_share", "case_of", "case_types", "choices", "flat", "gain",
    "kinks", "model_of", "models", "steps", "week_less",
]  # fmt: skip
