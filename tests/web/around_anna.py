"""Anna's course with a row of every kind, somebody else's beside it, and everybody who might want to look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from fodfaeste.casework.access.models import Absence, Kommune, Role, User
from fodfaeste.casework.access.queries import remember_purpose
from fodfaeste.casework.contacts.models import Appointment, Reminder, Slot
from fodfaeste.casework.courses.models import Course, Event, Fact, Objection
from fodfaeste.casework.courses.taking import keys_of
from fodfaeste.casework.inbox.models import DutyLine
from fodfaeste.casework.plans.models import Invitation, OwnNote
from tests.django_site import make_citizen_user, make_user
from tests.web.caseworker.anna import make_anna
from tests.web.planning.plans import Plan

TODAY = date(2026, 6, 30)
TOKEN = UUID("7b6f7c0a-6d1e-4a43-9a6e-0f6f7f5e3b11")
PURPOSE = "Borgeren har henvendt sig"


@dataclass(frozen=True)
class Around:
    """One course and the rows that addresses name."""

    plan: Plan
    talk: Event
    fact: Fact
    appointment: Appointment
    reminder: Reminder
    note: OwnNote
    objection: Objection
    slot: Slot

    @property
    def course(self) -> Course:
        return self.plan.course


def around(course: Course, citizen: User, caseworker: User) -> Around:
    """A plan, a talk written with ``TOKEN``, an appointment ahead, a reminder, a note and an objection."""
    shared: dict[str, Any] = {"kommune": course.kommune, "course": course}
    talk = Event.objects.filter(course=course, kind="jobsamtale").order_by("-on").first()
    fact = Fact.objects.filter(course=course, field="foedt").get()
    assert talk is not None
    Event.objects.filter(pk=talk.pk).update(key=next(keys_of(TOKEN)) ^ (course.pk << 1))
    ahead = datetime(2026, 7, 9, 8, 0, tzinfo=UTC)
    return Around(
        Plan(course, citizen, caseworker, TODAY), talk, fact,
        Appointment.objects.create(**shared, caseworker=caseworker, at=ahead, form="fysisk", place="Rådhuset"),
        Reminder.objects.create(**shared, at=ahead, text="Tag papirerne med"),
        OwnNote.objects.create(**shared, text="Kun for mig selv"),
        Objection.objects.create(**shared, about="fact", line=fact.pk, text="Det er forkert", raised_by=citizen),
        Slot.objects.create(
            kommune=course.kommune, caseworker=caseworker, at=ahead + timedelta(hours=3), minutes=30, forms=["telefon"]
        ),
    )  # fmt: skip


class World:
    """Everybody, by who she is to Anna. ``asked``: who has said why she looks."""

    def __init__(self, caseworker: User, leader: User, jurist: User, elsewhere: Kommune) -> None:
        kommune = caseworker.kommune
        assert kommune is not None
        anna = make_anna(caseworker, TODAY)
        herself = make_citizen_user(anna, "anna")
        self.anna = around(anna, herself, caseworker)
        Event.objects.filter(pk=self.anna.talk.pk).update(key=next(keys_of(TOKEN)))
        self.other_caseworker = make_user(kommune, "pia", "Pia Bang", Role.CASEWORKER)
        bo = make_anna(self.other_caseworker, TODAY, "6203791236", "Bo Lind")
        self.neighbour = make_citizen_user(bo, "bo")
        self.bo = around(bo, self.neighbour, self.other_caseworker)
        cover = make_user(kommune, "ove", "Ove Ris", Role.CASEWORKER)
        colleague = make_user(kommune, "ole", "Ole Falk", Role.CASEWORKER)
        Absence.objects.create(
            kommune=kommune, user=caseworker, cover=cover, period=DateRange(TODAY, None), written_by=caseworker
        )
        self.people = {
            "her caseworker": caseworker, "who covers": cover, "a colleague": colleague,
            "a colleague with a purpose": colleague, "the leader": leader, "the leader with a purpose": leader,
            "the jurist": jurist, "the jurist with a purpose": jurist,
            "a caseworker elsewhere": make_user(elsewhere, "asta", "Asta Lyng", Role.CASEWORKER),
            "herself": herself, "another citizen": self.neighbour,
            "a partner let in": self._partner("ib", kommune, steps=(self.anna.plan.agreed,)),
            "a partner not let in": self._partner("una", kommune, let_in=False),
            "who acts for her": self._partner("ruth", kommune, kind="fuldmagt", may_act=True),
            "who acted for her": self._partner("rolf", kommune, kind="fuldmagt", may_act=True, ended=True),
        }  # fmt: skip

    def _partner(
        self, username: str, kommune: Kommune, *, let_in: bool = True, ended: bool = False, **terms: Any
    ) -> User:
        user = make_user(kommune, username, f"{username.capitalize()} Kvist", Role.PARTNER, organisation="Uden for")
        if let_in:
            invitation = self.anna.plan.invite(user, **terms)
            if ended:
                over = {"begins": TODAY - timedelta(days=30), "until": TODAY - timedelta(days=1)}
                Invitation.objects.filter(pk=invitation.pk).update(**over)
        return user

    def client(self, who: str, client_as: Callable[[User], Client]) -> Client:
        """Her browser; where she has a purpose, it is given."""
        client = client_as(self.people[who])
        if who.endswith("with a purpose"):
            session = client.session
            remember_purpose(session, self.anna.course, PURPOSE)
            session.save()
        return client


def everything_of(course: Course) -> dict[str, list[dict[str, Any]]]:
    """All rows of a course, by model; without history, and without the log of who looked."""
    models = [
        model
        for model in apps.get_models()
        if any(field.name == "course" and field.related_model is Course for field in model._meta.fields)
        and not hasattr(model, "pgh_tracked_model")
        and model is not DutyLine  # reckoned, not written
    ]
    found = {one.__name__: list(one._base_manager.filter(course=course).order_by("pk").values()) for one in models}
    return found | {"Course": list(Course.objects.filter(pk=course.pk).values())}
