"""Rows that cannot go in: told by file, row and field, with how to mend them, and kept as they stood."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fodfaeste.casework.courses.models import Event
from fodfaeste.casework.intake.models import Rejection
from fodfaeste.casework.people.models import Citizen
from fodfaeste.interfaces.exchange.extracts.faults import SENTENCES
from fodfaeste.interfaces.exchange.extracts.reports import report, write_rejected
from tests.exchange.folders import ADA, BO, Folder, counts, events, rejected, spells

WRONG = {
    "no such day": ("samtaler", "cpr;dato;art", f"{ADA};31-02-2026;jobsamtale",
                    "dato: '31-02-2026' is not a date; write year-month-day or day-month-year"),
    "empty": ("samtaler", "cpr;dato;art", f"{ADA};;jobsamtale", "dato: the cell is empty; write a value"),
    "not yet": ("samtaler", "cpr;dato;art", f"{ADA};23-11-2026;jobsamtale",
                ("dato: '2026-11-23' is after the day of the import; "
                "correct the date; what is agreed belongs in aftaler")),
    "misspelt": ("samtaler", "cpr;dato;art", f"{ADA};01-11-2026;jobsamtal",
                 "art: 'jobsamtal' is not a kind of event; did you mean 'jobsamtale'?"),
    "no value": ("samtaler", "cpr;dato;art;form", f"{ADA};01-11-2026;jobsamtale;brevdue",
                 "form: 'brevdue' is not a value of form; choose one of fysisk, skriftlig, telefon, video"),
    "not of this kind": ("samtaler", "cpr;dato;art;holder", f"{ADA};01-11-2026;cv-samtale;kommune",
                         "holder: cv-samtale has no 'holder'; leave the cell empty"),
    "nobody": ("samtaler", "cpr;dato;art", "6105901235;01-11-2026;jobsamtale",
               ("personnummer: '6105901235' is not among the citizens; "
               "add the citizen to borgere, or correct the number")),
    "no person": ("borgere", "cpr;navn;sag åbnet", "3213901235;Nul;01-11-2026",
                  ("personnummer: '3213901235' is not a person number; "
                  "write ten digits: day, month, year and serial number")),
    "backwards": ("fravaer", "cpr;fra;til", f"{ADA};05-05-2026;04-05-2026",
                  "til: the last day (2026-05-04) is before the first; swap the two, or correct one"),
    "no code": ("ydelsesuger", "cpr;uge;kode", f"{ADA};2026-W03;888",
                "kode: '888' is not one of DREAM's status codes; correct the code, or have it added to dream.yaml"),
    "no week": ("ydelsesuger", "cpr;uge;kode", f"{ADA};2026-W54;111",
                "uge: '2026-W54' is not a week; write year and week, as 2026-W05"),
    "two ways": ("refusion", "uge;ydelse;total", "2026-W03;A-dagpenge;12.345",
                 "total: '12.345' can be read in two ways; write 12345,00"),
    "no user": ("aftaler", "cpr;tidspunkt;form;sagsbehandler", f"{ADA};24-12-2026 09:00;video;ukendt",
                ("sagsbehandler: 'ukendt' is not a user in the municipality; "
                "add the user to medarbejdere, or correct the name")),
    "no clock": ("aftaler", "cpr;tidspunkt;form;sagsbehandler", f"{ADA};24-12-2026;video;mette",
                 "tidspunkt: '24-12-2026' is not a day and a time; write year-month-day hour:minute"),
}  # fmt: skip


def test_each_fault_says_where_what_and_how(folder: Folder, taken: Callable[..., Any], caseworker: Any) -> None:
    for number, (table, head, line, _) in enumerate(WRONG.values(), 1):
        folder.write(f"{table}_{number}", head, line)
    told = {(one.file.name, one.row): said for one, (_, _, said) in _told(taken(folder))}
    assert told == {
        (f"{table}_{number}.csv", 2): [said] for number, (table, _, _, said) in enumerate(WRONG.values(), 1)
    }
    assert Citizen.objects.count() == 2


def _told(done: Any) -> Any:
    return zip(Rejection.objects.filter(file__batch=done.batch).select_related("file"), rejected(done), strict=True)


def test_everything_wrong_with_a_row_is_said_at_once(folder: Folder, taken: Callable[..., Any]) -> None:
    folder.write("samtaler", "cpr;dato;art;form", "123;i går;jobsamtal;brevdue")
    [(_, _, said)] = rejected(taken(folder))
    assert [one.split(":")[0] for one in said] == ["personnummer", "art", "dato"]


def test_a_row_with_too_many_fields_harms_no_other(folder: Folder, taken: Callable[..., Any]) -> None:
    folder.write(
        "maal", "cpr;tekst;skrevet", f"{ADA};Jeg vil køre bus.;01-05-2026", f"{BO};Først bus; så tog;01-05-2026;;",
        f"{BO};Jeg vil hjem.;02-05-2026",
    )  # fmt: skip
    done = taken(folder)
    assert counts(done, "maal") == {"new": 2, "rejected": 1}
    [(_, row, said)] = rejected(done)
    assert row == 3
    assert said == [": the row has more fields than the table has columns; put text with separators in quotation marks"]
    assert list(Rejection.objects.get().raw.values()) == [BO, "Først bus", " så tog", "01-05-2026", "", ""]


def test_of_two_spells_that_meet_the_first_stays(folder: Folder, taken: Callable[..., Any]) -> None:
    folder.write(
        "maalgrupper", "cpr;gruppe;fra;til", f"{ADA};dp;01-03-2026;31-05-2026", f"{ADA};syg;31-05-2026;",
        f"{BO};syg;31-05-2026;", f"{ADA};jaf;01-07-2026;",
    )  # fmt: skip
    done = taken(folder)
    assert counts(done, "maalgrupper") == {"new": 3, "rejected": 1}
    assert [row for _, row, _ in rejected(done)] == [3]
    assert [one[2]["gruppe"] for one in spells("maalgruppe")] == ["dp", "jaf"]
    folder.write("maalgrupper", "cpr;gruppe;fra;til", f"{ADA};reval;01-08-2026;")
    done = taken(folder)
    assert rejected(done) == [
        ("maalgrupper", 2, [("fra: the period overlaps another of its kind (2026-07-01 – ); "
                            "correct the dates so that the two do not meet")])
    ]  # fmt: skip


def test_weeks_that_meet_a_spell_are_refused_week_by_week(folder: Folder, taken: Callable[..., Any]) -> None:
    folder.write("ydelser", "cpr;ydelse;fra;til", f"{ADA};sygedagpenge;01-01-2026;31-01-2026")
    taken(folder)
    folder.write("ydelsesuger", "cpr;uge;kode", f"{ADA};2026-W04;111", f"{ADA};2026-W03;111", f"{ADA};2026-W07;111")
    done = taken(folder)
    assert counts(done, "ydelsesuger") == {"new": 1, "rejected": 2}
    assert [(row, len(said)) for _, row, said in rejected(done)] == [(2, 1), (3, 1)]


def test_a_week_with_two_codes_keeps_the_first(folder: Folder, taken: Callable[..., Any]) -> None:
    folder.write("ydelsesuger", "cpr;uge;kode", *(f"{ADA};2026-W04;{code}" for code in (111, 111, 890)))
    done = taken(folder)
    assert counts(done, "ydelsesuger") == {"new": 1, "unchanged": 1, "rejected": 1}
    assert [row for _, row, _ in rejected(done)] == [4]


def test_a_citizen_who_stands_twice(folder: Folder, taken: Callable[..., Any]) -> None:
    folder.write(
        "borgere", "cpr;navn;sag åbnet", f"{ADA};Ada;01-03-2026", f"{ADA};Ada;01-03-2026", f"{ADA};Ida;01-03-2026"
    )
    done = taken(folder)
    assert counts(done, "borgere") == {"new": 1, "unchanged": 1, "rejected": 1}
    assert Citizen.objects.get().name == "Ada"


def test_ids_are_given_once(folder: Folder, taken: Callable[..., Any]) -> None:
    folder.write(
        "samtaler", "id;cpr;dato;art", f"7;{ADA};01-03-2026;jobsamtale", f"7;{ADA};01-03-2026;jobsamtale",
        f"7;{ADA};02-03-2026;jobsamtale", f";{ADA};03-03-2026;jobsamtale",
    )  # fmt: skip
    done = taken(folder)
    assert counts(done, "samtaler") == {"new": 2, "unchanged": 1, "rejected": 1}
    assert [day for day, _ in events("jobsamtale")] == ["2026-03-01", "2026-03-03"]


def test_rejected_rows_can_be_mended_and_imported(
    folder: Folder, taken: Callable[..., Any], kommune: Any, tmp_path: Path
) -> None:
    folder.write(
        "samtaler", "Personnummer;Dato;Samtaletype;Form", f"{ADA};01-11-2026;jobsamtale;telefon",
        f"{ADA};31-02-2026;jobsamtale;telefon", "9;02-11-2026;jobsamtale;",
    )  # fmt: skip
    done = taken(folder)
    [path] = write_rejected(kommune, done.batch.pk, tmp_path / "rettes", "da")
    text = path.read_text(encoding="utf-8-sig").replace("31-02-2026", "28-02-2026").replace("\n9;", f"\n{BO};")
    with path.open(encoding="utf-8-sig") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    assert rows[0]["Fejl"] == "dato: '31-02-2026' er ikke en dato – skriv år-måned-dag eller dag-måned-år"
    path.write_text(text, encoding="utf-8")
    again = taken(Folder(tmp_path / "rettes"))
    assert rejected(again) == []
    assert Event.objects.count() == 3
    assert counts(taken(folder), "samtaler") == {"unchanged": 1, "rejected": 2}


@pytest.mark.parametrize("lang", ["da", "en"])
def test_the_report_speaks_the_readers_language(
    folder: Folder, taken: Callable[..., Any], kommune: Any, lang: Any
) -> None:
    folder.write("samtaler", "cpr;dato;art", f"{ADA};31-02-2026;jobsamtale")
    taken(folder)
    found = report(kommune, None, lang)
    assert found is not None
    [row] = found["rejected"]
    assert (row["file"], row["row"], row["raw"]) == (
        "samtaler.csv", 2, {"cpr": ADA, "dato": "31-02-2026", "art": "jobsamtale"},
    )  # fmt: skip
    assert row["problems"][0]["message"] == f"'31-02-2026' {'er ikke en dato' if lang == 'da' else 'is not a date'}"
    assert report(kommune, 10**9, lang) is None


def test_every_sentence_is_there_in_both_languages() -> None:
    for code, words in SENTENCES.items():
        assert len(words) == 4, code
        assert all(words), code


def test_columns_without_a_meaning_are_told(folder: Folder, taken: Callable[..., Any]) -> None:
    folder.write("fravaer", "cpr;fra;til;farve", f"{ADA};05-05-2026;06-05-2026;blå")
    assert taken(folder).unread == {"fravaer.csv": ["farve"]}
