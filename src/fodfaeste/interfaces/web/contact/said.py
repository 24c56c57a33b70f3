"""What the law and the rules say of contact, put into words for both sides of the table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fodfaeste.casework.contacts.forms import Advice, Ground, advice
from fodfaeste.casework.contacts.models import Form
from fodfaeste.casework.contacts.queries import KINDS
from fodfaeste.casework.contacts.signs import Shown, rules
from fodfaeste.casework.plans.clarifying import clock_of_course, guarantees_of
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.citizen_case import CaseAtHand
from fodfaeste.reasoning import Explanation, Status, explain, judge_of
from fodfaeste.reasoning.outcome import value_of

SUMMONED = "lab-bek.46.skal-indkaldes"
"""The condition by which she is summoned and does not book."""

EXEMPTED, REMOVED = "fritaget-selvbooking", "frataget-selvbooking"
HELP_DAYS, HELP_DUTY = "lokal_svarfrist_hjaelp", "lokal.serviceniveau.svar.hjaelp"
CLEARING = "tilkendelsessag"
"""The spell of a case on a resource course, fleksjob or pension, from when it is raised until it is decided."""

APPLICATION, ANSWERS = "ansoegning", "rsl"
"""Applications, and the act by which a municipality sets its own times for answering them."""

_WITH_DAY = (Status.OPEN, Status.LATE, Status.NOT_YET, Status.PAUSED)


@dataclass(frozen=True)
class Bound:
    """Why she cannot book a time herself; ``norm`` is the rule it rests on, ``ref`` its section."""

    words: str
    norm: str
    ref: str


@dataclass(frozen=True)
class Clock:
    """A clarification that waits for a decision: since when, for how long, and the last day if anybody has set one.

    ``told`` are the steps on the way that the law gives a day.
    """

    since: date
    days: int
    last: date | None
    told: tuple[str, ...]


def advice_of(at_hand: CaseAtHand) -> Advice:
    """The form the two should meet in."""
    return advice(at_hand.book, at_hand.view)


def ground_words(ground: Ground) -> str:
    """Why a form is advised, as a sentence."""
    if ground.rule == "oenske" and ground.on is not None:
        return _("Borgeren bad %(day)s om at mødes fysisk.") % {"day": date_format(ground.on, "DATE_FORMAT")}
    return {
        "oenske": _("Borgeren ønsker at mødes fysisk."),
        "loven": _("Loven siger, at den næste samtale holdes ved fremmøde."),
        "sygdom": _("Borgeren er syg i længere tid. Et møde ansigt til ansigt er bedst, hvis borgeren kan."),
        "valg": _("Borgeren vælger selv, hvordan I mødes."),
    }[ground.rule]


def form_choices(allowed: Iterable[str] = tuple(Form.values)) -> list[tuple[str, str]]:
    """The ways to meet that may be chosen, with their names."""
    return [(value, str(label)) for value, label in Form.choices if value in set(allowed)]


def bound_of(at_hand: CaseAtHand) -> Bound | None:
    """Why she cannot book a time herself; None when nothing stands in the way, or the law does not say."""
    norm = at_hand.book.norms.get(SUMMONED)
    if norm is None or norm.absent or _runs(at_hand, EXEMPTED):
        return None
    raw = judge_of(at_hand.book).one(at_hand.view, SUMMONED)
    if not isinstance(raw, tuple) or value_of("bool", raw[0], at_hand.vocabulary) is not True:
        return None
    if _runs(at_hand, REMOVED):
        told = _("Kommunen har afgjort, at du ikke selv kan bestille tid lige nu.")
    else:
        told = _("Den første samtale indkalder kommunen til. Bagefter kan du selv bestille tid.")
    return Bound(told, SUMMONED, norm.ref)


def latest_talk(at_hand: CaseAtHand) -> Explanation | None:
    """The conversation the municipality owes her first, and the last day for it; None when no day is set."""
    found = [
        one
        for entry in at_hand.found.entries
        if (one := entry.explanation).norm.must is not None
        and one.norm.must.kind in KINDS
        and one.norm.norm.owed_by == "kommune"
        and one.outcome.status in _WITH_DAY
        and one.outcome.due is not None
    ]
    return min(found, key=lambda one: one.outcome.due or date.max, default=None)


def help_promise(at_hand: CaseAtHand) -> int | None:
    """Within how many days the municipality promises to answer a request for help; None: it has promised nothing."""
    for norm in at_hand.book.norms.values():
        if norm.norm.name == HELP_DAYS and not norm.absent:
            raw = judge_of(at_hand.book).one(at_hand.view, norm.id)
            return raw[0] if isinstance(raw, tuple) else None
    return None


def help_day(at_hand: CaseAtHand, asked: date) -> date | None:
    """The last day for an answer to what she asked on a day; None when the municipality has promised none."""
    if HELP_DUTY not in at_hand.book.norms or at_hand.book.norms[HELP_DUTY].absent:
        return None
    days = [one.outcome.due for one in explain(at_hand.book, at_hand.view, HELP_DUTY) if one.outcome.start == asked]
    return max((day for day in days if day is not None), default=None)


def clock_at(at_hand: CaseAtHand) -> Clock | None:
    """How long a clarification has been under way, and the day a decision is promised by; None where none runs.

    The day is what a named person has promised (``plans.clarifying``), else the municipality's own time for answering
    an application where it has filled that blank, else unknown.
    """
    course = at_hand.course
    running = clock_of_course(course, at_hand.day)
    if running is None:
        return None
    guarantee = guarantees_of([course.pk]).get(course.pk)
    local = [one.outcome.due for one in _open_duties(at_hand, APPLICATION) if one.norm.norm.act == ANSWERS]
    last = min((day for day in local if day is not None), default=None) if guarantee is None else guarantee.until
    steps = [one for one in _open_duties(at_hand, CLEARING) if one.outcome.due is not None]
    told = dict.fromkeys(f"{at_hand.words.norm(one.norm.id)} ({one.norm.ref})" for one in steps)
    return Clock(running.first, running.days, last, tuple(told))


def sign_words(shown: Shown, to_her: bool = False) -> str:
    """A sign as a sentence, in the language of the request."""
    sign = next(one for one in rules().signs if one.id == shown.sign)
    return (sign.citizen if to_her else sign.why)[rulebooks.language()]


def wait_words(wait: timedelta) -> str:
    """How long a wait was: *3 timer*, *2 dage*."""
    hours = int(wait.total_seconds() // 3600)
    if hours < 1:
        return _("under en time")
    if hours < 48:
        return ngettext("%(n)d time", "%(n)d timer", hours) % {"n": hours}
    return ngettext("%(n)d dag", "%(n)d dage", hours // 24) % {"n": hours // 24}


def moment(at: datetime) -> datetime:
    """A moment without its seconds, as people set it."""
    return at.replace(second=0, microsecond=0)


def _runs(at_hand: CaseAtHand, kind: str) -> bool:
    return any(start <= at_hand.view.on <= end for start, end, _attrs in at_hand.view.spells.get(kind, []))


def _open_duties(at_hand: CaseAtHand, kind: str) -> list[Explanation]:
    """What the municipality still owes her for each spell or event of a kind."""
    return [
        one
        for norm in at_hand.book.norms.values()
        if norm.norm.each == kind and not norm.absent and norm.must is not None and norm.norm.owed_by == "kommune"
        for one in explain(at_hand.book, at_hand.view, norm.id)
        if one.outcome.status in _WITH_DAY
    ]
