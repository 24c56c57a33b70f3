"""What the timeline of a course shows: lanes of spells, marks of events, and what is agreed ahead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _

from fodfaeste.casework.contacts.models import Appointment
from fodfaeste.facts import Case, Event, Spell
from fodfaeste.foundation import from_day
from fodfaeste.interfaces.wording import Words, raised

SHOWN_BACK = timedelta(days=730)
"""How far back the timeline goes unless the whole course is asked for."""
AHEAD = timedelta(days=92)
"""How far ahead it goes at least."""

_ABSENCES = ("fravaer", "pause", "ro-periode")
_SUMMONS = "indkaldelse"
_LANES = (("ydelse", ("ydelse",)), ("maalgruppe", ("maalgruppe",)), ("tilbud", ("tilbud",)), ("fravaer", _ABSENCES))


@dataclass(frozen=True)
class Bar:
    """Something that lasts, both days included; ``last`` None is still open."""

    first: date
    last: date | None
    label: str
    text: str


@dataclass(frozen=True)
class Mark:
    """Something on a day. ``shape``: a form of conversation, ``other`` or ``ahead``."""

    on: date
    shape: str
    text: str


@dataclass(frozen=True)
class Lane:
    """A row of the picture. ``key`` names its look."""

    key: str
    title: str
    bars: tuple[Bar, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Timeline:
    """Lanes between two days; ``earlier`` tells that there is more before the first."""

    lanes: tuple[Lane, ...]
    first: date
    last: date
    today: date
    earlier: bool

    def lines(self) -> list[tuple[date, date | None, str, str]]:
        """The same as the picture, for a table: first day, last day, lane and text; the latest first."""
        found = [(bar.first, bar.last, lane.title, bar.text) for lane in self.lanes for bar in lane.bars]
        found += [(mark.on, mark.on, lane.title, mark.text) for lane in self.lanes for mark in lane.marks]
        return sorted(found, key=lambda line: (line[0], line[2], line[3]), reverse=True)

    def shapes(self) -> list[str]:
        """The shapes of marks that occur, for the key below the picture."""
        used = {mark.shape for lane in self.lanes for mark in lane.marks}
        return [shape for shape in ("fysisk", "telefon", "video", "skriftlig", "unstated", "other", "ahead")
                if shape in used]  # fmt: skip


def timeline_of(
    case: Case, words: Words, today: date, appointments: Iterable[Appointment] = (), whole: bool = False
) -> Timeline:
    """The lanes of a case as they stand now: corrected lines are left out, they stand in the history."""
    spells, events, ahead = standing(case.spells), standing(case.events), list(appointments)
    days = [from_day(s.start) for s in spells] + [from_day(e.date) for e in events]
    began = min(days, default=today)
    first = began if whole else max(began, today - SHOWN_BACK)
    last = max([today + AHEAD, *(timezone.localdate(one.at) for one in ahead), *(day for day in days if day > today)])
    lanes = [*_spell_lanes(spells, words, first), *_event_lanes(events, ahead, words, first)]
    return Timeline(tuple(lanes), first.replace(day=1), last, today, began < first)


_Line = TypeVar("_Line", Event, Spell)


def standing(lines: Iterable[_Line]) -> list[_Line]:
    """The lines that nothing has taken the place of, and that happened at all."""
    listed = list(lines)
    corrected = {line.corrects for line in listed if line.corrects}
    return [line for line in listed if line.id not in corrected and not line.void]


def _spell_lanes(spells: list[Spell], words: Words, first: date) -> list[Lane]:
    bars: dict[str, list[Bar]] = {}
    keys = {kind: key for key, kinds in _LANES for kind in kinds}
    for spell in spells:
        end = None if spell.end is None else from_day(spell.end)
        if end is None or end >= first:
            bars.setdefault(keys.get(spell.kind, "andet"), []).append(_bar(spell, end, words))
    titles = {
        "ydelse": _("Ydelse"), "maalgruppe": _("Målgruppe"), "tilbud": _("Tilbud"),
        "fravaer": _("Fravær og pauser"), "andet": _("Andre forløb"),
    }  # fmt: skip
    return [
        Lane(key, title, tuple(sorted(bars.get(key, ()), key=lambda bar: (bar.first, bar.last or date.max))))
        for key, title in titles.items()
        if bars.get(key) or key in ("ydelse", "maalgruppe")
    ]


def _bar(spell: Spell, end: date | None, words: Words) -> Bar:
    kind = words.kind(spell.kind)
    row = {"from": from_day(spell.start), "to": end}
    types = words.vocabulary.spells[spell.kind].attrs
    named = [words.value(value, types[name]) for name, value in spell.attrs.items() if types[name] in _enums(words)]
    label = raised(named[0]) if named and spell.kind not in _ABSENCES else raised(kind)
    return Bar(from_day(spell.start), end, label, f"{label}: {words.row_days(row)}")


def _enums(words: Words) -> Iterable[str]:
    return words.vocabulary.enums


def _event_lanes(events: list[Event], ahead: list[Appointment], words: Words, first: date) -> list[Lane]:
    talks: list[Mark] = []
    others: list[Mark] = []
    for event in events:
        on = from_day(event.date)
        if on < first:
            continue
        text = f"{raised(words.kind(event.kind))}{words.described(event.kind, event.attrs)}"
        if is_conversation(event.kind, words):
            talks.append(Mark(on, str(event.attrs.get("form", "unstated")), text))
        else:
            others.append(Mark(on, "other", text))
    for one in ahead:
        form = one.get_form_display()
        talks.append(Mark(timezone.localdate(one.at), "ahead", _("Aftalt samtale (%(form)s)") % {"form": form}))
    lanes = [Lane("samtaler", _("Samtaler"), marks=tuple(sorted(talks, key=lambda mark: mark.on)))]
    if others:
        lanes.append(Lane("haendelser", _("Hændelser"), marks=tuple(sorted(others, key=lambda mark: mark.on))))
    return lanes


def is_conversation(kind: str, words: Words) -> bool:
    """Whether an event is people meeting: it has a form, and is not only the letter that calls to it."""
    return "form" in words.vocabulary.events[kind].attrs and kind != _SUMMONS
