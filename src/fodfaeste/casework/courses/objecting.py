"""*Det er forkert*: the citizen says what is wrong in what is written about her; a named person answers.

What was written stands until somebody corrects it, and her words stand beside it meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.access.today import now
from fodfaeste.casework.courses.actions import begin_spell, correct_event, state_fact
from fodfaeste.casework.courses.models import Course, Event, Fact, Objection, Spell
from fodfaeste.casework.courses.queries import Known
from fodfaeste.facts import Vocabulary

LONGEST = 4000
"""Letters of one text."""

_ABOUT: Mapping[str, type[Fact | Event | Spell]] = {
    Objection.About.FACT: Fact, Objection.About.EVENT: Event, Objection.About.SPELL: Spell,
}  # fmt: skip

Line = Fact | Event | Spell


@dataclass(frozen=True)
class Mended:
    """What shall stand instead. For a fact ``value`` (None: nobody knows) and ``first``; else days and ``attrs``.

    ``void``: the event or spell never was, and nothing stands in its place.
    """

    value: Any = None
    first: date | None = None
    last: date | None = None
    reason: str = ""
    attrs: Mapping[str, Any] = field(default_factory=dict)
    void: bool = False


def line_of(course: Course, about: str, number: int | None) -> Line | None:
    """The line of a course an objection is about; None when the course has no such line that stands."""
    model = _ABOUT.get(about)
    if model is None or number is None:
        return None
    found: Line | None = model.objects.filter(course=course, pk=number).first()
    if isinstance(found, Event | Spell) and (found.void or not found.standing):
        return None
    return found


def objections_of(course: Course) -> list[Objection]:
    """All that the citizen said was wrong: what waits for an answer first, then the latest. One query."""
    found = Objection.objects.filter(course=course).select_related("answered_by", "raised_by")
    return list(found.order_by(F("answered_at").desc(nulls_first=True), "-raised_at", "-pk"))


def by_line(objections: Iterable[Objection]) -> dict[tuple[str, int | None], list[Objection]]:
    """Objections by the line they are about."""
    found: dict[tuple[str, int | None], list[Objection]] = {}
    for one in objections:
        found.setdefault((one.about, one.line), []).append(one)
    return found


def said_of(facts: Iterable[Known], objections: Iterable[Objection]) -> dict[str, list[Objection]]:
    """What she said against each field of a case, by field; also against lines that no longer count."""
    said = by_line(objections)
    found: dict[str, list[Objection]] = {}
    for known in facts:
        lines = [*([known.line] if known.line else []), *known.others]
        against = [one for line in lines for one in said.get((Objection.About.FACT, line.pk), ())]
        if against:
            found[known.field] = against
    return found


@transaction.atomic
def object_to(course: Course, about: str, number: int | None, text: str, by: User) -> Objection:
    """Say that a line is wrong, or that something is missing. Raises RefusedError."""
    if not by.has_perm("courses.live", course):
        raise RefusedError({"text": _("Kun borgeren selv kan skrive, at noget er forkert.")})
    if about != Objection.About.MISSING and line_of(course, about, number) is None:
        raise RefusedError({"text": _("Det, du vil rette, står der ikke mere. Gå tilbage til dine oplysninger.")})
    said = _whole(text, _("Skriv, hvad der er forkert. Så kan din sagsbehandler rette det."))
    return Objection.objects.create(
        kommune_id=course.kommune_id, course=course, about=about,
        line=None if about == Objection.About.MISSING else number, text=said, raised_by=by,
    )  # fmt: skip


@transaction.atomic
def keep(objection: Objection, answer: str, by: User) -> Objection:
    """Answer that what is written stands, and why. Raises RefusedError."""
    waiting = _waiting(objection, by)
    return _answered(waiting, Objection.Outcome.KEPT, answer, _("Skriv, hvorfor det bliver stående."), by)


@transaction.atomic
def correct(
    objection: Objection, mended: Mended | None, answer: str, vocabulary: Vocabulary, by: User, today: date
) -> Objection:
    """Put right what was wrong, and answer. The old line stays in the history.

    ``mended`` None where somebody has written elsewhere what was missing. Raises RefusedError, and UnfitValueError
    when the new value does not fit; nothing is written then.
    """
    waiting = _waiting(objection, by)
    line = line_of(waiting.course, waiting.about, waiting.line)
    if mended is not None and line is not None:
        _MEND[type(line)](line, mended, vocabulary, by, today)
    return _answered(waiting, Objection.Outcome.CORRECTED, answer, _("Skriv, hvad du har rettet."), by)


def _mend_fact(line: Any, mended: Mended, vocabulary: Vocabulary, by: User, today: date) -> None:
    state_fact(
        line.course, vocabulary, line.field, mended.value, by, today, first=mended.first, reason=mended.reason,
        purpose=_("Rettet, fordi borgeren gjorde opmærksom på en fejl"),
    )  # fmt: skip


def _mend_event(line: Any, mended: Mended, vocabulary: Vocabulary, by: User, today: date) -> None:
    on, attrs = (line.on, line.attrs) if mended.void else (mended.first or line.on, mended.attrs)
    correct_event(line, vocabulary, on, attrs, by, today, void=mended.void)


def _mend_spell(line: Any, mended: Mended, vocabulary: Vocabulary, by: User, today: date) -> None:
    """Another line stands in the spell's place; with ``void`` none."""
    line.standing = False
    line.save(update_fields=["standing"])
    if mended.void:
        Course.objects.filter(pk=line.course_id).update(version=F("version") + 1)
        Spell.objects.create(
            kommune_id=line.kommune_id, course=line.course, kind=line.kind, period=line.period, attrs=line.attrs,
            recorded=today, entered_by=by, source=by.name, corrects=line, void=True, standing=False,
        )  # fmt: skip
        return
    first = mended.first or line.period.lower
    made = begin_spell(line.course, vocabulary, line.kind, first, mended.last, mended.attrs, by, today)
    Spell.objects.filter(pk=made.pk).update(corrects=line)


_MEND: Mapping[type[Line], Callable[[Any, Mended, Vocabulary, User, date], None]] = {
    Fact: _mend_fact, Event: _mend_event, Spell: _mend_spell,
}  # fmt: skip


def _waiting(objection: Objection, by: User) -> Objection:
    """The objection, held for this transaction; refused when another has answered it meanwhile."""
    if not by.has_perm("courses.change", objection.course):
        raise RefusedError({"answer": _("Kun en sagsbehandler i kommunen kan svare på en indsigelse.")})
    fresh = Objection.objects.select_for_update().get(pk=objection.pk)
    if fresh.outcome:
        raise RefusedError({"answer": _("En kollega har svaret imens. Åbn siden igen, og se svaret.")})
    fresh.course = objection.course
    return fresh


def _answered(objection: Objection, outcome: str, answer: str, when_empty: str, by: User) -> Objection:
    objection.answer = _whole(answer, when_empty, "answer")
    objection.outcome, objection.answered_by, objection.answered_at = outcome, by, now()
    objection.save(update_fields=["answer", "outcome", "answered_by", "answered_at"])
    return objection


def _whole(text: str, when_empty: str, name: str = "text") -> str:
    said = text.strip()
    if not said:
        raise RefusedError({name: when_empty})
    if len(said) > LONGEST:
        raise RefusedError({name: _("Teksten er for lang: højst %(most)s tegn.") % {"most": LONGEST}})
    return said
