"""The register of fields: who needs what, and that nothing is demanded which no section needs."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from datetime import date

import pytest
from django import forms
from django.test import Client

import fodfaeste as ff
from fodfaeste.casework.access.models import User
from fodfaeste.casework.contacts.queries import kinds_of
from fodfaeste.casework.courses.case_steps import case_steps
from fodfaeste.foundation import to_day
from fodfaeste.interfaces import web
from fodfaeste.interfaces.fieldrows import mandatory, rows_of
from fodfaeste.interfaces.needs import needs_of
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.case_step_form import StepForm
from fodfaeste.interfaces.web.caseworker.citizen_case import case_at_hand
from fodfaeste.interfaces.web.caseworker.citizen_forms import LineForm
from fodfaeste.interfaces.web.caseworker.shift_form import ShiftForm
from tests.web.caseworker import day_cases
from tests.web.caseworker.anna import text_of
from tests.web.caseworker.day_cases import DAY, citizen_of

NOW = to_day(date(2026, 8, 20))
LAW = ff.load()

TOLD = {
    "caseworker.conversation_form.ConversationForm": {"kind", "on"},
    "caseworker.day_after_form.AfterForm": {"kind", "on", "went"},
}
"""Forms of one page that note an event of the law: their mandatory fields are its kind and day, checked below."""

OWN_ACT = {
    "caseworker.objections.AnswerForm": {"outcome", "answer"},  # the answer to what the citizen said
    "caseworker.own_words.CommentForm": {"text"},  # a message
    "caseworker.own_words.SpokenForm": {"kind", "text"},  # the citizen's words, taken down
    "caseworker.purpose.PurposeForm": {"reason"},  # the log of look-ups
    "caseworker.search.SearchForm": {"text"},  # what is looked for
    "citizen.goal.WordsForm": {"text"},
    "citizen.notes.NoteForm": {"text"},
    "citizen.objecting.ObjectionForm": {"text"},
    "contact.appointments.ReminderForm": {"day", "clock"},
    "leader.partners.PartnerForm": {"name", "organisation", "username"},  # who may sign in
    "leader.partners.MoveForm": {"organisation"},
    "contact.own_contact.NeedForm": {"areas"},
    "contact.staff_forms.ArrangeForm": {"day", "clock", "way"},
    "contact.staff_forms.CadenceForm": {"way", "reason", "proposed_by"},
    "contact.staff_forms.AnswerForm": {"text"},
    "contact.staff_forms.CallForm": {"reached"},
    "contact.staff_forms.CalmSaidForm": {"said_on"},  # the day the citizen chose it
    "contact.staff_forms.DrivenForm": {"need_asked"},
    "contact.staff_forms.ExemptForm": {"reason"},  # why a person judged as she did
    "contact.staff_forms.CalmForm": {"until", "reason", "way_back"},
    "contact.staff_forms.SlotsForm": {"day", "first", "last", "minutes", "ways"},
    "leader.promises.DecisionForm": {"norm", "what", "begins", "decided_by", "reason"},
    "partner.forms.AnswerForm": {"text"},
    "partner.forms.PartnerStepForm": {"text"},
    "planning.clarification.PromiseForm": {"until", "reason"},
    "planning.forms.CompanionForm": {"name", "until"},
    "planning.forms.DoneForm": {"on"},
    "planning.forms.NeedForm": {"area", "text", "said_by"},
    "planning.forms.PartForm": {"title", "ref", "basis"},  # the section itself is one of them
    "planning.forms.PositionForm": {"stance"},
    "planning.forms.ResultForm": {"result"},
    "planning.forms.StepForm": {"text", "owner"},
    "planning.forms.WordsForm": {"kind", "text"},
    "planning.invite.InviteForm": {"kind", "purpose", "basis", "begins", "until"},
    "signin.forms.SignInForm": {"username", "password"},
}
"""Forms whose mandatory fields are what somebody chose to say, agree or do: without them there is nothing to save. They
note no fact of the law about a citizen. A form or a field that is new here must be put in one of the two lists."""


def test_a_field_tells_the_sections_that_read_it() -> None:
    needs = needs_of(LAW, NOW)
    assert "LAB § 59; LAB-BEK § 60" in needs["field", "praktik_ugetimer"].sections
    assert "FVL § 19, stk. 1" in needs["attribute", "afgoerelse", "udfald"].sections
    assert any(ref.startswith("LAB § 31") for ref in needs["event", "foerste-henvendelse"].sections)


def test_what_an_earlier_law_alone_read_is_not_needed_today() -> None:
    """The rehabilitation team ended on 1 July 2026."""
    team = ("event", "rehabteam-moede")
    assert needs_of(LAW, NOW)[team].now == []
    assert needs_of(LAW, to_day(date(2026, 6, 30)))[team].now != []
    assert needs_of(LAW, NOW)[team].otherwise != []


def test_what_only_a_trial_or_a_proposal_reads_says_which() -> None:
    need = needs_of(LAW, NOW)["field", "tillid_brudt"]
    assert need.now == []
    assert set(need.regimes) <= set(LAW.regimes)
    assert need.regimes


def test_no_case_step_demands_what_no_section_needs() -> None:
    rows = mandatory(rows_of(LAW, NOW))
    assert len(rows) > 10
    assert [row.name for row in rows if not row.need.now] == []


# -- the forms themselves -------------------------------------------------------------------------------------------


@pytest.fixture
def at_hand(caseworker: User, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FODFAESTE_TODAY", DAY.isoformat())
    return case_at_hand(citizen_of(caseworker, day_cases.job_ready(), "Anna Jensen"), DAY)


def demanded(form: forms.Form) -> list[str]:
    return [name for name, field in form.fields.items() if field.required and not field.widget.is_hidden]


def test_every_mandatory_field_of_a_step_or_a_shift_has_a_section(at_hand) -> None:
    register = needs_of(rulebooks.law(), NOW)
    made: list[StepForm | ShiftForm] = [
        StepForm(step, at_hand, register, [], []) for step in case_steps().values() if step.main is not None
    ]
    made.append(ShiftForm(at_hand, register))
    missing = [
        (type(form).__name__, name) for form in made for name in demanded(form) if not register[form.needs[name]].now
    ]
    assert missing == []
    assert all(form[name].help_text for form in made for name in demanded(form)), "the section stands at the field"


def test_no_event_or_spell_asks_for_more_than_its_day(at_hand) -> None:
    """Of a line only the day must be given; that it happened is what the sections need."""
    kinds = [*at_hand.vocabulary.events, *at_hand.vocabulary.spells]
    assert {tuple(demanded(LineForm(kind, at_hand.words, DAY))) for kind in kinds} == {("dag",), ("fra",)}


def test_every_kind_of_conversation_that_can_be_registered_is_needed_by_some_section() -> None:
    needs = needs_of(LAW, NOW)
    kept = {kind: bool(needs["event", kind].now or needs["event", kind].otherwise) for kind in kinds_of(LAW.vocabulary)}
    assert all(kept.values()), kept


# -- the page and the command ---------------------------------------------------------------------------------------


def test_anybody_can_read_what_is_asked_and_why(anonymous: Client) -> None:
    said = text_of(anonymous.get("/felter/?dag=2026-08-20"))
    assert "0 af dem mangler en paragraf." in said
    assert "Praktiktimer om ugen praktik_ugetimer noteres almindelig LAB § 59; LAB-BEK § 60" in said
    must = text_of(anonymous.get("/felter/?vis=skal&dag=2026-08-20"))
    assert "tilbud.type" in must
    assert "Kommunalt tilbud" in must
    assert "Intet i listen passer" in text_of(anonymous.get("/felter/?q=xyzzy"))


def test_the_register_in_english(anonymous: Client) -> None:
    anonymous.post("/sprog/", {"language": "en", "next": "/felter/"})
    said = text_of(anonymous.get("/felter/?q=afgoerelse&vis=haendelser"))
    assert "What is asked, and why?" in said
    assert "Outcome afgoerelse.udfald" in said


# -- forms elsewhere ------------------------------------------------------------------------------------------------


def all_forms() -> Iterator[tuple[str, type[forms.Form]]]:
    for found in pkgutil.walk_packages(web.__path__, f"{web.__name__}."):
        module = importlib.import_module(found.name)
        for name, one in inspect.getmembers(module, inspect.isclass):
            if issubclass(one, forms.Form) and one.__module__ == module.__name__:
                yield f"{found.name.removeprefix(web.__name__ + '.')}.{name}", one


def test_no_other_form_demands_anything_that_nobody_has_accounted_for() -> None:
    accounted = TOLD | OWN_ACT
    new = {
        name: sorted(must - accounted.get(name, set()))
        for name, form in all_forms()
        if (must := {n for n, field in form.base_fields.items() if field.required and not field.widget.is_hidden})
        and must - accounted.get(name, set())
    }
    assert new == {}, "say which word of the vocabulary it is about, or list it with the reason"
