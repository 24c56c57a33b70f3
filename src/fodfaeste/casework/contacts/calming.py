"""Calm for a while: a caseworker proposes it, the citizen chooses it, and she ends it any day she likes.

The law asks whether calm was *chosen by the citizen*. So nothing is written that the law reads until she has said yes
herself on her page, or a caseworker writes down on which day she said it in a conversation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from fodfaeste.casework.access.models import Role, User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.contacts.models import Calm
from fodfaeste.casework.courses.actions import begin_spell, end_spell
from fodfaeste.casework.courses.models import Course
from fodfaeste.facts import Vocabulary

WHOLE = "__all__"
CALM_SPELLS: tuple[tuple[str, dict[str, bool]], ...] = (("ro-periode", {"valgt_af_borger": True}), ("pause", {}))
"""How the law reads calm: the kind that regimes ask about, else the general one."""


@dataclass(frozen=True)
class Peace:
    """Calm as it is put forward: until a day, why, whom she can reach meanwhile, and how contact is taken up again."""

    until: date
    reason: str
    contact: User
    way_back: str


@transaction.atomic
def propose_calm(course: Course, peace: Peace, by: User, today: date) -> Calm:
    """Put calm forward. It holds once the citizen has said yes; until then all is as it was. Raises RefusedError."""
    errors = _errors(course, peace, today)
    if errors:
        raise RefusedError(errors)
    return Calm.objects.create(
        kommune_id=course.kommune_id, course=course, begins=today, until=peace.until, reason=peace.reason.strip(),
        contact=peace.contact, way_back=peace.way_back.strip(), proposed_by=by,
    )  # fmt: skip


@transaction.atomic
def agree_calm(
    course: Course, vocabulary: Vocabulary, peace: Peace, by: User, today: date, said_on: date
) -> Calm:  # fmt: skip
    """Calm from today, which the citizen chose in a conversation on ``said_on``: ``by`` answers for that.

    Raises RefusedError.
    """
    errors = _errors(course, peace, today) | _day_errors(course, said_on, today)
    if errors:
        raise RefusedError(errors)
    return _chosen(propose_calm(course, peace, by, today), vocabulary, by, today, said_on)


@transaction.atomic
def hear_calm(calm: Calm, vocabulary: Vocabulary, by: User, today: date, said_on: date) -> Calm:
    """Calm that was put forward, and that the citizen said yes to in a conversation: ``by`` answers for that.

    Raises RefusedError, as ``choose_calm``.
    """
    fresh = _row(calm)
    errors = _day_errors(fresh.course, said_on, today)
    if errors:
        raise RefusedError(errors)
    return fresh if _holds(fresh, today) else _chosen(fresh, vocabulary, by, today, said_on)


@transaction.atomic
def choose_calm(calm: Calm, vocabulary: Vocabulary, by: User, today: date) -> Calm:
    """The citizen herself says yes to calm that was put forward: it holds from today. Twice is once.

    Raises RefusedError, also where it was withdrawn meanwhile or its last day has come.
    """
    fresh = _row(calm)
    if not by.has_perm("courses.live", fresh.course):
        raise RefusedError({WHOLE: _("Kun borgeren selv kan sige ja her.")})
    return fresh if _holds(fresh, today) else _chosen(fresh, vocabulary, by, today, today)


@transaction.atomic
def end_calm(calm: Calm, by: User, today: date) -> Calm:
    """Contact is taken up again: she or a caseworker ends the calm any day, in one step. Twice is once.

    Calm that was only put forward is gone the same way: she says no to it, or the caseworker takes it back.
    """
    fresh = _row(calm)
    if fresh.ended is not None:
        return fresh
    if fresh.spell is not None and fresh.until >= today:
        spell = fresh.spell
        spell.course = fresh.course
        fresh.spell = end_spell(spell, max(today, fresh.begins), by, today)
    fresh.ended, fresh.ended_by = today, by
    fresh.save(update_fields=["ended", "ended_by", "spell"])
    return fresh


def calm_and_proposal_of(course: Course, day: date) -> tuple[Calm | None, Calm | None]:
    """The calm that holds on a day, and the one that waits for the citizen's yes: at most one of them. One query."""
    found = Calm.objects.filter(course=course, ended=None, until__gte=day)
    one = found.select_related("contact", "chosen_by", "proposed_by", "course").first()
    if one is None or one.chosen_on is not None:
        return one, None
    return None, one if one.until > day else None  # on its last day it is too late to begin


def calm_of(course: Course, day: date) -> Calm | None:
    """The calm that holds on a day; None when there is none, or it has run out."""
    return calm_and_proposal_of(course, day)[0]


def proposed_calm_of(course: Course, day: date) -> Calm | None:
    """The calm that was put forward and waits for the citizen's yes; None when there is none, or it is too late."""
    return calm_and_proposal_of(course, day)[1]


def declined_calm_of(course: Course) -> Calm | None:
    """The calm she said no to, if that is the last that was heard of it."""
    last = Calm.objects.filter(course=course).select_related("ended_by").order_by("-pk").first()
    if last is None or last.chosen_on is not None or last.ended_by is None:
        return None
    return last if last.ended_by.role == Role.CITIZEN else None


def _errors(course: Course, peace: Peace, today: date) -> dict[str, str]:
    errors: dict[str, str] = {}
    if peace.until <= today:
        errors["until"] = _("Ro har en slutdag, der kommer. Vælg en dag efter i dag.")
    if not peace.reason.strip():
        errors["reason"] = _("Skriv, hvorfor I har aftalt ro. Brug gerne borgerens egne ord.")
    if not peace.way_back.strip():
        errors["way_back"] = _("Skriv, hvordan I tager kontakten op igen.")
    Course.objects.select_for_update().get(pk=course.pk)
    open_ones = Calm.objects.filter(course=course, ended=None)  # run out, or never answered: both make room
    open_ones.filter(Q(until__lt=today) | Q(until=today, chosen_on=None)).update(ended=F("until"))
    standing = Calm.objects.filter(course=course, ended=None).first()
    if standing is not None and standing.chosen_on is None:
        errors[WHOLE] = _("Der er allerede foreslået ro. Træk forslaget tilbage, hvis det skal være et andet.")
    elif standing is not None:
        errors[WHOLE] = _("Der er allerede aftalt ro. Afslut den først, hvis aftalen skal være en anden.")
    return errors


def _day_errors(course: Course, said_on: date, today: date) -> dict[str, str]:
    if said_on > today:
        return {"said_on": _("Dagen ligger i fremtiden. Skriv den dag, borgeren sagde ja.")}
    if said_on < course.opened:
        return {"said_on": _("Dagen ligger, før borgerens forløb begyndte. Skriv den dag, borgeren sagde ja.")}
    return {}


def _holds(calm: Calm, today: date) -> bool:
    """Whether she has said yes already. Raises RefusedError when nobody can say yes any more."""
    if calm.ended is None and calm.chosen_on is not None:
        return True
    if calm.ended is not None or calm.until <= today:
        raise RefusedError({WHOLE: _("Forslaget om ro gælder ikke mere. Aftal en ny, hvis der skal være ro.")})
    return False


def _row(calm: Calm) -> Calm:
    return Calm.objects.select_for_update(of=("self",)).select_related("spell", "course").get(pk=calm.pk)


def _chosen(calm: Calm, vocabulary: Vocabulary, by: User, today: date, said_on: date) -> Calm:
    kind, attrs = next((kind, attrs) for kind, attrs in CALM_SPELLS if kind in vocabulary.spells)
    calm.spell = begin_spell(calm.course, vocabulary, kind, today, calm.until, attrs, by, today)
    calm.begins, calm.chosen_on, calm.chosen_by = today, said_on, by
    calm.save(update_fields=["spell", "begins", "chosen_on", "chosen_by"])
    return calm
