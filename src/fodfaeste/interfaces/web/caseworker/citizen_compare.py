"""The same case on another day or under other rules, side by side, each difference marked with what it comes from.

Facts are the same on both sides. What differs only because time passes is told apart from what the rules change: the
rules of the first side are also asked about the other day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.today import today
from fodfaeste.casework.courses.models import Course
from fodfaeste.facts import view_case
from fodfaeste.foundation import to_day
from fodfaeste.interfaces.outline import Outline, outline
from fodfaeste.interfaces.overview import Difference, Entry, Group, differences
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.citizen_case import CaseAtHand, case_at_hand
from fodfaeste.interfaces.web.caseworker.citizen_law import Occasion, about_text, occasion_of
from fodfaeste.interfaces.web.caseworker.citizen_regimes import GENERAL, IN_FORCE, chosen_regimes, notes_of, offered
from fodfaeste.interfaces.web.caseworker.opening import opens_case
from fodfaeste.interfaces.web.days import DayField
from fodfaeste.interfaces.web.public.addresses import norm_address
from fodfaeste.interfaces.wording import Words, reworded, sentence
from fodfaeste.rulebook import ResolveError, Rulebook

DAY, REGIME = "dato", "regime"


class ChoiceForm(forms.Form):
    """The other side: a day, and the rules."""

    def __init__(self, course: Course, data: Mapping[str, str], first: date) -> None:
        super().__init__({DAY: data.get(DAY) or first.isoformat(), REGIME: data.get(REGIME) or IN_FORCE})
        self.fields[DAY] = DayField(_("Dag"))
        self.fields[REGIME] = forms.ChoiceField(
            label=_("Regler"), choices=offered(course.kommune.slug, first),
            error_messages={"invalid_choice": _("Det sæt regler findes ikke her. Vælg et fra listen.")},
        )  # fmt: skip


@dataclass(frozen=True)
class Side:
    """One side of a row: how the norm stands there. ``occasion`` None: it says nothing there, and ``missing`` why."""

    occasion: Occasion | None
    missing: str
    ref: str
    section: str


@dataclass(frozen=True)
class Row:
    """One norm on both sides. ``cause``: time, rules or both; empty where nothing differs."""

    label: str
    about: str
    before: Side
    after: Side
    cause: str


@dataclass(frozen=True)
class Compared:
    """What differs; what answers the same from another section or wording; what is the same in all."""

    rows: list[Row]
    moved: list[Row]
    same: list[Row]


@opens_case("citizen-compare")
def compare(request: HttpRequest, user: User, course: Course) -> HttpResponse:
    """``?dato=2026-07-01&regime=djof-01``: today under the rules in force beside the day and the rules chosen."""
    at_hand = case_at_hand(course, today())
    form = ChoiceForm(course, request.GET.dict(), at_hand.day)
    context = {"course": course, "citizen": course.citizen, "form": form, "today": at_hand.day}
    if not form.is_valid():
        return render(request, "caseworker/citizen_compare.html", context, status=422)
    day, regime = form.cleaned_data[DAY], form.cleaned_data[REGIME]
    try:
        ids = chosen_regimes(regime, day, course.kommune.slug)
        book = rulebooks.rulebook_of(day, course.kommune.slug, ids)
    except ResolveError as error:
        form.add_error(REGIME, sentence(reworded(str(error), rulebooks.language())))
        return render(request, "caseworker/citizen_compare.html", context, status=422)
    found = compared(at_hand, book, day, {DAY: day.isoformat(), REGIME: regime})
    context |= {"day": day, "rows": found.rows, "moved": found.moved, "same": found.same, "general": regime == GENERAL}
    context["notes"] = notes_of(regime, day, course.kommune.slug)
    context["before_law"] = rulebooks.before_the_law(day)
    return render(request, "caseworker/citizen_compare.html", context)


def compared(at_hand: CaseAtHand, book: Rulebook, day: date, asked: Mapping[str, str]) -> Compared:
    """The case today beside the case on another day under other rules."""
    view = view_case(at_hand.case, at_hand.vocabulary, to_day(day))
    before, after = at_hand.found, outline(book, view)
    between = outline(at_hand.book, view) if day != at_hand.day else before
    by_time = {_key(one) for one in differences(before, between) if not one.same}
    by_rules = {_key(one) for one in differences(between, after) if not one.same}
    found = Compared([], [], [])
    for one in differences(before, after):
        key = _key(one)
        cause = "" if one.same else _cause(key in by_time, key in by_rules)
        where = found.same if one.same else found.moved if _only_moved(one) else found.rows
        where.append(_row(one, at_hand, before, after, asked, cause))
    return found


def _only_moved(one: Difference) -> bool:
    """Whether both sides give the same answer, and only the section is another."""
    if one.before is None or one.after is None:
        return False
    return one.before.group == one.after.group and one.before.explanation.outcome == one.after.explanation.outcome


def _key(one: Difference) -> tuple[str, str]:
    entry = one.before or one.after
    assert entry is not None
    return entry.key


def _cause(time: bool, rules: bool) -> str:
    if time and not rules:
        return "time"
    return "both" if time else "rules"


def _row(
    one: Difference, at_hand: CaseAtHand, before: Outline, after: Outline, asked: Mapping[str, str], cause: str
) -> Row:
    words, other = at_hand.words, rulebooks.words(after.rulebook)
    entry = one.before or one.after
    assert entry is not None
    named = words if one.norm in words.norms else other
    item = entry.explanation.item
    return Row(
        named.norm(one.norm),
        "" if item is None else about_text(item, words),
        _side(one.before, before, one, words, _why(at_hand, before, one.before, {})),
        _side(one.after, after, one, other, _why(at_hand, after, one.after, asked)),
        cause,
    )


def _why(at_hand: CaseAtHand, found: Outline, entry: Entry | None, asked: Mapping[str, str]) -> str:
    if entry is None:
        return ""
    place = reverse("caseworker:why", args=[at_hand.course.citizen.reference, entry.explanation.norm.id])
    tail = "".join(f"&{name}={value}" for name, value in asked.items() if value)
    return f"{place}?nr={found.number(entry.explanation)}{tail}"


def _side(entry: Entry | None, found: Outline, one: Difference, words: Words, why: str) -> Side:
    if entry is not None:
        norm = entry.explanation.norm
        occasion = occasion_of(entry.explanation, found.on, words, why)
        if not occasion.status:
            occasion = _valued(occasion, entry)
        return Side(occasion, "", norm.ref, norm_address(norm.id, rulebooks.law()))
    return Side(None, _missing(one.norm, found.rulebook), "", "")


def _valued(occasion: Occasion, entry: Entry) -> Occasion:
    """A right or power in a word, where there is no status to show."""
    said = {
        Group.RIGHTS: _("ret"), Group.LEFT_OPEN: _("kan bruges"), Group.SANCTIONS: _("kan komme på tale"),
        Group.UNKNOWN: _("uvist"),
    }.get(entry.group, "")  # fmt: skip
    return Occasion(occasion.about, said, None, None, "", "", None, occasion.why)


def _missing(norm: str, book: Rulebook) -> str:
    """Why a side has no answer."""
    found = book.norms.get(norm)
    if found is not None and not found.absent:
        return _("gælder ikke borgeren")
    law = rulebooks.law()
    for id_ in book.regimes:
        if any(edit.norm == norm and edit.op == "set_aside" for edit in law.regimes[id_].edits):
            return _("sat ud af kraft af %(regime)s") % {"regime": _title(id_)}
    return _("ikke i kraft")


def _title(id_: str) -> str:
    regime = rulebooks.law().regimes[id_]
    return regime.title.get(rulebooks.language()) or regime.title["da"]
