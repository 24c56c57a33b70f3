"""*Det, kommunen ved om dig*: every fact, event and period, whence and what for; *Det er forkert* beside each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.today import today
from fodfaeste.casework.courses.models import Course, Event, Fact, Objection, Spell
from fodfaeste.casework.courses.objecting import by_line, objections_of
from fodfaeste.casework.courses.queries import Known, facts_of
from fodfaeste.facts import Field
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.citizen_facts import value_of
from fodfaeste.interfaces.web.citizen.asked_for import Uses, uses_of
from fodfaeste.interfaces.web.citizen.own import own_page
from fodfaeste.interfaces.web.citizen.saying import attrs_text, last_day
from fodfaeste.interfaces.wording import Words, raised, source_text, span_text

_Row = TypeVar("_Row", Event, Spell)
_SHOWN = 15
"""Events shown before the older ones are unfolded."""

FACT, EVENT, SPELL = Objection.About.FACT, Objection.About.EVENT, Objection.About.SPELL


@dataclass(frozen=True)
class Line:
    """One line about her. ``objections`` are what she said against it, ``earlier`` what stood there before."""

    about: str
    number: int
    label: str
    value: str
    when: str
    source: str
    by: str
    recorded: date | None
    heard: date | None
    reason: str
    uses: Uses
    objections: tuple[Objection, ...] = ()
    earlier: tuple[str, ...] = field(default=())

    @property
    def wrong(self) -> str:
        """Where she says that it is wrong."""
        return reverse("citizen:object", args=[self.about, self.number])

    @property
    def anchor(self) -> str:
        """The name of its place on the page."""
        return f"{self.about}-{self.number}"


@own_page
def facts(request: HttpRequest, user: User, course: Course) -> HttpResponse:
    """All lines that stand."""
    found = objections_of(course)
    lines = lines_of(course, by_line(found))
    context = {
        "course": course,
        "facts": lines[FACT],
        "spells": lines[SPELL],
        "events": lines[EVENT][:_SHOWN],
        "older": lines[EVENT][_SHOWN:],
        "missing": [one for one in found if one.about == Objection.About.MISSING],
        "waiting": sum(not one.outcome for one in found),
    }
    return render(request, "citizen/facts.html", context)


def lines_of(course: Course, said: dict[tuple[str, int | None], list[Objection]]) -> dict[str, list[Line]]:
    """Facts by label, periods and events the latest first. Three queries."""
    words = rulebooks.words(rulebooks.rulebook_of(today(), course.kommune.slug))
    fields = words.vocabulary.fields
    known = [one for one in facts_of(course, today()) if one.field in fields]
    spells = _standing(Spell.objects.filter(course=course), "-period").filter(kind__in=words.vocabulary.spells)
    events = _standing(Event.objects.filter(course=course), "-on").filter(kind__in=words.vocabulary.events)
    found = {
        FACT: [line for one in known if (line := _fact_line(one, fields[one.field], words, said)) is not None],
        SPELL: [_spell_line(one, words, said) for one in spells],
        EVENT: [_event_line(one, words, said) for one in events],
    }
    found[FACT].sort(key=lambda line: line.label.casefold())
    return {str(name): lines for name, lines in found.items()}


def one_line(course: Course, line: Fact | Event | Spell) -> Line | None:
    """A line in words; None where the vocabulary does not know it any more."""
    words = rulebooks.words(rulebooks.rulebook_of(today(), course.kommune.slug))
    if isinstance(line, Fact):
        found = words.vocabulary.fields.get(line.field)
        return None if found is None else _fact_line(Known(line.field, line, ()), found, words, {})
    if isinstance(line, Event):
        return _event_line(line, words, {}) if line.kind in words.vocabulary.events else None
    return _spell_line(line, words, {}) if line.kind in words.vocabulary.spells else None


def _standing(found: QuerySet[_Row], order: str) -> QuerySet[_Row]:
    return found.filter(standing=True, void=False).select_related("entered_by").order_by(order, "-pk")


Said = dict[tuple[str, int | None], list[Objection]]


def _fact_line(known: Known, kind: Field, words: Words, said: Said) -> Line | None:
    """The line that counts today, else the latest one; what was said against earlier lines stands there too."""
    lines = [*([known.line] if known.line else []), *known.others]
    if not lines:
        return None
    first, earlier = lines[0], lines[1:]
    valid = first.valid
    return Line(
        str(FACT), first.pk, raised(words.field(kind.name)), raised(value_of(first.value, kind, words)),
        _days(valid, words), *_whence(first, words), first.heard,
        first.reason, uses_of(("field", kind.name), today(), words),
        tuple(one for line in lines for one in said.get((FACT, line.pk), ())),
        tuple(_earlier(line, kind, words) for line in earlier),
    )  # fmt: skip


def _days(valid: Any, words: Words) -> str:
    """The days a fact is noted for; nothing when there are none, which is not the same as always."""
    if valid is None or (valid.lower is None and valid.upper is None):
        return ""
    return span_text(valid.lower, last_day(valid), words.lang)


def _earlier(line: Fact, kind: Field, words: Words) -> str:
    source, _by, recorded = _whence(line, words)
    told = [raised(value_of(line.value, kind, words)), source, "" if recorded is None else words.day(recorded)]
    return ", ".join(part for part in told if part)


def _event_line(line: Event, words: Words, said: Said) -> Line:
    return Line(
        str(EVENT), line.pk, raised(words.kind(line.kind)), raised(attrs_text(line.kind, line.attrs, words)),
        words.day(line.on), *_whence(line, words), None, "", uses_of(("event", line.kind), today(), words),
        _against(EVENT, line, said),
    )  # fmt: skip


def _spell_line(line: Spell, words: Words, said: Said) -> Line:
    when = span_text(line.period.lower, last_day(line.period), words.lang)
    return Line(
        str(SPELL), line.pk, raised(words.kind(line.kind)), raised(attrs_text(line.kind, line.attrs, words)), when,
        *_whence(line, words), None, "", uses_of(("spell", line.kind), today(), words), _against(SPELL, line, said),
    )  # fmt: skip


def _against(about: str, line: Event | Spell, said: Said) -> tuple[Objection, ...]:
    """What she said against a line or the one it corrects."""
    numbers: Iterable[int | None] = (line.pk, line.corrects_id)
    return tuple(one for number in numbers if number is not None for one in said.get((about, number), ()))


def _whence(line: Fact | Event | Spell, words: Words) -> tuple[str, str, date | None]:
    """Source, who wrote it, and when; the writer is not named twice."""
    writer = line.entered_by.name if line.entered_by else ""
    by = getattr(line, "by", "") or writer
    return ("" if line.source == by else source_text(line.source, words.lang), by, line.recorded)
