import json
from datetime import date
from pathlib import Path

import jsonschema
import polars as pl
import pytest

from tests.interfaces.hven import KEEPER, run, write_case

PEOPLE = "case;municipality;born;islander;savings\ntyge;kyrkbacken;01-01-1980;ja;1.234,50\nsofie;;1985-02-03;;\n"
SPELLS = "case;kind;trade;from;to\ntyge;service;keeper;01-06-2024;\nsofie;service;keeper;01-03-2024;30-06-2024\n"
EVENTS = "case;kind;lamp;hours;alone;date\ntyge;watch;oil;7,5;ja;21-06-2024\nsofie;oath;;;;02-03-2024\n"


def tables(folder: Path, prefix: str = "", **changed: str) -> Path:
    for name, text in {"people": PEOPLE, "spells": SPELLS, "events": EVENTS, **changed}.items():
        (folder / f"{prefix}{name}.csv").write_text(text, encoding="utf-8")
    return folder


def test_a_new_case_is_explained_as_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "ny.json"
    assert run("case", "new", "--out", file).code == 0
    assert "// " in file.read_text(encoding="utf-8")
    assert run("case", "check", file).code == 0
    assert run("explain", file, "--json").data["case"] == "min-sag"
    again = run("case", "new", "--out", file)
    assert (again.code, again.err.strip()) == (2, f"{file} findes allerede; vælg et andet navn.")


def test_a_new_case_without_comments_is_json_that_fits_the_schema() -> None:
    case = json.loads(run("case", "new", "--json", "--lang", "en").out)
    assert case["case"] == "my-case"
    jsonschema.validate(case, json.loads(run("case", "schema").out))


def test_a_comment_keeps_line_numbers(tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_text('// a\n{\n  "format": "fodfaeste/case/1",\n  // b\n  "case": "x",,\n}\n', encoding="utf-8")
    answer = run("case", "check", file)
    assert answer.code == 2
    assert answer.err.startswith(f"{file}:5: file: filen kan ikke læses som JSON")


def test_check_tells_everything_wrong_with_all_files(tmp_path: Path) -> None:
    good, bad = write_case(tmp_path), write_case(tmp_path, case="bad", facts={"born": "x", "lamp": "candle"})
    answer = run("case", "check", good, bad, "--json")
    assert answer.code == 2
    assert answer.data["cases"] == ["tyge"]
    assert [problem["where"] for problem in answer.data["problems"]] == ["facts.born", "facts.lamp"]


def test_duties_of_a_folder_come_late_first(tmp_path: Path) -> None:
    write_case(tmp_path)
    write_case(tmp_path, case="sofie", events=[])
    answer = run("duties", tmp_path, "--date", "2024-06-28", "--json")
    assert answer.code == 1
    rows = answer.data["rows"]
    assert answer.data["cases"] == 2
    late = [row["status"] in ("late", "breached") for row in rows]
    assert late == sorted(late, reverse=True)
    dues = [row["due"] for row in rows if row["status"] == "late"]
    assert dues == sorted(dues)
    assert "met_late" not in {row["status"] for row in rows}
    assert "met_late" in {
        row["status"] for row in run("duties", tmp_path, "--date", "2024-06-28", "--all", "--json").data["rows"]
    }


def test_duties_can_be_narrowed(tmp_path: Path) -> None:
    file = write_case(tmp_path)
    rows = run("duties", file, "--date", "2024-06-28", "--status", "open", "--owed-by", "thing", "--json").data["rows"]
    assert {(row["status"], row["owed_by"]) for row in rows} == {("open", "thing")}
    assert "vælg" in run("duties", file, "--status", "opne").err
    assert "vælg" in run("duties", file, "--owed-by", "kongen").err


def test_tables_say_the_same_as_json(tmp_path: Path) -> None:
    tables(tmp_path)
    case = {
        "format": "fodfaeste/case/1", "case": "tyge", "municipality": "kyrkbacken",
        "facts": {"born": "1980-01-01", "islander": True, "savings": 1234.5},
        "spells": [{"kind": "service", "trade": "keeper", "from": "2024-06-01"}],
        "events": [{"kind": "watch", "lamp": "oil", "hours": 7.5, "alone": True, "date": "2024-06-21"}],
    }  # fmt: skip
    (tmp_path / "json").mkdir()
    (tmp_path / "json" / "tyge.json").write_text(json.dumps(case), encoding="utf-8")
    asked = ("--date", "2024-06-28", "--all", "--json")
    rows = [row for row in run("duties", tmp_path, *asked).data["rows"] if row["case"] == "tyge"]
    assert rows == run("duties", tmp_path / "json", *asked).data["rows"]


@pytest.mark.parametrize("name", ["hven", "hven-people.csv", "hven-events.csv"])
def test_a_prefix_or_any_file_names_the_set(tmp_path: Path, name: str) -> None:
    tables(tmp_path, "hven-")
    assert run("case", "check", tmp_path / name, "--json").data["cases"] == ["tyge", "sofie"]


def test_commas_and_parquet_read_alike(tmp_path: Path) -> None:
    tables(tmp_path)
    for name in ("people", "spells", "events"):
        frame = pl.read_csv(tmp_path / f"{name}.csv", separator=";", infer_schema=False)
        if name == "people":
            frame = frame.with_columns(savings=pl.Series([1234.5, None]), islander=pl.Series([True, None]))
        if name == "events":
            frame = frame.with_columns(
                date=pl.Series([date(2024, 6, 21), date(2024, 3, 2)]), hours=pl.Series([7.5, None])
            )
        (tmp_path / "parquet").mkdir(exist_ok=True)
        frame.write_parquet(tmp_path / "parquet" / f"{name}.parquet")
    asked = ("--date", "2024-06-28", "--all", "--json")
    expected = run("duties", tmp_path, *asked).data["rows"]
    assert run("duties", tmp_path / "parquet", *asked).data["rows"] == expected
    (tmp_path / "comma").mkdir()
    texts = {"people": PEOPLE.replace("1.234,50", "1234.50"), "spells": SPELLS, "events": EVENTS.replace("7,5", "7.5")}
    tables(tmp_path / "comma", **{name: text.replace(";", ",") for name, text in texts.items()})
    assert run("duties", tmp_path / "comma", *asked).data["rows"] == expected


def test_facts_in_rows_of_their_own(tmp_path: Path) -> None:
    facts = "case;field;value;from;source\ntyge;lamp;oil;01-01-2024;bog\ntyge;children;2;;\n"
    tables(tmp_path, facts=facts)
    assert run("case", "check", tmp_path).code == 0


def test_every_problem_of_every_table_has_its_row_and_column(tmp_path: Path) -> None:
    backwards = "erik;service;keeper;02-06-2024;01-06-2024\n"
    tables(
        tmp_path,
        people=PEOPLE + "tyge;;;;\n;;;;\nerik;;32-01-1980;måske;1.500\n",
        spells=SPELLS + "erik;servise;keeper;01-06-2024;\nnobody;service;keeper;01-06-2024;\n" + backwards,
        events=EVENTS + "erik;oath;oil;;;21-06-2024\n",
    )
    answer = run("case", "check", tmp_path)
    assert answer.code == 2
    told = {line.removeprefix(f"{tmp_path}/").split(" — ")[0] for line in answer.err.strip().splitlines()}
    assert told == {
        "people.csv:4: case: sagen 'tyge' står to gange, første gang i række 2",
        "people.csv:5: case: 'case' mangler",
        "people.csv:6: born: '32-01-1980' findes ikke i kalenderen",
        "people.csv:6: islander: 'måske' er hverken true eller false",
        "people.csv:6: savings: '1.500' kan læses på to måder",
        "spells.csv:4: kind: 'servise' er ikke en slags periode",
        "spells.csv:5: case: sagen 'nobody' står ikke i tabellen over personer",
        "spells.csv:6: to: to (2024-06-01) ligger før from (2024-06-02)",
        "events.csv:4: lamp: oath har ingen egenskab 'lamp'",
    }


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ("id;born\nx;1980-01-01\n", "kolonnen 'case' mangler"),
        ("case;bron\nx;1980-01-01\n", "kolonnen 'bron' betyder ikke noget her — mente du 'born'?"),
        ("case;born;born\nx;;\n", "kolonnen 'born' står to gange"),
        ("", "tabellen er tom"),
        ("case;born\nx;1;2;3\n", ":2: rækken har 4 felter, og der er 2 kolonnenavne"),
    ],
)
def test_a_table_that_is_no_table_of_cases(tmp_path: Path, people: str, said: str) -> None:
    answer = run("case", "check", tables(tmp_path, people=people))
    assert answer.code == 2
    assert said in answer.err


def test_a_table_in_another_alphabet_code(tmp_path: Path) -> None:
    tables(tmp_path)
    (tmp_path / "people.csv").write_bytes("case;municipality\nx;Ærø\n".encode("cp1252"))
    assert "filen er ikke UTF-8 — gem den som CSV UTF-8" in run("case", "check", tmp_path).err


@pytest.mark.parametrize("end", ["parquet", "csv"])
def test_the_table_is_written(tmp_path: Path, end: str) -> None:
    file, out = write_case(tmp_path), tmp_path / f"out.{end}"
    rows = run("duties", file, "--date", "2024-06-28", "--out", out, "--json").data["rows"]
    frame = pl.read_parquet(out) if end == "parquet" else pl.read_csv(out, try_parse_dates=True)
    assert frame.columns == list(rows[0])
    assert frame["due"].dtype == pl.Date
    assert [None if day is None else day.isoformat() for day in frame["due"]] == [row["due"] for row in rows]


def test_where_the_table_cannot_be_written(tmp_path: Path) -> None:
    file = write_case(tmp_path)
    assert run("duties", file, "--out", tmp_path / "out.xlsx").code == 2
    assert run("duties", file, "--out", tmp_path / "none" / "out.csv").code == 2


def test_the_screen_shows_so_many_lines(tmp_path: Path) -> None:
    file = write_case(tmp_path)
    answer = run("duties", file, "--date", "2024-06-28", "--limit", "2")
    assert "2 vist (--limit 0 viser alle)" in answer.out
    assert max(map(len, answer.out.splitlines())) <= 100


def test_vocabulary_in_full_and_by_part() -> None:
    (word,) = run("vocabulary", "watch", "--json").data["words"]
    assert word["attributes"]["lamp"]["values"][0]["label"] == {"da": "olie", "en": "oil"}
    names = {row["name"] for row in run("vocabulary", "fyr", "--json").data["words"]}
    assert names >= {"oath", "service"}
    assert "oil" in run("vocabulary", "watch").out
    assert "mente du 'watch'?" in run("vocabulary", "wacth").err


def test_a_person_number_is_refused(tmp_path: Path) -> None:
    file = write_case(tmp_path, case="010180-1234")
    assert "id'et ligner et personnummer" in run("case", "check", file).err
    assert KEEPER["case"] == "tyge"
