"""One municipality's import sees nothing of another's, and changes nothing there."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.protection import bind
from fodfaeste.casework.courses.models import Event
from fodfaeste.casework.intake import bulk, merging
from fodfaeste.casework.people.models import Citizen
from tests.django_site import as_web
from tests.exchange.folders import ADA, Folder, counts, rejected


def test_the_same_folder_in_two_municipalities(
    folder: Folder, taken: Callable[..., Any], kommune: Any, other_kommune: Any
) -> None:
    folder.write("samtaler", "cpr;dato;art;form", f"{ADA};02-04-2026;jobsamtale;telefon")
    taken(folder)
    assert counts(taken(folder, kommune=other_kommune), "samtaler") == {"new": 1}
    folder.write("samtaler", "cpr;dato;art;form", f"{ADA};02-04-2026;jobsamtale;video")
    assert counts(taken(folder, kommune=other_kommune), "samtaler") == {"changed": 1}
    forms = Event.objects.filter(standing=True).values_list("kommune_id", "attrs__form")
    assert sorted(forms) == [(kommune.pk, "telefon"), (other_kommune.pk, "video")]
    assert Citizen.objects.count() == 4


def test_a_user_of_another_municipality_is_not_taken_over(
    folder: Folder, taken: Callable[..., Any], other_kommune: Any
) -> None:
    User.objects.create_user("per", kommune=other_kommune)
    folder.write("medarbejdere", "brugernavn;fornavn", "per;Per", "pia;Pia")
    done = taken(folder)
    assert [said for _, _, said in rejected(done)] == [
        ["brugernavn: the user 'per' belongs to another municipality; give the user another name"]
    ]
    pia = User.objects.get(username="pia")
    assert (pia.is_active, pia.has_usable_password(), pia.role) == (False, False, "caseworker")


def test_what_is_written_is_written_under_a_bound_role(
    folder: Folder, taken: Callable[..., Any], other_kommune: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were a statement of the import to reach for another municipality's rows, it would find none."""
    taken(folder, kommune=other_kommune)
    seen: list[tuple[str, int]] = []
    write_all = merging._write_all

    def watching(cursor: Any, *rest: Any) -> None:
        write_all(cursor, *rest)
        cursor.execute("SELECT current_user, count(*) FROM people_citizen GROUP BY 1")
        seen.extend(cursor.fetchall())

    monkeypatch.setattr(merging, "_write_all", watching)
    taken(folder)
    assert seen == [("fodfaeste_intake", 2)]


def test_the_pages_see_no_waiting_rows_and_only_their_own_reports(
    folder: Folder, taken: Callable[..., Any], kommune: Any, other_kommune: Any
) -> None:
    folder.write("samtaler", "cpr;dato;art", f"{ADA};31-02-2026;jobsamtale")
    taken(folder)
    with transaction.atomic(), as_web(), connection.cursor() as cursor:
        bind(other_kommune.pk)
        cursor.execute("SELECT count(*) FROM intake_rejection")
        assert cursor.fetchone() == (0,)
        bind(kommune.pk)
        cursor.execute("SELECT count(*) FROM intake_rejection")
        assert cursor.fetchone() == (1,)
        cursor.execute("SELECT has_schema_privilege('intake', 'USAGE')")
        assert cursor.fetchone() == (False,)


def shape(table: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass "
            "UNION ALL SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s ORDER BY 1, 2",
            [table, table],
        )
        return list(cursor.fetchall())


def test_many_rows_leave_a_table_with_all_its_indexes_and_references(
    folder: Folder, taken: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = ("courses_spell", "courses_event", "courses_fact", "intake_reimbursement")
    before = {table: shape(table) for table in tables}
    monkeypatch.setattr(bulk, "WORTH_IT", 1)
    folder.write("samtaler", "cpr;dato;art", *(f"{ADA};{day:02d}-04-2026;jobsamtale" for day in range(1, 29)))
    folder.write("maalgrupper", "cpr;gruppe;fra;til", f"{ADA};dp;01-03-2026;", f"{ADA};syg;02-03-2026;")
    folder.write("refusion", "uge;ydelse;antal", "2026-W03;A-dagpenge;4")
    done = taken(folder)
    assert counts(done, "samtaler") == {"new": 28}
    assert counts(done, "maalgrupper") == {"new": 1, "rejected": 1}
    assert {table: shape(table) for table in tables} == before
