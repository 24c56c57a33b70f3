"""Which rules a case can be seen under: those in force, general law alone, what is planned, and what is proposed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from fodfaeste.foundation import from_day, to_day
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.wording import label_of, regime_kind_text, regime_status_text, span_text
from fodfaeste.rulebook import Regime

IN_FORCE, GENERAL, PLANNED = "gaeldende", "almindelig", "planlagt"
"""What is in force there and then; general law without any trial; that and all planned reforms of the day."""

_NOT_LAW = ("proposed", "agreed", "never-in-force", "planned")
_REFORM = "reform"
Choices = list[tuple[str, str | list[tuple[str, str]]]]


@dataclass(frozen=True)
class Note:
    """A regime that is in the choice: what it is, and whether it is law."""

    id: str
    title: str
    kind: str
    status: str
    span: str
    is_law: bool


def offered(place: str, day: date) -> Choices:
    """The rules that can be chosen at a place: regimes that have not ended, by their status."""
    lang = rulebooks.language()
    grouped: dict[str, list[tuple[str, str]]] = {}
    for regime in _here(place, day):
        heading = regime_status_text(regime.status, rulebooks.words_of_law()).capitalize()
        grouped.setdefault(heading, []).append((regime.id, label_of(regime.title, lang, regime.id)))
    first = [(IN_FORCE, _("De regler, der gælder den dag")), (GENERAL, _("Almindelig lov uden forsøg"))]
    if any(_is_planned_reform(regime) for regime in _here(place, day)):
        first.append((PLANNED, _("Det planlagte: alle reformer, der er vedtaget eller på vej")))
    return [*first, *((heading, sorted(found, key=lambda one: one[1])) for heading, found in grouped.items())]


def chosen_regimes(choice: str, day: date, place: str) -> tuple[str, ...] | None:
    """The regimes of a choice for ``rulebook_of``: a chosen one comes on top of those in force there and then."""
    if choice in ("", IN_FORCE):
        return None
    if choice == GENERAL:
        return ()
    in_force = rulebooks.rulebook_of(day, place).regimes
    added = _planned(day, place) if choice == PLANNED else (choice,)
    return tuple(dict.fromkeys([*in_force, *added]))


def notes_of(choice: str, day: date, place: str) -> list[Note]:
    """What must be said of the chosen regimes, and of those in force on the day."""
    ids = chosen_regimes(choice, day, place)
    found = rulebooks.rulebook_of(day, place, ids).regimes
    return [_note(rulebooks.law().regimes[id_]) for id_ in found]


def _note(regime: Regime) -> Note:
    words = rulebooks.words_of_law()
    first, last = (None if one is None else from_day(one) for one in (regime.window.first, regime.window.last))
    return Note(
        regime.id, label_of(regime.title, words.lang, regime.id), regime_kind_text(regime.kind, words),
        regime_status_text(regime.status, words), span_text(first, last, words.lang),
        is_law=regime.status not in _NOT_LAW and regime.kind not in ("proposal", _REFORM),
    )  # fmt: skip


def _here(place: str, day: date) -> list[Regime]:
    """Regimes that cover the place and have not ended."""
    now = to_day(day)
    return [
        regime
        for regime in rulebooks.law().regimes.values()
        if (regime.who is None or place in regime.who)
        and (regime.window.last is None or regime.window.last >= now)
        and not regime.was_law
    ]


def _is_planned_reform(regime: Regime) -> bool:
    return regime.status == "planned" and regime.kind == _REFORM


def _planned(day: date, place: str) -> tuple[str, ...]:
    return tuple(one.id for one in _here(place, day) if _is_planned_reform(one) and one.window.covers(to_day(day)))
