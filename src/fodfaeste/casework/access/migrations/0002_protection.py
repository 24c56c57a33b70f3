"""The role of the pages, and what it may see."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fodfaeste.casework.access.protection import MAKE_ROLE, protect

_KEPT = ("courses_course", "courses_spell", "courses_event", "courses_fact", "plans_step",
         "contacts_appointment", "contacts_note")  # fmt: skip
_HISTORY = tuple(f"{table}event" for table in _KEPT)


class Migration(migrations.Migration):
    """Row-level security on all that belongs to a municipality."""

    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("access", "0001_initial"),
        ("people", "0001_initial"),
        ("courses", "0001_initial"),
        ("plans", "0001_initial"),
        ("contacts", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("sessions", "0001_initial"),
    ]
    operations: ClassVar[list[RunSQL]] = [
        RunSQL(MAKE_ROLE, RunSQL.noop),
        protect("people_citizen"),
        *(protect(table) for table in _KEPT),
        *(protect(table, append_only=True) for table in _HISTORY),
        protect("plans_words", append_only=True),
        protect("access_lookup", append_only=True),
    ]
