"""Who decides in which form the two talk: the law, the municipality, the caseworker or the citizen.

It is read off the rulebook of the day, so that a change of law, or a trial, is a change of the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from fodfaeste.facts import View
from fodfaeste.reasoning import judge_of
from fodfaeste.reasoning.outcome import value_of
from fodfaeste.rulebook import Law, ResolvedNorm, Rulebook

_CONTACT, _IN_PERSON, _INSIDE = "form_bestemmes", "skal_moede_frem", "i_kontaktforloeb"
_ILL, _ILL_CHOOSES = "sygesag", "syg_vaelger_form"
_ILL_DEMANDED = "sdl.13b.kraev-fremmoede"
_CITIZEN, _LAW = "ved-borger", "ved-lov"


class Decider(Enum):
    """Who decides."""

    LAW = "law"
    KOMMUNE = "kommune"
    CASEWORKER = "caseworker"
    CITIZEN = "citizen"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Decided:
    """Who decides the form, by which norm (empty: no rule speaks of it), and the regimes that made it so."""

    by: Decider
    norm: str = ""
    regimes: tuple[str, ...] = ()


def form_decided_by(law: Law, book: Rulebook, view: View) -> Decided:
    """Who decides the form of the next talk. Somebody in two courses is told of the one that leaves her least choice.

    Without a rule the municipality decides; that a meeting in person can always be asked for is another matter.
    """
    found = [one for one in (_in_contact_course(law, book, view), _when_ill(law, book, view)) if one is not None]
    return min(found, key=lambda one: _STRICTEST.index(one.by)) if found else Decided(Decider.KOMMUNE)


_STRICTEST = (Decider.LAW, Decider.CASEWORKER, Decider.KOMMUNE, Decider.UNKNOWN, Decider.CITIZEN)


def _in_contact_course(law: Law, book: Rulebook, view: View) -> Decided | None:
    norm = _named(book, _CONTACT)
    raw = None if norm is None else judge_of(book).one(view, norm.id)
    if norm is None or not isinstance(raw, tuple):
        return None
    if raw[0] is None:
        return _unknown_or_nothing(book, view, norm)
    value = str(value_of(str(norm.norm.type), raw[0], book.vocabulary))
    if value == _CITIZEN:
        return Decided(Decider.CITIZEN, norm.id, _regimes(norm))
    freed = _touching(law, book, _IN_PERSON) if _named(book, _IN_PERSON) is None else _regimes(norm)
    if value == _LAW and not freed:
        return Decided(Decider.LAW, norm.id)
    return Decided(Decider.KOMMUNE if freed else Decider.CASEWORKER, norm.id, freed)


def _unknown_or_nothing(book: Rulebook, view: View, norm: ResolvedNorm) -> Decided | None:
    """A definition that does not apply has no value either: only inside the contact course is it unknown."""
    inside = _truth(book, view, _named(book, _INSIDE))
    return Decided(Decider.UNKNOWN, norm.id) if inside else None


def _when_ill(law: Law, book: Rulebook, view: View) -> Decided | None:
    ill, chooses = _named(book, _ILL), _named(book, _ILL_CHOOSES)
    if ill is None or not _truth(book, view, ill):
        return None
    if chooses is None:  # before anybody could choose, or where a trial set it aside
        freed = _touching(law, book, _ILL_CHOOSES)
        return Decided(Decider.KOMMUNE if freed else Decider.LAW, ill.id, freed)
    demanded = book.norms.get(_ILL_DEMANDED)
    if demanded is not None and not demanded.absent and _truth(book, view, demanded):
        return Decided(Decider.CASEWORKER, demanded.id, _regimes(demanded))
    free = _truth(book, view, chooses)
    by = Decider.UNKNOWN if free is None else Decider.CITIZEN if free else Decider.LAW
    return Decided(by, chooses.id, _regimes(chooses))


def _touching(law: Law, book: Rulebook, name: str) -> tuple[str, ...]:
    """The regimes in use that change the norm with a name."""
    ids = {norm.id for norm in law.norms.values() if norm.name == name}
    return tuple(one for one in book.regimes if any(edit.norm in ids for edit in law.regimes[one].edits))


def _id_of(book: Rulebook, name: str) -> str:
    """The id of the norm with a name, also of one that is set aside; empty where there is none."""
    return next((norm.id for norm in book.norms.values() if norm.norm.name == name), "")


def _named(book: Rulebook, name: str) -> ResolvedNorm | None:
    norm = book.norms.get(_id_of(book, name))
    return None if norm is None or norm.absent else norm


def _truth(book: Rulebook, view: View, norm: ResolvedNorm | None) -> bool | None:
    """Whether a condition, right or power holds; None when unknown or when there is no such norm."""
    raw = None if norm is None else judge_of(book).one(view, norm.id)
    if not isinstance(raw, tuple):
        return None
    found = value_of("bool", raw[0], book.vocabulary)
    return None if found is None else bool(found)


def _regimes(norm: ResolvedNorm) -> tuple[str, ...]:
    return tuple(dict.fromkeys(regime for regime, _op in norm.edits))
