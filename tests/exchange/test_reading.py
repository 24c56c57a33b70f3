"""What Danish systems write, and what it becomes."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from fodfaeste.casework.courses.models import Course, Fact
from fodfaeste.casework.courses.reading import case_of
from fodfaeste.casework.people.models import Citizen
from fodfaeste.foundation import ProblemError
from tests.exchange.folders import ADA, BO, Folder, counts, events, rejected, spells, vocabulary

HELD = [("2026-04-02", {"form": "telefon", "holder": "kommune"}), ("2026-05-11", {"holder": "a-kasse"})]


def test_citizens_get_a_course_and_their_day_of_birth(folder: Folder, taken: Callable[..., Any]) -> None:
    done = taken(folder)
    assert counts(done, "borgere") == {"new": 2}
    ada = Citizen.objects.get(person_number=ADA)
    assert (ada.name, ada.born, ada.course.opened) == ("Ada Holm", dt.date(1990, 5, 1), dt.date(2026, 3, 1))
    assert Fact.objects.get(course=ada.course).value == "1990-05-01"


@pytest.mark.parametrize(
    ("encoding", "lines"),
    [
        ("utf-8", ["cpr;dato;samtaletype;form;afholdt af", "610590-1234;02-04-2026;jobsamtale;Telefon;kommune",
                   "6105901234;11.05.2026;Jobsamtale holdt;;a-kasse"]),
        ("utf-8-sig", ["CPR-nr,Dato,Hændelse,Form,Holder", "6105901234,2026-04-02,jobsamtale,telefon,kommunen",
                       '6105901234,2026-05-11,jobsamtale,,"A-kassen"']),
        ("cp1252", ["Personnummer;Dag;Hændelse;Form;Holder", "6105901234;2/4/2026;jobsamtale;telefon;kommune", "",
                    "6105901234;11-05-2026 00:00;jobsamtale;;a-kasse"]),
        ("utf-16", ["Personnummer\tDato\tArt\tForm\tHolder", "6105901234\t2026-04-02\tjobsamtale\ttelefon\tkommune",
                    "6105901234\t2026-05-11\tjobsamtale\t\ta-kasse"]),
    ],
    ids=["semicolons", "commas", "latin", "tabs"],
)  # fmt: skip
def test_text_files_in_the_ways_systems_write_them(
    folder: Folder, taken: Callable[..., Any], encoding: str, lines: list[str]
) -> None:
    folder.write("samtaler_2026", *lines, encoding=encoding)
    assert rejected(taken(folder)) == []
    assert events("jobsamtale") == HELD


def test_parquet_with_its_own_types(folder: Folder, taken: Callable[..., Any]) -> None:
    days = [dt.date(2026, 4, 2), dt.date(2026, 5, 11)]
    frame = pl.DataFrame(
        {"CPR": [int(ADA)] * 2, "Dato": days, "Art": ["jobsamtale"] * 2, "Form": ["telefon", None],
         "Holder": ["kommune", "a-kasse"]}
    )  # fmt: skip
    folder.parquet("samtaler", frame)
    assert rejected(taken(folder)) == []
    assert events("jobsamtale") == HELD


def test_a_workbook_is_a_table_for_each_sheet(folder: Folder, taken: Callable[..., Any]) -> None:
    folder.workbook(
        "hele kommunen",
        Samtaler=[["CPR", "Dato", "Art", "Form", "Holder"], [int(ADA), "02-04-2026", "jobsamtale", "telefon",
                  "kommune"],
                  [int(ADA), "2026-05-11", "jobsamtale", "", "a-kasse"]],
        Fravær=[["CPR", "Fra", "Til"], [ADA, "2026-06-01", "2026-06-03"]],
    )  # fmt: skip
    assert rejected(taken(folder)) == []
    assert events("jobsamtale") == HELD
    assert spells("fravaer") == [("2026-06-01", "2026-06-03", {})]


def test_a_spreadsheet_that_ate_the_nought(folder: Folder, taken: Callable[..., Any]) -> None:
    folder.write("borgere", "Personnummer;Navn;Sag åbnet", "105901234;Cleo Bach;01-03-2026")
    assert rejected(taken(folder)) == []
    assert Citizen.objects.get().person_number == "0105901234"


@pytest.mark.parametrize("number", ["0101070000", "0101900000", "2110625629", "6105901234"])
def test_nobody_is_refused_for_modulus_eleven(folder: Folder, taken: Callable[..., Any], number: str) -> None:
    from stdnum.dk import cpr

    folder.write("borgere", "Personnummer;Navn;Sag åbnet", f"{number};Dorte Ravn;01-03-2026")
    assert rejected(taken(folder)) == []
    born = Citizen.objects.get().born
    assert born is None or born.year >= 1900
    assert cpr.calc_check_digit(number[:-1]) != number[-1] if hasattr(cpr, "calc_check_digit") else True


def test_weeks_become_spells(folder: Folder, taken: Callable[..., Any]) -> None:
    weeks = [("2026-W02", 111), ("2026-W03", 111), ("202604", 217), ("2026U05", 890), ("2026-W06", 0), ("7-2026", 890)]
    folder.write("ydelsesuger", "cpr;uge;kode", *(f"{ADA};{week};{code}" for week, code in weeks))
    done = taken(folder)
    assert counts(done, "ydelsesuger") == {"new": 5, "without_line": 1}
    assert spells("ydelse") == [
        ("2026-01-05", "2026-01-25", {"type": "dagpenge"}),
        ("2026-01-26", "2026-02-01", {"type": "sygedagpenge"}),
        ("2026-02-09", None, {"type": "sygedagpenge"}),  # it reaches the last week there is
    ]
    assert spells("tilbud") == [("2026-01-19", "2026-01-25", {"type": "virksomhedspraktik", "sektor": "privat"})]


def test_where_offers_have_a_table_the_weeks_are_not_asked(folder: Folder, taken: Callable[..., Any]) -> None:
    folder.write("ydelsesuger", "cpr;uge;kode", f"{ADA};2026-W02;217", f"{ADA};2026-W03;111")
    folder.write("tilbud", "cpr;tilbud;sektor;fra;til", f"{ADA};virksomhedspraktik;privat;06-01-2026;09-01-2026")
    taken(folder)
    assert spells("tilbud") == [("2026-01-06", "2026-01-09", {"type": "virksomhedspraktik", "sektor": "privat"})]


def test_weeks_in_two_files_are_one_spell(folder: Folder, taken: Callable[..., Any]) -> None:
    folder.write("ydelsesuger_2025", "cpr;uge;kode", f"{ADA};2025-W51;730", f"{ADA};2025-W52;730")
    folder.write("ydelsesuger_2026", "cpr;uge;kode", f"{ADA};2026-W01;730", f"{BO};2026-W02;730")
    done = taken(folder)
    assert counts(done, "ydelsesuger") == {"new": 4}
    assert spells("ydelse") == [("2025-12-15", "2026-01-04", {"type": "kontanthjaelp"})]


def test_facts_are_read_by_the_type_of_their_field(folder: Folder, taken: Callable[..., Any]) -> None:
    folder.write(
        "oplysninger",
        "cpr;felt;værdi;registreret;af;kilde",
        f"{ADA};i_job;nej;02-03-2026;;eIndkomst",
        f"{ADA};har en arbejdsgiver;;03-03-2026;;Samtale",
        f"{ADA};maanedlig_hjaelp;12.345,50;02-03-2026;;KY",
        f"{ADA};uden_rimelig_grund;nej;02-03-2026;;Notat",
        f"{ADA};uden_rimelig_grund;nej;02-03-2026;Mette Holm;Notat",
    )
    done = taken(folder)
    assert rejected(done) == [
        ("oplysninger", 5, ["af: the field is judged by a named person, and 'af' is empty; write who judged it"])
    ]
    found = Fact.objects.exclude(field="foedt").order_by("recorded", "pk").values_list("field", "value", "by")
    assert set(found) == {
        ("i_job", False, ""), ("maanedlig_hjaelp", 12345.5, ""), ("uden_rimelig_grund", False, "Mette Holm"),
        ("i_job", None, ""),
    }  # fmt: skip


def test_what_was_imported_is_a_case_of_the_law(folder: Folder, taken: Callable[..., Any]) -> None:
    folder.write("maalgrupper", "cpr;målgruppe;fra;til", f"{ADA};dp;01-03-2026;", f"{BO};syg;05-01-2026;01-02-2026")
    folder.write("anmodninger", "cpr;modtaget;om", f"{ADA};20-11-2026;en samtale")
    taken(folder)
    case = case_of(Course.objects.get(citizen__person_number=ADA), vocabulary())
    assert [(one.kind, one.attrs["gruppe"]) for one in case.spells] == [("maalgruppe", "dp")]
    assert [(one.kind, one.attrs["om"]) for one in case.events] == [("anmodning", "samtale")]


def test_two_conversations_on_one_day_are_two(folder: Folder, taken: Callable[..., Any]) -> None:
    folder.write("samtaler", "cpr;dato;art", *[f"{ADA};2026-04-02;jobsamtale"] * 2)
    assert counts(taken(folder), "samtaler") == {"new": 2}
    assert len(events("jobsamtale")) == 2
    assert counts(taken(folder), "samtaler") == {"unchanged": 2}


@pytest.mark.parametrize(
    ("name", "lines", "said"),
    [
        ("kunder", ["cpr;navn"], "the name is not that of a table"),
        ("samtale", ["cpr;dato;art"], "did you mean 'samtaler'?"),
        ("samtaler", ["navn;dato;art"], "the column 'personnummer' is missing (there are navn, dato, art)"),
        ("samtaler", ["cpr;personnummer;dato;art"], "the column 'personnummer' stands twice"),
        ("maal", ["cpr;tekst;skrevet", f'{ADA};"Jeg vil;2026-01-01'], "a quotation mark is not closed"),
        ("samtaler", [""], "it is empty"),
    ],
    ids=["no table", "nearly", "missing", "twice", "quote", "empty"],
)
def test_a_file_that_cannot_be_understood_stops_everything(
    folder: Folder, taken: Callable[..., Any], name: str, lines: list[str], said: str
) -> None:
    folder.write(name, *lines)
    with pytest.raises(ProblemError) as told:
        taken(folder)
    assert said in str(told.value)
    assert Citizen.objects.count() == 0


def test_a_broken_file_is_told_by_name(folder: Folder, taken: Callable[..., Any]) -> None:
    (folder.path / "tilbud.parquet").write_bytes(b"not a parquet file")
    (folder.path / "fravaer.xlsx").write_bytes(b"not a workbook")
    with pytest.raises(ProblemError) as told:
        taken(folder)
    assert {problem.file for problem in told.value.problems} == {"tilbud.parquet", "fravaer.xlsx"}
