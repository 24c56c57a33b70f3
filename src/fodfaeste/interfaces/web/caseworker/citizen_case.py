"""A course as the law reads it today: the case, the rulebook of the municipality, and what applies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.courses.reading import case_of
from fodfaeste.facts import Case, View, Vocabulary, view_case
from fodfaeste.foundation import to_day
from fodfaeste.interfaces.outline import Outline, outline
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.wording import Words
from fodfaeste.rulebook import Rulebook


@dataclass(frozen=True)
class CaseAtHand:
    """The case of a course, and how it stands on a day."""

    course: Course
    case: Case
    day: date

    @property
    def vocabulary(self) -> Vocabulary:
        """What can be known."""
        return rulebooks.law().vocabulary

    @cached_property
    def book(self) -> Rulebook:
        """The rules of the day in the municipality."""
        return rulebooks.rulebook_of(self.day, self.course.kommune.slug)

    @property
    def words(self) -> Words:
        """Words of the rulebook in the request's language."""
        return rulebooks.words(self.book)

    @cached_property
    def view(self) -> View:
        """What is known of the day."""
        return view_case(self.case, self.vocabulary, to_day(self.day))

    @cached_property
    def found(self) -> Outline:
        """What applies, with the questions worth asking."""
        return outline(self.book, self.view, ask=True)


def case_at_hand(course: Course, day: date) -> CaseAtHand:
    """Read the course's lines: four queries."""
    return CaseAtHand(course, case_of(course, rulebooks.law().vocabulary), day)
