"""Which two sets of law are compared: two days, and a regime on the later one; with suggestions found in the law."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from fodfaeste.foundation import from_day, to_day
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.public.asking import day_of
from fodfaeste.interfaces.web.public.normview import who_text
from fodfaeste.interfaces.wording import Words, label_of, regime_status_text, reworded
from fodfaeste.rulebook import Law, Regime, ResolveError, Rulebook

PLANNED = "planlagt"
"""Instead of a regime: every reform that is planned for the day."""

_LOOK_BACK = timedelta(days=548)  # how old a change may be and still be suggested
_LOOK_AHEAD = timedelta(days=366)
_SHOWN = 2  # changes of the past that are suggested
_STATUSES = ("planned", "agreed", "proposed")
"""What can be tried on the later day; what is in force is there by itself."""


@dataclass(frozen=True)
class Preset:
    """A comparison worth making."""

    text: str
    address: str
    current: bool


@dataclass(frozen=True)
class Option:
    """A regime that can be chosen."""

    value: str
    text: str
    chosen: bool


@dataclass
class Choice:
    """What was asked for, as typed; ``errors`` by field when it cannot be answered.

    ``nothing_planned``: what is planned was asked for, and there is nothing on that day but the law.
    """

    typed_from: str
    typed_to: str
    regime: str
    place: str | None
    start: date | None = None
    end: date | None = None
    errors: dict[str, str] = field(default_factory=dict)
    before: Rulebook | None = None
    after: Rulebook | None = None
    nothing_planned: bool = False

    @property
    def ready(self) -> tuple[Rulebook, Rulebook] | None:
        """Both sides, when there are two."""
        return (self.before, self.after) if self.before and self.after and not self.errors else None

    def query(self, **more: str) -> str:
        """The address of the same comparison, with more said."""
        asked = {"fra": self.typed_from, "til": self.typed_to, "regime": self.regime, **more}
        return reverse("leader:changes", query={name: text for name, text in asked.items() if text})


def choice_of(request: HttpRequest, law: Law, place: str | None, today: date) -> Choice:
    """Read ``?fra=&til=&regime=``; without any of them the first suggestion is taken."""
    given = {name: request.GET.get(name, "").strip() for name in ("fra", "til", "regime")}
    if not any(given.values()):
        first = next(iter(suggested(law, today)), (today, today, ""))
        given = {"fra": first[0].isoformat(), "til": first[1].isoformat(), "regime": first[2]}
    choice = Choice(given["fra"], given["til"], given["regime"], place)
    choice.start, choice.end = (_day(choice, name, given[name]) for name in ("fra", "til"))
    if choice.start and choice.end:
        if choice.start > choice.end:
            choice.errors["til"] = _("Den anden dag ligger før den første. Byt dem om.")
        elif choice.start == choice.end and not choice.regime:
            choice.errors["til"] = _("Det er samme dag to gange. Vælg en anden dag, eller en ordning.")
    if not choice.errors:
        _resolve(choice, law)
    return choice


def _day(choice: Choice, name: str, text: str) -> date | None:
    found = day_of(text)
    if found is None:
        choice.errors[name] = (
            _("Skriv en dag som år-måned-dag, eller vælg den i kalenderen.")
            if text
            else _("Her mangler en dag. Vælg den i kalenderen.")
        )
    return found


def _resolve(choice: Choice, law: Law) -> None:
    assert choice.start is not None
    assert choice.end is not None
    try:
        choice.before = rulebooks.rulebook_of(choice.start, choice.place)
        after = rulebooks.rulebook_of(choice.end, choice.place)
        added = _added(choice, law)
        if added:
            wanted = tuple(dict.fromkeys([*after.regimes, *added]))
            after = rulebooks.rulebook_of(choice.end, choice.place, wanted)
        choice.after = after
    except ResolveError as error:
        choice.errors["regime"] = reworded(str(error), rulebooks.language())


def _added(choice: Choice, law: Law) -> list[str]:
    """The regimes that come on top on the later day."""
    if not choice.regime:
        return []
    if choice.regime != PLANNED:
        return [choice.regime]
    assert choice.end is not None
    found = [regime.id for regime in planned_reforms(law) if regime.window.covers(to_day(choice.end))]
    choice.nothing_planned = not found
    return found


def planned_reforms(law: Law) -> list[Regime]:
    """What is planned for everybody; trials, which one asks to take part in, are chosen one by one."""
    return [r for r in law.regimes.values() if r.status == "planned" and r.kind == "reform" and r.who is None]


# -- suggestions -------------------------------------------------------------------------------------------------------


def presets(law: Law, choice: Choice, today: date, words: Words) -> list[Preset]:
    """The change that comes, what is planned, and the days around which most of the law changed lately."""
    made = []
    for start, end, regime in suggested(law, today):
        text = f"{words.day(start)} → {words.day(end)}"
        if regime:
            text = _("%(days)s (planlagt)") % {"days": text}
        current = (choice.start, choice.end, choice.regime) == (start, end, regime)
        made.append(Preset(text, Choice(start.isoformat(), end.isoformat(), regime, None).query(), current))
    return made


def suggested(law: Law, today: date) -> list[tuple[date, date, str]]:
    """Comparisons worth making, as first day, later day and regime: what comes before what is past."""
    changes: Counter[date] = Counter()
    for norm in law.norms.values():
        if norm.kind == "rate":
            continue
        for version in norm.versions:
            first, last = version.span.first, version.span.last
            changes.update({from_day(day) for day in (first, None if last is None else last + 1) if day is not None})
    recent = [(n, day) for day, n in changes.items() if today - _LOOK_BACK <= day <= today]
    coming = [(n, day) for day, n in changes.items() if today < day <= today + _LOOK_AHEAD]
    ahead = [day for _n, day in sorted(coming, reverse=True)[:1]]
    behind = [day for _n, day in sorted(recent, reverse=True)[:_SHOWN]]
    found = [(day - timedelta(days=1), day, "") for day in ahead]
    starts = Counter(r.window.first for r in planned_reforms(law) if r.window.first is not None)
    if starts:
        day = from_day(starts.most_common(1)[0][0])
        if day > today:
            found.append((day - timedelta(days=1), day, PLANNED))
    found.sort()  # what comes first is asked about first, law or only planned
    found += [(day - timedelta(days=1), day, "") for day in behind]
    return found


def both_sides(law: Law, place: str, start: date, end: date, regime: str) -> tuple[Rulebook, Rulebook] | None:
    """The two rulebooks of a suggestion; None when they cannot be had."""
    choice = Choice(start.isoformat(), end.isoformat(), regime, place, start, end)
    _resolve(choice, law)
    return choice.ready


def options(law: Law, choice: Choice, words: Words) -> list[Option]:
    """What can be tried on the later day."""
    regimes = [r for r in law.regimes.values() if r.status in _STATUSES and (r.who is None or choice.place in r.who)]
    regimes.sort(key=lambda r: (_STATUSES.index(r.status), r.id))
    found = [
        Option("", _("Loven, som den er der og da"), not choice.regime),
        Option(PLANNED, _("Alt, hvad der er planlagt som reform"), choice.regime == PLANNED),
    ]
    for regime in regimes:
        status = regime_status_text(regime.status, words)
        text = f"{label_of(regime.title, words.lang)} ({status}, {who_text(regime, law, words)})"
        found.append(Option(regime.id, text, choice.regime == regime.id))
    if choice.regime and not any(option.chosen for option in found):
        found.append(Option(choice.regime, choice.regime, chosen=True))
    return found
