"""The self-driven track: she runs her own search, after somebody asked what she needs, and one step leads back.

Where the law gives room for it, a caseworker may exempt her from further conversations. That is a decision with a
reason and a name, and it is refused when the municipality's share is used up.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.contacts.models import SelfDriven
from fodfaeste.casework.contacts.portfolio import HOLDER, Count, hold_the_count, room_for
from fodfaeste.casework.courses.actions import EXEMPT, begin_spell, end_spell, record_event, state_fact
from fodfaeste.casework.courses.models import Course, Spell
from fodfaeste.casework.courses.reading import case_of
from fodfaeste.facts import Case, Vocabulary, view_case
from fodfaeste.foundation import from_day
from fodfaeste.reasoning import judge_of
from fodfaeste.rulebook import Rulebook

WHOLE = "__all__"
POWER = "lab.31.fritagelse-adgang.kommune"
"""The power by which the municipality may leave out further conversations."""

JUDGED = "kan_selv_finde_arbejde"
DECISION, KIND = "afgoerelse", "fritagelse-75"
_TRUE = 2


@transaction.atomic
def begin_self_driven(course: Course, need_asked: str, by: User, day: date) -> SelfDriven:
    """She goes on by herself. Raises RefusedError when nobody has asked what she needs, or she does already."""
    if not need_asked.strip():
        raise RefusedError(
            {
                "need_asked": _(
                    "Spørg først, hvad borgeren har brug for, og skriv svaret. Uden det begynder sporet ikke."
                )
            }
        )
    Course.objects.select_for_update().get(pk=course.pk)
    if SelfDriven.objects.filter(course=course, ended=None).exists():
        raise RefusedError({WHOLE: _("Det selvkørende spor er allerede i gang.")})
    return SelfDriven.objects.create(
        kommune_id=course.kommune_id, course=course, begins=day, need_asked=need_asked.strip()[:500], by=by
    )


@transaction.atomic
def exempt(driven: SelfDriven, vocabulary: Vocabulary, reason: str, by: User, book: Rulebook) -> list[Count]:
    """Decide that she needs no further conversations. Returns the shares it drew on, as they stood before.

    Raises RefusedError: without a reason, without room in the law, or for one more than a share leaves out.
    """
    if not reason.strip():
        raise RefusedError({"reason": _("Skriv, hvad du bygger på, at borgeren selv kan finde arbejde.")})
    course, day = driven.course, from_day(book.day)
    hold_the_count(course.kommune_id)
    driven = SelfDriven.objects.select_for_update(of=("self",)).get(pk=driven.pk)
    if driven.ended is not None or driven.exemption_id is not None:
        raise RefusedError({WHOLE: _("Sporet er afsluttet, eller borgeren er allerede fritaget.")})
    # Counted before anything is written: what is judged is kept by version, and a refusal takes the new version back.
    drawn = room_for(course, case_of(course, vocabulary), book)
    state_fact(course, vocabulary, JUDGED, True, by, day, first=day, reason=reason)
    if not _may(case_of(course, vocabulary), book):
        raise RefusedError({WHOLE: _("Loven giver ikke adgang til at undlade samtaler i sagen i dag.")})
    if not drawn:
        raise RefusedError({WHOLE: _("Der er ingen lovbestemte samtaler tilbage at fritage for.")})
    for one in drawn:
        if one.room < 1:
            raise RefusedError({WHOLE: full_words(one)})
    driven.exemption = record_event(course, vocabulary, DECISION, day, {"type": KIND, "udfald": "medhold"}, by, day)
    driven.save(update_fields=["exemption"])
    begin_spell(course, vocabulary, EXEMPT, day, None, HOLDER, by, day, counted=True)
    return drawn


@transaction.atomic
def end_self_driven(driven: SelfDriven, reason: str, by: User, day: date) -> SelfDriven:
    """A person is beside her again, in one step; an exemption ends with it. Twice is once."""
    fresh = SelfDriven.objects.select_for_update(of=("self",)).select_related("course").get(pk=driven.pk)
    if fresh.ended is not None:
        return fresh
    running = Spell.objects.filter(
        course=fresh.course,
        kind=EXEMPT,
        standing=True,
        void=False,
        period__contains=day,
        attrs__holder=HOLDER["holder"],
    )
    for spell in running.select_related("course"):
        end_spell(spell, day, by, day)
    fresh.ended, fresh.ended_reason = day, reason.strip()[:300]
    fresh.save(update_fields=["ended", "ended_reason"])
    return fresh


def self_driven_of(course: Course) -> SelfDriven | None:
    """The track she is on; None when she is not."""
    return SelfDriven.objects.filter(course=course, ended=None).select_related("by", "exemption", "course").first()


def full_words(one: Count) -> str:
    """Why nobody more can be exempted, with the numbers."""
    return _(
        "Ingen flere kan fritages: af de %(members)d, der måles sammen %(day)s, er %(out)d allerede fritaget, og "
        "mindst %(share)s %% skal have deres samtaler."
    ) % {
        "members": one.members, "out": one.out, "share": f"{one.share / 100:g}",
        "day": date_format(one.on, "DATE_FORMAT"),
    }  # fmt: skip


def _may(case: Case, book: Rulebook) -> bool:
    """Whether the law opens the power, now that a named person has judged."""
    norm = book.norms.get(POWER)
    if norm is None or norm.absent:
        return False
    raw = judge_of(book).one(view_case(case, book.vocabulary, book.day), POWER)
    return isinstance(raw, tuple) and raw[0] == _TRUE
