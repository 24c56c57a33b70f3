"""The ways of sharing a benefit between state and municipality, as the pages compare them; reckoned once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from fodfaeste.economy import incentives
from fodfaeste.economy.ladder import Payment, Share, share_payments
from fodfaeste.economy.payments import NOTHING
from fodfaeste.economy.reasons import Reason, Reasons
from fodfaeste.economy.tariff import Tariff, tariff_of
from fodfaeste.economy.terms import SHARE
from fodfaeste.foundation import from_day, to_day
from fodfaeste.interfaces.web import rulebooks


@dataclass(frozen=True)
class Model:
    """A way of sharing, in force from year ``first`` to ``last`` (None: still); ``flat`` where it is thought."""

    tariff: Tariff
    first: int
    last: int | None
    flat: int | None = None

    @property
    def name(self) -> str:
        """What a reader calls it."""
        if self.flat is not None:
            return _("Fast andel (tænkt)")
        if self.last is None:
            return _("Siden %(year)s") % {"year": self.first}
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"

    @property
    def ref(self) -> str:
        """The section it stands in; empty for what is only thought, and where the law data name no section."""
        norm = self.tariff.books[0].norms[SHARE]
        named = "§" in norm.ref
        return norm.ref if named and self.flat is None else ""


@lru_cache(maxsize=8)
def tariff_now(day: date, place: str | None) -> Tariff:
    """The law of a day at a place, as if it were in force always."""
    return incentives.model_of(tariff_of(rulebooks.law(), to_day(day), to_day(day), place), 0)


@lru_cache(maxsize=8)
def models(day: date, place: str | None) -> tuple[Model, ...]:
    """Every way that was in force for more than a month until the day, the oldest first."""
    law = rulebooks.law()
    starts = [version.span.first for version in law.norms[SHARE].versions if version.span.first is not None]
    found = incentives.models(tariff_of(law, min([*starts, to_day(day)]), to_day(day), place))
    years = [from_day(one.books[0].day).year for one in found]
    ends = [*(year - 1 for year in years[1:]), None]
    return tuple(Model(one, first, last) for one, first, last in zip(found, years, ends, strict=True))


def models_of(benefit: str, day: date, place: str | None, flat: int | None) -> list[Model]:
    """The ways that differ for a benefit, the thought one last."""
    found: list[Model] = []
    for one in models(day, place):
        if found and _alike(found[-1].tariff, one.tariff, benefit):
            found[-1] = Model(found[-1].tariff, found[-1].first, one.last)
        else:
            found.append(one)
    if flat is not None:
        found.append(Model(incentives.flat(found[-1].tariff, flat), found[-1].first, None, flat))
    return found


def _alike(one: Tariff, other: Tariff, benefit: str) -> bool:
    return all(
        list(incentives.steps(one, benefit, activity)) == list(incentives.steps(other, benefit, activity))
        for activity in one.activities
    )


def reason_of(model: Tariff, benefit: str, number: int, activity: str = NOTHING) -> tuple[Reason, Share]:
    """Why week ``number`` is shared as it is, and how a hundred kroner are."""
    case = incentives.case_of(model, benefit, 1, 100_00, [1], activity)
    (share,) = share_payments([Payment(case[0].day, benefit, activity, 100_00)], model, before=number - 1)
    return Reasons(model).of(share), share


def benefits_with_share(model: Tariff) -> list[str]:
    """The benefits whose share in the first week is known, in the order of the vocabulary."""
    return [one for one in model.benefits if next(iter(incentives.steps(model, one)))[2] >= 0]
