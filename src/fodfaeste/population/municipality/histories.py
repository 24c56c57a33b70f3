"""Invented courses: benefits and target groups one after the other, conversations, offers, absence.

Days are whole days since 1970. How often and how late things happen is assumed, in ``shares.yaml``; none of it is law.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from fodfaeste.foundation import from_day
from fodfaeste.population.sample import shares

BENEFIT = {
    "dp": "dagpenge", "kh-jobparat": "kontanthjaelp", "kh-aktivitetsparat": "kontanthjaelp", "syg": "sygedagpenge",
    "jaf": "ressourceydelse-jaf", "fleks": "ledighedsydelse",
}  # fmt: skip
CODE = {"dp": 111, "kh-jobparat": 130, "kh-aktivitetsparat": 730, "syg": 890, "jaf": 785, "fleks": 740}
"""The weekly status code of DREAM for each group."""

_BEFORE = {
    "dp": ("syg",), "kh-jobparat": ("dp", "syg"), "kh-aktivitetsparat": ("kh-jobparat", "syg"), "syg": ("dp",),
    "jaf": ("syg",), "fleks": ("jaf", "kh-aktivitetsparat", "syg"),
}  # fmt: skip
_ALWAYS_BEFORE = ("jaf", "fleks")
_TALK = {"syg": "sygeopfoelgning", "fleks": "jobsamtale"}
_REQUESTS = {
    "samtale": 5,
    "fysisk-samtale": 2,
    "tilbud": 4,
    "mentor": 3,
    "aktindsigt": 2,
    "begrundelse": 1,
    "revurdering": 1,
}
_RECENT = 14


@dataclass(frozen=True)
class Segment:
    """A stretch on one benefit in one target group; ``last`` None while it goes on."""

    group: str
    first: int
    last: int | None


@dataclass
class Course:
    """Everything that happened in one course."""

    segments: list[Segment]
    closed: int | None
    events: list[tuple[int, str, dict[str, Any]]] = field(default_factory=list)
    offers: list[tuple[int, int, str, str | None]] = field(default_factory=list)
    absences: list[tuple[int, int]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def group(self) -> str:
        """The target group now, or at the end."""
        return self.segments[-1].group

    @property
    def opened(self) -> int:
        """The first day."""
        return self.segments[0].first


@lru_cache(maxsize=64)
def assumed(name: str) -> float:
    """An assumption of the municipality, or of people in general."""
    found = shares()["municipality"].get(name) or shares()["assumptions"][name]
    return float(found["value"])


def draw_course(chance: random.Random, on: int) -> Course:
    """A course as it might stand on a day."""
    closed = None
    if chance.random() >= assumed("share_open"):
        closed = on - 1 - int(chance.random() * (assumed("years_back") - 1) * 365)
    last = on if closed is None else closed
    oldest = on - int(assumed("years_back") * 365)
    first = max(last - 3 - _days(chance, "mean_days_in_course"), oldest)
    group = draw_group(chance)
    segments = [Segment(group, min(first, last), closed)]
    if group in _ALWAYS_BEFORE or chance.random() < assumed("share_with_change"):
        before = chance.choice(_BEFORE[group])
        length = 21 + _days(chance, "mean_days_before_change")
        segments.insert(0, Segment(before, segments[0].first - length, segments[0].first - 1))
    course = Course(segments, closed)
    for segment in segments:
        _begin(chance, course, segment, on)
        _talks(chance, course, segment, on)
    _offer(chance, course, on)
    _absence(chance, course, on)
    if closed is None and chance.random() < assumed("share_with_request"):
        asked = chance.choices(list(_REQUESTS), list(_REQUESTS.values()))[0]
        course.events.append((on - chance.randrange(_RECENT), "anmodning", {"om": asked}))
    if closed is not None and group == "syg":
        course.events.append((closed, "raskmelding", {}))
    course.events = [event for event in course.events if course.opened - 60 <= event[0] <= last]
    course.facts = _facts(chance, course, on)
    return course


@lru_cache(maxsize=1)
def _groups() -> tuple[list[str], list[int]]:
    recipients = shares()["recipients"]
    return list(recipients), [row["count"] for row in recipients.values()]


def draw_group(chance: random.Random) -> str:
    """A target group, by the published counts of recipients."""
    names, counts = _groups()
    group: str = chance.choices(names, counts)[0]
    if group == "dp" and chance.random() < assumed("job_ready_share_of_dp"):
        return "kh-jobparat"
    return group


def form(chance: random.Random) -> str:
    """How a conversation is held, by the published share of those by telephone or video."""
    if chance.random() >= _remote():
        return "fysisk"
    return "video" if chance.random() < assumed("share_video_of_remote") else "telefon"


@lru_cache(maxsize=1)
def _remote() -> float:
    return float(shares()["published"]["remote_conversations"]["value"])


def _days(chance: random.Random, name: str) -> int:
    return int(chance.expovariate(1 / assumed(name)))


def _begin(chance: random.Random, course: Course, segment: Segment, on: int) -> None:
    """What happens when somebody comes on a benefit."""
    first, events = segment.first, course.events
    if segment.group == "dp":
        events += [(first, "tilmelding", {}), (first, "dp-indplacering", {})]
        events.append((first + 4 + chance.randrange(12), "cv-samtale", {"form": form(chance)}))
        handed = first + int(assumed("days_with_the_fund")) + chance.randrange(6)
        if handed <= (segment.last or on):
            events.append((handed, "akasse-overgang", {}))
    elif segment.group.startswith("kh"):
        events.append((first, "foerste-henvendelse", {}))
        events.append((first + chance.randrange(12), "afgoerelse", {"type": "visitation", "udfald": "medhold"}))
        events.append((first + 1 + chance.randrange(20), "pligtorientering", {}))
    elif segment.group == "syg":
        told = first + 3 + chance.randrange(20)
        events += [(first, "foerste-fravaersdag", {}), (told, "sygefravaer-anmeldt", {})]
        events.append((told + 1 + chance.randrange(3), "skema-sendt", {}))
        if chance.random() < 1 - assumed("share_unknown"):
            events.append((told + 4 + chance.randrange(8), "skema-svar", {}))
    elif segment.group == "jaf":
        events.append((first - 10, "rehabteam-moede", {"emne": "jobafklaring"}))
        events.append((first, "afgoerelse", {"type": "jobafklaring-ret", "udfald": "medhold"}))
    else:
        events.append((first, "afgoerelse", {"type": "fleksjob-bevilling", "udfald": "medhold"}))


def _talks(chance: random.Random, course: Course, segment: Segment, on: int) -> None:
    """Conversations about as often as aimed at, some late, some missed."""
    last = on if segment.last is None else segment.last
    kind = _TALK.get(segment.group, "jobsamtale")
    day = segment.first + 2 + _days(chance, "mean_days_to_first_conversation")
    planned = False
    while day <= last:
        if chance.random() < assumed("share_missed"):
            course.events.append((day, "udeblivelse", {"fra": "samtale"}))
            day += 5 + chance.randrange(10)
            continue
        attrs: dict[str, Any] = {"form": form(chance)}
        if kind == "jobsamtale":
            fund = segment.group == "dp" and day - segment.first < assumed("days_with_the_fund")
            attrs |= {"holder": "a-kasse" if fund else "kommune", "faelles": chance.random() < 0.06}
        if chance.random() < assumed("share_unknown"):
            del attrs["form"]
        course.events.append((day, kind, attrs))
        if not planned:
            planned = True
            course.events.append((day + chance.randrange(4), "minplan", {"holder": attrs.get("holder", "kommune")}))
        aim = assumed("days_between") * chance.uniform(0.6, 1.1)
        day += 1 + int(aim) + _days(chance, "mean_days_late")


def _offer(chance: random.Random, course: Course, on: int) -> None:
    if chance.random() >= assumed("share_with_offer") / (3 if course.group == "syg" else 1):
        return
    segment = course.segments[-1]
    last = on if segment.last is None else segment.last
    first = segment.first + 14 + int(chance.random() * max(last - segment.first, 1))
    if first > last:
        return
    offers = shares()["published"]["offers"]
    kind = chance.choices(list(offers), [row["count"] for row in offers.values()])[0]
    sector = None if kind == "oevo" else chance.choice(("privat", "offentlig"))
    end = first + 6 + _days(chance, "mean_days_of_offer")
    if course.closed is not None:
        end = min(end, course.closed)
    course.offers.append((first, end, kind, sector))
    given = max(first - 4 - chance.randrange(8), segment.first)
    course.events.append((given, "tilbud-givet", {"type": kind}))
    course.events.append((given, "afgoerelse", {"type": "tilbud-afgoerelse", "udfald": "medhold"}))


def _absence(chance: random.Random, course: Course, on: int) -> None:
    if chance.random() >= assumed("share_with_absence"):
        return
    last = on if course.closed is None else course.closed
    first = course.opened + int(chance.random() * max(last - course.opened, 1))
    course.absences.append((first, min(first + 1 + chance.randrange(12), last)))


def _facts(chance: random.Random, course: Course, on: int) -> dict[str, Any]:
    """What is written down of the citizen; some of it nobody asked."""
    facts: dict[str, Any] = {
        "erhvervskompetencegivende_uddannelse": chance.random() < assumed("share_with_education"),
        "hjemmeboende_boern": chance.random() < assumed("share_with_children"),
        "i_job": course.group == "syg" and chance.random() < assumed("share_employed_of_sick"),
        "selvstaendig": False,
    }
    if course.group == "dp":
        facts |= {
            "akassemedlem": True,
            "deltidsforsikret": chance.random() < 0.06,
            "fuldt_ledig": chance.random() < 0.9,
        }
    if course.group in ("dp", "kh-jobparat"):
        facts["oensker_fysisk_samtale"] = chance.random() < 0.3
    if course.group.startswith("kh"):
        facts["skriftligt_vejledt"] = True
    if course.group == "syg":
        facts["forventet_rask"] = from_day(on + 1 + _days(chance, "mean_days_to_recovery")).isoformat()
        facts["terminalt_syg"] = False
    return {name: value for name, value in facts.items() if chance.random() >= assumed("share_unknown")}
