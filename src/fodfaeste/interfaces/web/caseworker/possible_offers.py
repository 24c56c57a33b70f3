"""*Mulige tilbud*: what may answer what the citizen has said, with the law, the evidence, and the choice of none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.today import today
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.plans.models import Need
from fodfaeste.casework.plans.offering import Finding, Possible, Said, catalogue, choices_for, said_by_her
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.citizen_case import CaseAtHand, case_at_hand
from fodfaeste.interfaces.web.caseworker.opening import opens_case
from fodfaeste.interfaces.web.public.addresses import norm_address
from fodfaeste.interfaces.wording import label_of, raised


@dataclass(frozen=True)
class Reason:
    """Something she said, as it is quoted."""

    area: str
    text: str
    on: date


@dataclass(frozen=True)
class Known:
    """A finding in words. ``size`` says so when the size is not known."""

    text: str
    sign: str
    size: str
    source: str
    url: str
    grade: str


@dataclass(frozen=True)
class Rule:
    """A norm: what it says, its section, and where it is explained."""

    label: str
    ref: str
    address: str


@dataclass(frozen=True)
class Offered:
    """A kind of offer as the page shows it."""

    slug: str
    name: str
    reasons: tuple[Reason, ...]
    opens: tuple[Rule, ...]
    unsure: tuple[Rule, ...]
    limits: tuple[Rule, ...]
    evidence: tuple[Known, ...]


@require_safe
@opens_case("possible-offers")
def offers(request: HttpRequest, user: User, course: Course) -> HttpResponse:
    """What may be offered, because of what she said; nothing is suggested to somebody nobody has asked."""
    at_hand = case_at_hand(course, today())
    said = said_by_her(course)
    found = choices_for(said, at_hand.book, at_hand.view)
    context = {
        "course": course,
        "citizen": course.citizen,
        "said": reasons(said),
        "suggested": [_offered(one, at_hand) for one in found.suggested],
        "others": [_offered(one, at_hand) for one in found.others],
        "unanswered": reasons(found.unanswered),
        "general": known(found.general),
        "nothing": known(found.nothing),
        "reading": label_of(catalogue().reading, rulebooks.language()),
    }
    return render(request, "caseworker/possible_offers.html", context)


def reasons(said: Iterable[Said]) -> tuple[Reason, ...]:
    """What she said, with the area in words."""
    names = dict(Need.Area.choices)
    return tuple(Reason(str(names.get(one.area, one.area)), one.text, one.on) for one in said)


def known(findings: Iterable[Finding]) -> tuple[Known, ...]:
    """Findings in the language of the request."""
    lang = rulebooks.language()
    signs = {
        "positive": _("hjalp i gennemsnit"), "none": _("ingen virkning i gennemsnit"),
        "negative": _("gavnede ikke i gennemsnit"), "unknown": _("vides ikke"),
    }  # fmt: skip
    return tuple(
        Known(label_of(one.text, lang), signs[one.sign], _size(one), one.title, one.url, one.grade) for one in findings
    )


def _size(one: Finding) -> str:
    if one.low is None or one.high is None or one.unit is None:
        return _("størrelsen kendes ikke")
    told = {"low": f"{one.low:g}", "high": f"{one.high:g}", "unit": label_of(one.unit, rulebooks.language())}
    return _("%(low)s til %(high)s %(unit)s") % told


def _offered(one: Possible, at_hand: CaseAtHand) -> Offered:
    reference = at_hand.course.citizen.reference

    def told(norm: str, why: bool) -> Rule:
        words, law = at_hand.words, rulebooks.law()
        place = reverse("caseworker:why", args=[reference, norm]) if why else norm_address(norm, law)
        return Rule(words.norm(norm), at_hand.book.norms[norm].ref, place)

    return Offered(
        slug=one.type,
        name=raised(at_hand.words.value(one.type, "tilbudstype")),
        reasons=reasons(one.because),
        opens=tuple(told(found.norm.id, why=True) for found in one.opens),
        unsure=tuple(told(found.norm.id, why=True) for found in one.unsure),
        limits=tuple(told(norm, why=False) for norm in one.limits),
        evidence=known(one.evidence),
    )
