"""The same folder twice, a changed one, one that was broken off."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from fodfaeste.casework.contacts.models import Appointment
from fodfaeste.casework.courses import actions
from fodfaeste.casework.courses.models import Course, Event, Fact, Spell
from fodfaeste.casework.intake import merging, staging
from fodfaeste.casework.intake.models import Batch, BatchFile, Reimbursement
from fodfaeste.casework.people.models import Citizen
from fodfaeste.casework.plans.models import Step, Words
from tests.exchange.folders import ADA, DAY, Folder, counts, events, rejected, spells, vocabulary


def everything() -> dict[str, list[Any]]:
    """All that is in the cases, without when it came."""
    names = {Citizen: "name", Course: "version", Spell: "period", Event: "on", Fact: "value", Words: "text",
             Step: "done", Appointment: "at", Reimbursement: "total"}  # fmt: skip
    return {model.__name__: list(model.objects.order_by("pk").values_list("pk", name)) for model, name in names.items()}


def full(folder: Folder) -> None:
    """One table of every kind."""
    folder.write("medarbejdere", "brugernavn;fornavn;efternavn;team", "per;Per;Toft;Job")
    folder.write("maalgrupper", "cpr;gruppe;fra;til", f"{ADA};dp;01-03-2026;")
    folder.write("ydelsesuger", "cpr;uge;kode", f"{ADA};2026-W10;111", f"{ADA};2026-W11;111", f"{ADA};2026-W12;0")
    folder.write("tilbud", "cpr;tilbud;sektor;fra;til", f"{ADA};oevo;;06-04-2026;09-05-2026")
    folder.write("fravaer", "cpr;fra;til", f"{ADA};06-06-2026;09-06-2026")
    folder.write("samtaler", "cpr;dato;art;form", f"{ADA};02-04-2026;jobsamtale;telefon")
    folder.write("oplysninger", "cpr;felt;værdi;registreret", f"{ADA};i_job;nej;02-03-2026")
    folder.write("aftaler", "cpr;tidspunkt;form;sagsbehandler;sted", f"{ADA};01-12-2026 09:30;fysisk;per;Mødelokale 2")
    folder.write("maal", "cpr;tekst;skrevet", f"{ADA};Jeg vil køre bus.;03-03-2026")
    folder.write(
        "skridt", "cpr;tekst;hvem;dato;begrundelse", f"{ADA};Ringe til busselskabet;borger;01-12-2026;De svarer der"
    )
    folder.write(
        "refusion",
        "Uge;Antal;Total;Refusion;Medfinansiering;Ydelse",
        "2026-W10;2;8.600,00;2.408,00;6.192,00;A-dagpenge",
    )


def test_the_same_folder_twice_changes_nothing(folder: Folder, taken: Callable[..., Any]) -> None:
    full(folder)
    first = taken(folder)
    assert rejected(first) == []
    before = everything()
    second = taken(folder)
    assert everything() == before
    assert {file.table for file in second.files if file.rows != file.unchanged + file.without_line} == set()


def test_money_is_kept_in_whole_ore(folder: Folder, taken: Callable[..., Any]) -> None:
    full(folder)
    taken(folder)
    line = Reimbursement.objects.get()
    assert (line.week, line.persons) == (dt.date(2026, 3, 2), 2)
    assert (line.total, line.reimbursed, line.own_share) == (860_000, 240_800, 619_200)


def test_a_changed_row_is_a_correction(folder: Folder, taken: Callable[..., Any]) -> None:
    full(folder)
    taken(folder)
    version = Course.objects.get(citizen__person_number=ADA).version
    folder.write("samtaler", "cpr;dato;art;form", f"{ADA};02-04-2026;jobsamtale;video")
    folder.write("oplysninger", "cpr;felt;værdi;registreret", f"{ADA};i_job;ja;02-03-2026")
    done = taken(folder)
    assert counts(done, "samtaler") == counts(done, "oplysninger") == {"changed": 1}
    assert events("jobsamtale") == [("2026-04-02", {"form": "video"})]
    new = Event.objects.get(standing=True, kind="jobsamtale")
    assert new.corrects is not None
    assert (new.corrects.attrs, new.corrects.standing, new.recorded) == ({"form": "telefon"}, False, DAY)
    facts = Fact.objects.filter(field="i_job").order_by("pk").values_list("value", "recorded")
    assert list(facts) == [(False, dt.date(2026, 3, 2)), (True, DAY)]
    assert Course.objects.get(citizen__person_number=ADA).version == version + 1
    assert counts(taken(folder), "samtaler") == {"unchanged": 1}


def test_a_row_with_an_id_may_change_its_day(folder: Folder, taken: Callable[..., Any]) -> None:
    folder.write("samtaler", "id;cpr;dato;art", f"S-17;{ADA};02-04-2026;jobsamtale", f"18;{ADA};09-04-2026;cv-samtale")
    taken(folder)
    folder.write("samtaler", "id;cpr;dato;art", f"S-17;{ADA};03-04-2026;jobsamtale", f"18;{ADA};09-04-2026;cv-samtale")
    assert counts(taken(folder), "samtaler") == {"changed": 1, "unchanged": 1}
    assert events("jobsamtale") == [("2026-04-03", {})]


def test_what_somebody_corrected_by_hand_is_left_to_her(
    folder: Folder, taken: Callable[..., Any], caseworker: Any
) -> None:
    folder.write("samtaler", "cpr;dato;art;form", f"{ADA};02-04-2026;jobsamtale;telefon")
    taken(folder)
    event = Event.objects.get()
    actions.correct_event(event, vocabulary(), event.on, {"form": "fysisk"}, caseworker, DAY)
    assert counts(taken(folder), "samtaler") == {"unchanged": 1}
    folder.write("samtaler", "cpr;dato;art;form", f"{ADA};02-04-2026;jobsamtale;video")
    done = taken(folder)
    assert [sentence for _, _, sentence in rejected(done)] == [
        ["id: the line was corrected in the case since it was imported; correct it in the case if the extract is right"]
    ]
    assert events("jobsamtale") == [("2026-04-02", {"form": "fysisk"})]


def test_next_months_weeks_carry_a_spell_on_and_end_it(folder: Folder, taken: Callable[..., Any]) -> None:
    folder.write("ydelsesuger", "cpr;uge;kode", *(f"{ADA};2026-W{week:02d};890" for week in range(1, 11)))
    taken(folder)
    assert spells("ydelse") == [("2025-12-29", None, {"type": "sygedagpenge"})]
    folder.write(
        "ydelsesuger", "cpr;uge;kode", *(f"{ADA};2026-W{week:02d};{890 if week < 13 else 0}" for week in range(8, 15))
    )
    folder.write("borgere_2", "cpr;navn;sag åbnet", "6206852399;Ny Borger;2026-01-05")
    done = taken(folder)
    assert counts(done, "ydelsesuger") == {"changed": 5, "without_line": 2}
    assert spells("ydelse") == [("2025-12-29", "2026-03-22", {"type": "sygedagpenge"})]


def test_two_files_that_overlap_hold_one_line(folder: Folder, taken: Callable[..., Any]) -> None:
    folder.write(
        "samtaler_a", "cpr;dato;art;form", f"{ADA};02-04-2026;jobsamtale;telefon", f"{ADA};03-04-2026;jobsamtale;"
    )
    folder.write(
        "samtaler_b", "cpr;dato;art;form", f"{ADA};02-04-2026;jobsamtale;telefon", f"{ADA};03-04-2026;jobsamtale;video"
    )
    done = taken(folder)
    assert counts(done, "samtaler") == {"new": 2, "unchanged": 1, "rejected": 1}
    assert rejected(done) == [
        ("samtaler", 3, [": the row says otherwise than samtaler_a.csv, række 3; keep the row that is right"])
    ]


class BrokenOffError(Exception):
    """Stands for a machine that stops."""


def test_a_run_that_was_broken_off_goes_on_where_it_stopped(
    folder: Folder, taken: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    full(folder)

    def stop(*_: Any) -> None:
        raise BrokenOffError

    with monkeypatch.context() as broken:
        broken.setattr("fodfaeste.interfaces.exchange.extracts.run.merge", stop)
        with pytest.raises(BrokenOffError):
            taken(folder)
    assert Citizen.objects.count() == 0
    waiting = dict(BatchFile.objects.values_list("name", "pk"))
    folder.write("samtaler", "cpr;dato;art;form", f"{ADA};05-05-2026;jobsamtale;telefon")
    done = taken(folder)
    assert Batch.objects.count() == 1
    again = {file.name for file in done.files if waiting.get(file.name) != file.pk}
    assert again == {"samtaler.csv"}
    assert events("jobsamtale") == [("2026-05-05", {"form": "telefon"})]
    assert Citizen.objects.count() == 2


def test_rows_a_server_lost_are_read_again(
    folder: Folder, taken: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    full(folder)

    def stop(*_: Any) -> None:
        raise BrokenOffError

    with monkeypatch.context() as broken:
        broken.setattr("fodfaeste.interfaces.exchange.extracts.run.merge", stop)
        with pytest.raises(BrokenOffError):
            taken(folder)
    lost = BatchFile.objects.get(table="samtaler")
    staging.drop(lost.pk, lost.staged)  # as unlogged tables are empty after a crash
    taken(folder)
    assert events("jobsamtale") == [("2026-04-02", {"form": "telefon"})]


def test_a_merge_that_fails_at_the_end_leaves_nothing(
    folder: Folder, taken: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    full(folder)
    before = everything()

    def stop(*_: Any) -> None:
        raise BrokenOffError

    with monkeypatch.context() as broken:
        broken.setattr(merging, "_close", stop)
        with pytest.raises(BrokenOffError):
            taken(folder)
    assert everything() == before
    assert rejected(taken(folder)) == []
    assert len(events("jobsamtale")) == 1
