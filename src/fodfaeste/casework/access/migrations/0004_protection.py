"""Whose rows citizens and partners see; and which tables only ever grow."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from fodfaeste.casework.access.protection import keep_to_herself, narrow, protect

_KEPT = ("courses_objection", "plans_need", "plans_part", "plans_invitation", "contacts_reminder", "contacts_rhythm",
         "contacts_helprequest", "contacts_calm", "contacts_selfdriven")  # fmt: skip
_GROW = ("courses_handover", "plans_comment", "plans_position", "plans_answer", "contacts_contactagreement",
         "contacts_checkin", "contacts_signalcall")  # fmt: skip
_BEFORE = ("courses_spell", "courses_event", "courses_fact", "plans_step", "contacts_appointment", "contacts_note")
_HISTORY = tuple(f"{table}event" for table in _KEPT)


class Migration(migrations.Migration):
    """Row-level security on what came with the plan together and contact by agreement."""

    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("access", "0003_citizens_and_partners"),
        ("courses", "0003_objections"),
        ("plans", "0002_one_plan"),
        ("contacts", "0002_by_agreement"),
        ("inbox", "0002_protection"),
    ]
    operations: ClassVar[list[Operation]] = [
        *(protect(table) for table in (*_KEPT, "plans_shared", "plans_ownnote", "access_absence", "contacts_slot")),
        *(protect(table, append_only=True) for table in (*_GROW, *_HISTORY, "contacts_slotevent")),
        *(narrow(table) for table in (*_KEPT, *_GROW, *_HISTORY, "plans_shared", "plans_ownnote")),
        *(narrow(table) for table in (*_BEFORE, *(f"{table}event" for table in _BEFORE), "plans_words")),
        narrow("access_lookup", "course"),
        narrow("courses_course", "id"),
        narrow("courses_courseevent", "id"),
        narrow("people_citizen", "(SELECT id FROM courses_course WHERE citizen_id = people_citizen.id)"),
        narrow("inbox_dutyline"),
        keep_to_herself("plans_ownnote"),
    ]
