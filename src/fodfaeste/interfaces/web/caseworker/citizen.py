"""The page about a citizen: her goal and her next step first, then what has happened, with the law beside it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.today import today
from fodfaeste.casework.contacts.models import Appointment
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.courses.objecting import objections_of, said_of
from fodfaeste.casework.courses.queries import facts_of
from fodfaeste.casework.plans.models import Words as OwnWords
from fodfaeste.casework.plans.queries import appointments_ahead, steps_ahead, words_of
from fodfaeste.interfaces.web.caseworker.citizen_case import CaseAtHand, case_at_hand
from fodfaeste.interfaces.web.caseworker.citizen_facts import rows_of
from fodfaeste.interfaces.web.caseworker.citizen_lanes import timeline_of
from fodfaeste.interfaces.web.caseworker.citizen_law import panel_of, whys_of
from fodfaeste.interfaces.web.caseworker.citizen_questions import form_of, next_question
from fodfaeste.interfaces.web.caseworker.citizen_timeline import draw, key_of
from fodfaeste.interfaces.web.caseworker.form_told import form_told
from fodfaeste.interfaces.web.caseworker.objections import waiting_of
from fodfaeste.interfaces.web.caseworker.opening import opens_case

WHOLE = "alt"


@opens_case("citizen")
def citizen(request: HttpRequest, user: User, course: Course) -> HttpResponse:
    """``?tidslinje=alt`` shows the whole course; else the last two years."""
    at_hand = case_at_hand(course, today())
    facts = facts_of(course, at_hand.day)
    may_change = user.has_perm("courses.change", course)
    put, waiting = next_question(at_hand, facts, request) if may_change else (None, 0)
    ahead = appointments_ahead(course, at_hand.day)
    objections = [one for one in objections_of(course) if not one.outcome]
    context = {
        "course": course,
        "citizen": course.citizen,
        "age": age_on(course.citizen.born, at_hand.day),
        "may_change": may_change,
        **_goal_and_steps(course),
        "appointments": ahead,
        **_timeline(at_hand, ahead, whole=request.GET.get("tidslinje") == WHOLE),
        "panel": panel_of(at_hand.found, at_hand.words, whys_of(at_hand.found, course.citizen.reference)),
        "form_rule": form_told(at_hand.book, at_hand.view, course.citizen.reference),
        "facts": rows_of(facts, at_hand.words, course.citizen.reference),
        "objections": waiting_of(course, objections),
        "said_of": said_of(facts, objections),
        "put": put,
        "waiting": waiting,
        "form": None if put is None else form_of(put, at_hand),
    }
    return render(request, "caseworker/citizen.html", context)


def age_on(born: date | None, day: date) -> int | None:
    """Whole years on a day; None when the day of birth is not known."""
    return None if born is None else day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _goal_and_steps(course: Course) -> dict[str, Any]:
    written = words_of(course)
    goals = [words for words in written if words.kind == OwnWords.Kind.GOAL]
    situations = [words for words in written if words.kind == OwnWords.Kind.SITUATION]
    steps = steps_ahead(course)
    return {
        "goal": next(iter(goals), None),
        "earlier_goals": goals[1:],
        "situation": next(iter(situations), None),
        "step": next(iter(steps), None),
        "further_steps": steps[1:],
    }


def _timeline(at_hand: CaseAtHand, ahead: list[Appointment], whole: bool) -> dict[str, Any]:
    timeline = timeline_of(at_hand.case, at_hand.words, at_hand.day, ahead, whole)
    return {
        "timeline": timeline,
        "picture": draw(timeline, "wide"),
        "picture_narrow": draw(timeline, "narrow", width=340, beside=0),
        "signs": key_of(timeline),
        "whole": whole,
    }
