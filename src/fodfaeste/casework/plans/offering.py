"""Offers that may answer what a citizen has said she needs: with reasons, evidence, and the choice of none.

There is no package for a target group. An offer is suggested because of her own words and nothing else; what nobody
asked for is listed without being suggested. Nothing is added up, and no person is ranked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

from fodfaeste.casework.contacts.models import CheckIn
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.plans.models import Need
from fodfaeste.facts import View, encode
from fodfaeste.foundation import FAR
from fodfaeste.reasoning import Explanation, Status, explain, judge_of
from fodfaeste.reasoning.outcome import value_of
from fodfaeste.rulebook import Rulebook

_OFFER, _GROUP = "tilbud", "maalgruppe"


@dataclass(frozen=True)
class Finding:
    """What a source found: the sign, the bounds where it gives any, and for whom (empty: for all)."""

    text: Mapping[str, str]
    sign: str
    low: float | None = None
    high: float | None = None
    unit: Mapping[str, str] | None = None
    title: str = ""
    url: str = ""
    grade: str = ""
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """A kind of offer as the file has it."""

    type: str
    needs: tuple[str, ...]
    allows: tuple[str, ...]
    limits: tuple[str, ...]
    evidence: tuple[Finding, ...]


@dataclass(frozen=True)
class Catalogue:
    """All of the file."""

    reading: Mapping[str, str]
    kinds: tuple[Kind, ...]
    general: tuple[Finding, ...]
    nothing: tuple[Finding, ...]


@dataclass(frozen=True)
class Said:
    """Something the citizen said she needs: in an area, in words (empty when she ticked the area), on a day."""

    area: str
    text: str
    on: date


@dataclass(frozen=True)
class Possible:
    """A kind of offer for one citizen: why (her own words), what the law says, and what is known of it.

    ``opens`` are the norms that open it, now or if somebody judges so; ``unsure`` those that wait for a fact.
    """

    type: str
    because: tuple[Said, ...]
    opens: tuple[Explanation, ...]
    unsure: tuple[Explanation, ...]
    limits: tuple[str, ...]
    evidence: tuple[Finding, ...]

    @property
    def suggested(self) -> bool:
        """Whether it answers something she said, and the law may allow it."""
        return bool(self.because and (self.opens or self.unsure))


@dataclass(frozen=True)
class Choices:
    """Everything that may be offered, what she said that no offer answers, and what is known of no offer."""

    offers: tuple[Possible, ...]
    unanswered: tuple[Said, ...]
    general: tuple[Finding, ...]
    nothing: tuple[Finding, ...]

    @property
    def suggested(self) -> list[Possible]:
        """What answers her words, in the order in which she said them."""
        first = {said: place for place, said in enumerate(s for one in self.offers for s in one.because)}
        chosen = [one for one in self.offers if one.suggested]
        return sorted(chosen, key=lambda one: min((said.on, first[said]) for said in one.because))

    @property
    def others(self) -> list[Possible]:
        """What the law may allow and she has not spoken of."""
        return [one for one in self.offers if not one.because and (one.opens or one.unsure)]


@cache
def catalogue() -> Catalogue:
    """The file, read once."""
    raw = yaml.safe_load((Path(__file__).parent / "offers.yaml").read_text(encoding="utf-8"))
    sources = raw["sources"]
    kinds = tuple(
        Kind(
            one["type"], tuple(one["needs"]), tuple(one["allows"]), tuple(one["limits"]),
            tuple(_finding(found, sources) for found in one["evidence"]),
        )
        for one in raw["offers"]
    )  # fmt: skip
    general = tuple(_finding(found, sources) for found in raw["general"])
    return Catalogue(raw["reading"], kinds, general, tuple(_finding(found, sources) for found in raw["nothing"]))


def said_by_her(course: Course) -> list[Said]:
    """What she has said she needs and nothing has come of yet: needs, and areas of her latest check-in. Two queries."""
    needs = Need.objects.filter(course=course, closed=None).order_by("said_on", "pk")
    said = [Said(need.area, need.text, need.said_on) for need in needs]
    latest = CheckIn.objects.filter(course=course).order_by("-at", "-pk").first()
    spoken_of = {one.area for one in said}
    ticked = [] if latest is None else [area for area in latest.areas if area not in spoken_of]
    return said + [Said(area, "", timezone.localdate(latest.at)) for area in ticked if latest is not None]


def choices_for(said: Iterable[Said], book: Rulebook, view: View) -> Choices:
    """What may be offered to a citizen who said this, by the law of the day and what is known of her."""
    listed, groups = list(said), groups_of(book, view)
    known = catalogue()
    answered = {area for kind in known.kinds for area in kind.needs}
    return Choices(
        offers=tuple(_possible(kind, listed, book, view) for kind in known.kinds),
        unanswered=tuple(one for one in listed if one.area not in answered),
        general=tuple(_about(known.general, groups)),
        nothing=tuple(_about(known.nothing, groups)),
    )


def groups_of(book: Rulebook, view: View) -> set[str]:
    """The target groups she is in on the day."""
    types = list(book.vocabulary.spells[_GROUP].attrs.values())
    return {
        str(value_of(types[0], attrs[0], book.vocabulary))
        for first, last, attrs in view.spells[_GROUP]
        if first <= view.on <= last and attrs[0] is not None
    }


def _possible(kind: Kind, said: list[Said], book: Rulebook, view: View) -> Possible:
    opens, unsure = [], []
    for norm in kind.allows:
        for one in _explained(book, view, norm):
            if one.outcome.value is True or (one.outcome.value is None and _waits_for_judgement(one)):
                opens.append(one)
            elif one.outcome.value is None and one.outcome.status in (None, Status.UNKNOWN):
                unsure.append(one)
            elif one.outcome.status in (Status.OPEN, Status.STANDING):
                opens.append(one)
    because = tuple(one for one in said if one.area in kind.needs)
    return Possible(kind.type, because, tuple(opens), tuple(unsure), tuple(_bounds(kind, book, view)), kind.evidence)


def _explained(book: Rulebook, view: View, norm: str) -> list[Explanation]:
    resolved = book.norms.get(norm)
    return [] if resolved is None or resolved.absent else explain(book, view, norm)


def _waits_for_judgement(one: Explanation) -> bool:
    """Whether only a person's judgement is missing."""
    missing = [fact for fact in one.facts() if fact.value is None]
    return bool(missing) and all(fact.name == one.norm.version.judged for fact in missing)


def _bounds(kind: Kind, book: Rulebook, view: View) -> list[str]:
    """The norms that would bound the offer if it began today: asked of the law with the offer put into the case."""
    types = book.vocabulary.spells[_OFFER].attrs
    attrs = tuple(
        encode(kind.type, type_, book.vocabulary) if name == "type" else None for name, type_ in types.items()
    )
    tried = replace(view, spells={**view.spells, _OFFER: [*view.spells[_OFFER], (view.on, FAR, attrs)]})
    found = []
    for norm in kind.limits:
        resolved = book.norms.get(norm)
        if resolved is None or resolved.absent:
            continue
        raw = judge_of(book).one(tried, norm)
        last = raw[-1] if isinstance(raw, list) else raw
        if last[0] != Status.NOT_APPLICABLE:
            found.append(norm)
    return found


def _about(findings: Iterable[Finding], groups: set[str]) -> list[Finding]:
    return [one for one in findings if not one.groups or groups.intersection(one.groups)]


def _finding(raw: Mapping[str, Any], sources: Mapping[str, Any]) -> Finding:
    source = sources.get(raw.get("source", ""), {})
    return Finding(
        raw["text"], raw["sign"], raw.get("low"), raw.get("high"), raw.get("unit"), source.get("title", ""),
        source.get("url", ""), source.get("grade", ""), tuple(raw.get("groups", ())),
    )  # fmt: skip
