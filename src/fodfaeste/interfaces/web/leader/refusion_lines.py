"""What the pages on reimbursement show, in words: the same lines for the page and for its file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from django.utils.translation import gettext as _

from fodfaeste.economy import incentives
from fodfaeste.economy.incentives import Choice, Kind, Kink
from fodfaeste.economy.ladder import FULL
from fodfaeste.economy.payments import NOTHING
from fodfaeste.economy.reasons import Reasons
from fodfaeste.economy.tariff import Tariff
from fodfaeste.economy.terms import ACTIVITY, BENEFIT
from fodfaeste.foundation import format_kroner
from fodfaeste.interfaces.lawrows import doubt_text
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.leader.refusion_asked import UNIT
from fodfaeste.interfaces.web.leader.refusion_models import Model, benefits_with_share, reason_of
from fodfaeste.interfaces.web.leader.refusion_picture import Steps
from fodfaeste.interfaces.web.public.addresses import norm_address
from fodfaeste.interfaces.wording import label_of


def kroner(øre: int | None) -> str:
    """An amount as people read it; a question mark where it is not known."""
    if øre is None:
        return "?"
    text = format_kroner(øre, rulebooks.language())
    return text if øre % 100 else text.replace(",00 kr.", " kr.").removesuffix(".00")


def percent(share: int) -> str:
    """Hundredths of a per cent."""
    text = f"{share / 100:g} %"
    return text if rulebooks.language() == "en" else text.replace(".", ",")


def word(field: str, value: str) -> str:
    """What a benefit or an activity is called."""
    vocabulary = rulebooks.law().vocabulary
    return label_of(vocabulary.enums[vocabulary.fields[field].type].labels.get(value, {}), rulebooks.language(), value)


def benefit_word(benefit: str) -> str:
    """What a benefit is called, as the first word of a line."""
    found = word(BENEFIT, benefit)
    return found[:1].upper() + found[1:]


def span(first: int, last: int | None) -> str:
    """Weeks of the count."""
    if last is None:
        return _("alle uger") if first == 1 else _("fra uge %(first)s") % {"first": first}
    if first == last:
        return _("uge %(first)s") % {"first": first}
    return _("uge %(first)s–%(last)s") % {"first": first, "last": last}


def listed(words: Sequence[str]) -> str:
    """Words one after another: *a, b og c*."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s og %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


# -- a week less -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LessLine:
    """A step: what one week less on benefit saves each, in words, and the section that says so."""

    weeks: str
    municipality: str
    state: str
    fund: str
    ref: str
    address: str


@dataclass(frozen=True)
class LessGroup:
    """Benefits that cost the same; ``own`` says that the amount is the municipality's own average."""

    benefits: tuple[str, ...]
    amount: str
    own: bool
    lines: tuple[LessLine, ...]

    @property
    def names(self) -> str:
        """The benefits as one text."""
        first, *others = self.benefits
        return listed([first, *(one[:1].lower() + one[1:] if one[1:2].islower() else one for one in others)])


def week_less(model: Tariff, amount: int | None, averages: Mapping[str, int]) -> tuple[list[LessGroup], list[str]]:
    """A line for every benefit and step of today's law, and the doubts they rest on; own averages stand first."""
    law = rulebooks.law()
    found: dict[tuple[int, bool, tuple[LessLine, ...]], list[str]] = {}
    doubts: dict[str, None] = {}
    for benefit in sorted(benefits_with_share(model), key=lambda one: one not in averages or amount is not None):
        own = amount is None and benefit in averages
        weekly = averages[benefit] if own else amount or UNIT
        lines = []
        for one in incentives.case_types(model, weekly, [benefit]):
            reason, share = reason_of(model, benefit, one.first)
            doubts |= dict.fromkeys([*reason.assumptions, *Reasons(model).general([share])])
            less = one.week_less
            address = norm_address(reason.norm, law)
            lines.append(
                LessLine(
                    span(one.first, one.last), kroner(less.municipality), kroner(less.state), kroner(less.fund),
                    reason.ref, address,
                )
            )  # fmt: skip
        found.setdefault((weekly, own, tuple(lines)), []).append(benefit_word(benefit))
    groups = [LessGroup(tuple(names), kroner(weekly), own, lines) for (weekly, own, lines), names in found.items()]
    words = rulebooks.words_of_law()
    return groups, [doubt_text(id_, law, words) for id_ in sorted(doubts)]


# -- week by week ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shape:
    """What the municipality bears under one way of sharing: without activity, and with those that make it less."""

    model: Model
    plain: Steps
    active: Steps
    activities: tuple[str, ...]

    @property
    def known(self) -> bool:
        """Whether the share of a week without activity is known at all."""
        return bool(self.plain)


def shape_of(model: Model, benefit: str, weeks: int) -> Shape:
    """The steps of the weeks from 1 to ``weeks``."""
    plain = _shares(model.tariff, benefit, NOTHING, weeks)
    cheap: dict[tuple[tuple[int, int, int], ...], list[str]] = {}
    for activity in model.tariff.activities:
        steps = tuple(_shares(model.tariff, benefit, activity, weeks))
        if steps != tuple(plain) and steps:
            cheap.setdefault(steps, []).append(word(ACTIVITY, activity))
    if not cheap:
        return Shape(model, plain, (), ())
    steps, activities = min(cheap.items(), key=lambda one: sum((b - a + 1) * share for a, b, share in one[0]))
    every = len(activities) >= len(model.tariff.activities) - 1
    named = [_every()] if every else activities
    return Shape(model, plain, steps, tuple(named))


def _every() -> str:
    return _("ethvert tilbud eller gradvis tilbage i arbejde")


def _shares(model: Tariff, benefit: str, activity: str, weeks: int) -> list[tuple[int, int, int]]:
    return [
        (first, min(last or weeks, weeks), FULL - rate)
        for first, last, rate in incentives.steps(model, benefit, activity)
        if rate >= 0 and first <= weeks
    ]


def described(shape: Shape) -> str:
    """The picture in words."""
    said = [f"{span(a, b)}: {percent(share)}" for a, b, share in shape.plain]
    text = _("Kommunens andel. %(steps)s.") % {"steps": "; ".join(said) or _("ukendt")}
    if shape.active:
        with_it = "; ".join(f"{span(a, b)}: {percent(share)}" for a, b, share in shape.active)
        text += " " + _("I uger med aktivitet: %(steps)s.") % {"steps": with_it}
    return text


@dataclass(frozen=True)
class WeekCell:
    """What a week costs the municipality under one way of sharing; ``active`` with an activity that makes it less."""

    share: str
    cost: str
    active: str


def week_rows(shapes: Sequence[Shape], weeks: int, amount: int) -> list[tuple[str, list[WeekCell]]]:
    """Runs of weeks in which nothing changes under any way of sharing, with a cell for each."""
    starts = {1} | {a for shape in shapes for part in (shape.plain, shape.active) for a, _b, _share in part}
    starts |= {b + 1 for shape in shapes for part in (shape.plain, shape.active) for _a, b, _share in part if b < weeks}
    edges = [*sorted(starts), weeks + 1]
    return [
        (span(a, b - 1) if b <= weeks else span(a, None), [_cell(shape, a, amount) for shape in shapes])
        for a, b in pairwise(edges)
    ]


def _cell(shape: Shape, week: int, amount: int) -> WeekCell:
    plain, active = (
        next((share for a, b, share in steps if a <= week <= b), None) for steps in (shape.plain, shape.active)
    )
    if plain is None:
        return WeekCell(_("ukendt"), "", "")
    with_it = percent(active) if active is not None and active != plain else ""
    return WeekCell(percent(plain), kroner((amount * plain + FULL // 2) // FULL), with_it)


# -- a choice in a week ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ChoiceLine:
    """What may be done in the week, and what the municipality and the state save by it under each way of sharing."""

    what: str
    gains: tuple[tuple[str, str], ...]


def choice_lines(models: Sequence[Model], benefit: str, weeks: int, amount: int, at: int) -> list[ChoiceLine]:
    """A line for each choice; activities that are worth the same everywhere share one."""
    made = [incentives.choices(model.tariff, benefit, weeks, amount, at) for model in models]
    same: dict[tuple[tuple[str, str], ...], list[Choice]] = {}
    lines = []
    for across in zip(*made, strict=True):
        gains = tuple((kroner(one.gain.municipality), kroner(one.gain.state)) for one in across)
        if across[0].activity is None:
            lines.append(ChoiceLine(_CHOICES[across[0].what](), gains))
        else:
            same.setdefault(gains, []).append(across[0])
    offers = [
        ChoiceLine(_sentence(word(ACTIVITY, one.activity or "") for one in group), gains)
        for gains, group in same.items()
    ]
    return [*reversed(lines), *offers]


_CHOICES = {
    "job-for-a-week": lambda: _("Arbejde i den ene uge, derefter ydelse igen"),
    "job-for-good": lambda: _("Job fra ugen og resten af forløbet"),
}


def _sentence(words: Iterable[str]) -> str:
    text = listed(list(words))
    return text[:1].upper() + text[1:]


# -- steps that reward something else ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class KinkLine:
    """A step where helping costs the municipality more than waiting."""

    benefit: str
    weeks: str
    what: str
    share: str
    note: str


def kink_lines(model: Model) -> list[KinkLine]:
    """All such steps under a way of sharing; activities rewarded alike stand on one line."""

    def alike(one: Kink) -> tuple[str, str, int, int, int, int]:
        return (one.benefit, one.kind.value, one.first, one.last or 0, one.dear, one.cheap)

    found = []
    order = {benefit: at for at, benefit in enumerate(model.tariff.benefits)}
    every = sorted(incentives.kinks(model.tariff), key=lambda one: (order[one.benefit], *alike(one)[1:]))
    for _key, group in groupby(every, key=alike):
        kinks = list(group)
        one = kinks[0]
        named = [word(ACTIVITY, kink.activity or "") for kink in kinks]
        if len(named) >= len(model.tariff.activities) - 1:
            named = [_every()]
        share = percent(one.dear) if one.kind is Kind.NO_GAIN else f"{percent(one.dear)} → {percent(one.cheap)}"
        weeks, what = span(one.first, one.last), _what(one.kind, named)
        found.append(KinkLine(benefit_word(one.benefit), weeks, what, share, _note(one)))
    return found


def _what(kind: Kind, activities: list[str]) -> str:
    if kind is Kind.ACTIVITY:
        return _("Ugen er billigere med %(activities)s, hvad enten det hjælper eller ej") % {
            "activities": listed(activities)
        }
    if kind is Kind.WAITING:
        return _("En senere uge er billigere end en tidligere")
    return _("En uge mindre sparer ikke kommunen noget")


def _note(kink: Kink) -> str:
    if not kink.longer:
        return ""
    return _("Ti uger med aktivitet må gøre forløbet %(n)s uger længere, før kommunen taber på det.") % {
        "n": kink.longer
    }
