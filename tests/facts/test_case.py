"""A case written by hand is read exactly, or refused with everything that is wrong in it."""

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from fodfaeste.facts import read_case, read_cases, write_case
from fodfaeste.foundation import Problem, ProblemError, parse_day
from tests.facts.words import WORDS

WHOLE = {
    "format": "fodfaeste/case/1",
    "case": "a-1",
    "municipality": "Odense",
    "note": "a word to the reader",
    "facts": [
        {"field": "foedt", "value": "1989-05-01"},
        {"field": "i_job", "value": True, "from": "2024-01-01", "to": "2024-06-30", "source": "eIndkomst"},
        {"field": "i_job", "value": None, "recorded": "2024-07-01", "by": "sagsbehandler 7"},
        {"field": "formue", "value": 203.17},
    ],
    "spells": [{"kind": "ydelse", "form": "video", "from": "2024-01-01", "to": "2024-03-31", "id": "y1"}],
    "events": [
        {"kind": "samtale", "form": "fysisk", "faelles": False, "date": "2024-02-01", "id": "s1"},
        {"kind": "samtale", "date": "2024-02-02", "recorded": "2024-02-05", "corrects": "s1"},
        {"kind": "timer", "timer": 160.33, "date": "2024-02-28"},
        {"kind": "henvendelse", "date": "2024-02-28", "void": True},
    ],
    "unobserved": ["fravaer", "henvendelse"],
}


def problems_of(obj: object) -> list[Problem]:
    with pytest.raises(ProblemError) as caught:
        read_case(obj, WORDS, "case.json")
    return caught.value.problems


def the_problem(**parts: Any) -> Problem:
    problems = problems_of(parts)
    assert len(problems) == 1, problems
    return problems[0]


def test_a_whole_case_is_read_and_written_back_word_for_word() -> None:
    case = read_case(WHOLE, WORDS)
    assert write_case(case) == WHOLE
    assert read_case(json.loads(json.dumps(write_case(case))), WORDS) == case


def test_values_are_python_values() -> None:
    case = read_case(WHOLE, WORDS)
    assert case.facts[0].value == dt.date(1989, 5, 1)
    assert case.facts[3].value == Decimal("203.17")
    assert case.events[0].attrs == {"form": "fysisk", "faelles": False}
    assert case.spells[0].end == parse_day("2024-03-31")


def test_facts_as_a_mapping_come_back_as_a_mapping() -> None:
    written = {"format": "fodfaeste/case/1", "facts": {"foedt": "1989-05-01", "i_job": None}}
    assert write_case(read_case(written, WORDS)) == written


def test_dates_may_be_dates_as_yaml_gives_them() -> None:
    case = read_case({"facts": {"foedt": dt.date(1989, 5, 1)}}, WORDS)
    assert case == read_case({"facts": {"foedt": "1989-05-01"}}, WORDS)


def test_an_empty_case_is_a_case_of_which_nothing_is_known() -> None:
    case = read_case({}, WORDS)
    assert (case.case, case.facts, case.events) == ("", (), ())


def test_an_attribute_of_null_is_an_attribute_left_out() -> None:
    with_null = read_case({"events": [{"kind": "samtale", "form": None, "date": "2024-01-01"}]}, WORDS)
    assert with_null == read_case({"events": [{"kind": "samtale", "date": "2024-01-01"}]}, WORDS)


def test_all_problems_come_at_once_each_with_file_place_and_mend() -> None:
    problems = problems_of(
        {
            "facts": {"foedt": "2024-02-30", "i_jb": True},
            "spells": [{"kind": "ydelse", "form": "video", "from": "2024-05-01", "to": "2024-04-01"}],
            "events": [
                {"kind": "henvendelse", "date": "2024-01-01"},
                {"kind": "samtal", "date": "1. maj"},
                {"kind": "samtale", "frm": "video", "form": "fysik"},
            ],
            "unobserved": ["fravær"],
            "evnts": [],
        }
    )
    assert [(problem.where, problem.mend) for problem in problems] == [
        ("evnts", "did you mean 'events'?"),
        ("facts.foedt", "write a day that exists"),
        ("facts.i_jb", "did you mean 'i_job'?"),
        ("spells[0].to", "swap the two, or correct one; leave out to while it is open"),
        ("events[1].kind", "did you mean 'samtale'?"),
        ("events[1].date", "write year-month-day, as 2024-01-31"),
        ("events[2].frm", "did you mean 'form'?"),
        ("events[2].form", "did you mean 'fysisk'?"),
        ("events[2]", "write date as year-month-day, as 2024-01-31"),
        ("unobserved[0]", "did you mean 'fravaer'?"),
    ]
    assert {problem.file for problem in problems} == {"case.json"}
    assert str(problems[1]) == ("case.json: facts.foedt: '2024-02-30' is not in the calendar — write a day that exists")


@pytest.mark.parametrize(
    ("parts", "where", "says"),
    [
        ({"format": "fodfaeste/case/2"}, "format", "not a format"),
        ({"case": 7}, "case", "not a text"),
        ({"case": "010190-1234"}, "case", "looks like a person number"),
        ({"municipality": " "}, "municipality", "not a text"),
        ({"facts": "none"}, "facts", "not a list"),
        ({"facts": ["foedt"]}, "facts[0]", "is a mapping"),
        ({"facts": [{"field": "foedt"}]}, "facts[0]", "'value' is missing"),
        ({"facts": [{"field": ["foedt"], "value": 1}]}, "facts[0].field", "is not a field"),
        ({"facts": {"boern": 21}}, "facts.boern", "21 is outside what is possible"),
        ({"facts": {"foedt": "1899-12-31"}}, "facts.foedt", "outside what is possible"),
        ({"facts": {"formue": 1e15}}, "facts.formue", "outside what is possible"),
        ({"facts": [{"field": "boern", "value": 1, "by": 7}]}, "facts[0].by", "not a text"),
        ({"events": {"kind": "samtale"}}, "events", "not a list"),
        ({"events": [{"date": "2024-01-01"}]}, "events[0]", "'kind' is missing"),
        ({"events": [{"kind": "ydelse", "date": "2024-01-01"}]}, "events[0].kind", "not a kind of event"),
        ({"events": [{"kind": "samtale", "date": "1899-01-01"}]}, "events[0].date", "outside"),
        ({"events": [{"kind": "timer", "timer": -1, "date": "2024-01-01"}]}, "events[0].timer", "outside"),
        (
            {"events": [{"kind": "samtale", "date": "2024-01-01", "void": "ja"}]},
            "events[0].void",
            "not true or false",
        ),
        ({"events": [{"kind": "samtale", "date": "2024-01-01", "id": 1}]}, "events[0].id", "not a text"),
        ({"spells": [{"kind": "fravaer"}]}, "spells[0]", "'from' is missing"),
        ({"spells": [{"kind": "samtale", "from": "2024-01-01"}]}, "spells[0].kind", "not a kind of spell"),
        ({"unobserved": "samtale"}, "unobserved", "not a list"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(parts: dict[str, Any], where: str, says: str) -> None:
    problem = the_problem(**parts)
    assert problem.where == where
    assert says in problem.message
    assert problem.mend


def test_an_event_among_the_spells_is_told_where_it_belongs() -> None:
    assert the_problem(spells=[{"kind": "samtale", "from": "2024-01-01"}]).mend == "move it to events"


def test_a_case_that_is_no_mapping_is_refused() -> None:
    assert "is a mapping" in problems_of([1])[0].message


def line(**parts: Any) -> dict[str, Any]:
    return {"kind": "samtale", "date": "2024-01-01", **parts}


@pytest.mark.parametrize(
    ("events", "where", "says"),
    [
        ([line(id="a"), line(id="a")], "events[1].id", "already used by events[0]"),
        ([line(id="samtale-1"), line(corrects="samtale-2")], "events[1].corrects", "no line with the id"),
        (
            [line(id="a"), line(corrects="a"), line(corrects="a")],
            "events[2].corrects",
            "already corrected by events[1]",
        ),
        ([line(id="a", corrects="a")], "events[0].corrects", "corrects itself"),
        ([line(id="a", recorded="2024-02-01"), line(corrects="a")], "events[1]", "says not when"),
        (
            [line(id="a", recorded="2024-02-01"), line(corrects="a", recorded="2024-01-31")],
            "events[1].recorded",
            "recorded before events[0]",
        ),
    ],
)
def test_corrections_that_cannot_be_followed_are_refused(events: list[dict[str, Any]], where: str, says: str) -> None:
    problem = the_problem(events=events)
    assert problem.where == where
    assert says in problem.message


def test_a_ring_of_corrections_is_refused() -> None:
    problems = problems_of({"events": [line(id="a", corrects="b"), line(id="b", corrects="a")]})
    assert {problem.message for problem in problems} == {"the line corrects itself"}


def test_a_correction_may_stand_before_what_it_corrects() -> None:
    read_case({"events": [line(corrects="a"), line(id="a")]}, WORDS)


def test_a_misspelt_line_does_not_make_its_correction_look_wrong_too() -> None:
    assert the_problem(events=[line(id="a", form="fysik"), line(corrects="a")]).where == "events[0].form"


def test_two_undated_values_for_the_same_days_are_refused() -> None:
    facts = [
        {"field": "boern", "value": 1, "to": "2024-06-30"},
        {"field": "boern", "value": 2, "from": "2024-06-30"},
    ]
    assert "two values for the same days" in the_problem(facts=facts).message
    facts[1]["from"] = "2024-07-01"
    read_case({"facts": facts}, WORDS)
    read_case({"facts": [facts[0], facts[0]]}, WORDS)


# Files


def write(folder: Path, name: str, content: object) -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def one(name: str) -> dict[str, Any]:
    return {"format": "fodfaeste/case/1", "case": name}


def test_a_file_holds_one_case_a_list_or_a_mapping_of_cases(tmp_path: Path) -> None:
    assert [case.case for case in read_cases(write(tmp_path, "1.json", one("a")), WORDS)] == ["a"]
    assert [case.case for case in read_cases(write(tmp_path, "2.json", [one("b"), one("c")]), WORDS)] == [
        "b",
        "c",
    ]
    inner = {"format": "fodfaeste/case/1", "cases": [{"case": "d"}]}
    assert [case.case for case in read_cases(write(tmp_path, "3.json", inner), WORDS)] == ["d"]
    assert [case.case for case in read_cases(tmp_path, WORDS)] == ["a", "b", "c", "d"]


def test_problems_of_all_files_come_at_once(tmp_path: Path) -> None:
    write(tmp_path, "1.json", '{"format": "fodfaeste/case/1",\n "case": "a"\n "facts": {}}')
    write(tmp_path, "2.json", [one("b"), one("b"), {**one("c"), "events": [{"kind": "samtal"}]}, {"case": "d"}])
    write(tmp_path, "3.json", '{"format": "fodfaeste/case/1", "case": "e", "case": "f"}')
    write(tmp_path, "4.json", {"format": "fodfaeste/case/1"})
    write(tmp_path, "5.json", 7)
    with pytest.raises(ProblemError) as caught:
        read_cases(tmp_path, WORDS)
    told = [(Path(p.file).name, p.line, p.where, p.message) for p in caught.value.problems]
    assert told == [
        ("1.json", 3, "file", "this is not JSON: column 2: Expecting ',' delimiter"),
        ("2.json", None, "cases[3].format", "the format is missing or another"),
        ("2.json", None, "cases[1].case", f"'b' is already the id of a case in {tmp_path / '2.json'}"),
        ("2.json", None, "cases[2].events[0].kind", "'samtal' is not a kind of event"),
        ("2.json", None, "cases[2].events[0]", "'date' is missing"),
        ("3.json", None, "case", "'case' is written twice in the same place"),
        ("4.json", None, "case", "'case' is missing"),
        ("5.json", None, "", "a case is a mapping"),
    ]


def test_a_missing_file_and_an_empty_folder_say_so(tmp_path: Path) -> None:
    with pytest.raises(ProblemError, match=r"no \.json file"):
        read_cases(tmp_path, WORDS)
    with pytest.raises(ProblemError, match="cannot be read"):
        read_cases(tmp_path / "none.json", WORDS)
