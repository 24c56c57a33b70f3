"""Files as people really save them: what is wrong is told in one sentence, in the reader's language."""

import ast
import json
from pathlib import Path
from typing import TypeGuard

import pytest

from fodfaeste.interfaces.wording import reworded
from tests.interfaces.hven import run, write_case

CASE = json.dumps({"format": "fodfaeste/case/1", "case": "tyge", "facts": {"born": "1980-02-29"}})
PEOPLE = "case;born\ntyge;29-02-1980\n"


@pytest.mark.parametrize("saved", ["\ufeff" + CASE, CASE.replace(", ", ",\r\n"), f"\n\n{CASE}\n\n"])
def test_a_mark_before_the_text_and_windows_line_ends_do_no_harm(tmp_path: Path, saved: str) -> None:
    file = tmp_path / "case.json"
    file.write_bytes(saved.encode())
    answer = run("case", "check", file)
    assert (answer.code, answer.out.strip(), answer.err) == (0, "1 sag kan læses, 0 fejl.", "")


@pytest.mark.parametrize(
    ("saved", "danish", "mend"),
    [
        (b"", ":1: file: filen er tom", "fodfaeste case new"),
        (CASE.encode("utf-16"), ": file: filen er ikke UTF-8", "gem den som UTF-8"),
        (PEOPLE.encode(), ":1: file: filen er ikke JSON: den begynder med »case;born«", "ender på .csv eller .parquet"),
        (f"{CASE}\n{CASE}\n".encode(), ":2: file: filen fortsætter, hvor sagen er slut", "som en liste: [{…}, {…}]"),
        (CASE[:-1].encode() + b",}", f"JSON (tegn {len(CASE) + 1}: her mangler et navn i anførselstegn)", "komma"),
        (b"[" * 100_000, ": file: parenteserne ligger for dybt i hinanden", "case-format.md"),
        (b'{"case": ' + b"9" * 5000 + b"}", ": file: et tal er for langt til at blive læst", "gør det kortere"),
        (CASE.replace('"1980-02-29"', "1e-400").encode(), ": file: 1e-400 er for lille til at være et tal", "skriv 0"),
        (CASE.replace('"1980-02-29"', "1e400").encode(), "1e400 er for stort et tal", "gør det kortere"),
        (CASE.replace("1980", "1983").encode(), "'1983-02-29' findes ikke i kalenderen", "skriv en dag, der findes"),
        (CASE.replace("tyge", "ty\\u001bge").encode(), ": case: id'et har tegn, der ikke kan ses", "brug bogstaver"),
        (CASE.replace("case/1", "case/2").encode(), "'fodfaeste/case/2' er ikke et format", "skriv fodfaeste/case/1"),
        (b"[null]", ": cases[0]: en sag skrives i krøllede parenteser", 'skriv {"format": "fodfaeste/case/1"'),
    ],
)  # fmt: skip
def test_one_sentence_says_what_is_wrong_with_a_file_and_how_to_mend_it(
    tmp_path: Path, saved: bytes, danish: str, mend: str
) -> None:
    file = tmp_path / "case.json"
    file.write_bytes(saved)
    answer = run("case", "check", file)
    assert (answer.code, answer.out.strip()) == (2, "0 sager kan læses, 1 fejl.")
    (sentence,) = answer.err.strip().splitlines()
    assert sentence.startswith(str(file))
    told, _, way_out = sentence.partition(" — ")
    assert danish in told
    assert mend in way_out


@pytest.mark.parametrize(
    ("people", "line", "danish"),
    [
        (PEOPLE.replace("1980", "1983"), 2, "'29-02-1983' findes ikke i kalenderen"),
        (PEOPLE + "sofie;;;\n", 3, "rækken har 4 felter, og der er 2 kolonnenavne"),
        (PEOPLE + 'sofie;"1985\n', 3, "et anførselstegn er ikke lukket"),
    ],
)
def test_a_broken_row_of_a_table_is_named_by_its_line(tmp_path: Path, people: str, line: int, danish: str) -> None:
    file = tmp_path / "people.csv"
    file.write_text(people, encoding="utf-8")
    answer = run("duties", tmp_path)
    assert answer.code == 2
    assert answer.err.startswith(f"{file}:{line}: ")
    assert danish in answer.err


def test_the_case_with_an_unknown_municipality_is_named(tmp_path: Path) -> None:
    write_case(tmp_path, case="sofie", municipality="kyrkbaken")
    answer = run("duties", tmp_path)
    assert (answer.code, answer.err.split(":")[0]) == (2, "sagen 'sofie'")
    assert "'kyrkbaken' er ingen kommune" in answer.err


def test_a_municipality_that_does_not_exist_is_told_with_the_name_of_the_nearest(tmp_path: Path) -> None:
    file = write_case(tmp_path, case="sofie", municipality="Norreborgh")
    answer = run("case", "check", file)
    assert answer.code == 2
    assert answer.err.strip() == (f"{file}: sofie.municipality: 'Norreborgh' er ingen kommune — mente du 'Norreborg'?")
    (tmp_path / "people.csv").write_text("case;municipality\nbrahe;nowhere\ntyge;3\n", encoding="utf-8")
    (told,) = run("case", "check", tmp_path, "--json").data["problems"]
    assert (told["where"], told["mend"]) == ("brahe.municipality", "use a municipality's name, slug or code")


def test_nothing_written_as_a_decimal_is_still_nothing(tmp_path: Path) -> None:
    file = write_case(tmp_path, events=[{"kind": "watch", "lamp": "oil", "hours": 0.0, "date": "2024-06-21"}])
    assert run("case", "check", file).code == 0


def test_invented_cases_are_not_written_over_a_file_that_is_there(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text("mine", encoding="utf-8")
    answer = run("case", "sample", "2", "--out", file, law=None)
    assert (answer.code, answer.err.strip()) == (2, f"{file} findes allerede; vælg et andet navn.")
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_name_that_is_not_there_is_mended_where_it_can_be_found(tmp_path: Path) -> None:
    file = write_case(tmp_path)
    assert "vælg en af tyge" in run("explain", file, "--case", "zzz").err
    assert "se dem med fodfaeste vocabulary" in run("vocabulary", "zzz").err
    assert "se dem med fodfaeste regime list" in run("regime", "show", "zzz").err
    assert "'30-02-2024' findes ikke i kalenderen" in run("explain", file, "--date", "30-02-2024").err
    (tmp_path / "none.json").write_text("[]", encoding="utf-8")
    assert "Filen har ingen sager" in run("explain", tmp_path / "none.json").err


def _sentences(file: Path) -> list[str]:
    """What a module says is wrong with an input, with X for what is put in."""
    found = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(node, ast.Call) and getattr(called, "attr", getattr(called, "id", "")) in _TELLERS:
            found += [_text(one) for one in node.args]
        if isinstance(node, ast.Assign) and _NAMED & {one.id for one in ast.walk(node.targets[0]) if _is_name(one)}:
            found += [_text(one) for one in _chosen(node.value)]
    return [text for text in found if " " in text.strip("X ")]


def _chosen(value: ast.expr) -> list[ast.expr]:
    """What a value may be: the parts of a tuple, and either side of a choice."""
    if isinstance(value, ast.Tuple):
        return [chosen for part in value.elts for chosen in _chosen(part)]
    return [*_chosen(value.body), *_chosen(value.orelse)] if isinstance(value, ast.IfExp) else [value]


def _is_name(node: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name)


_NAMED = {"message", "mend", "said"}
"""What a sentence is called before it is told."""

_TELLERS = ("Problem", "tell", "_problem", "_wrong")
_DOORS = (
    "facts/case.py", "facts/checking.py", "facts/corrections.py", "facts/jsonfile.py", "interfaces/casefiles.py",
    "interfaces/casetables.py", "interfaces/library.py", "interfaces/refusion_extract.py", "simulation/*.py",
    "population/nation/*.py", "interfaces/cli/nation_asked.py",
)  # fmt: skip


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "X" for one in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_every_sentence_about_an_input_has_a_danish_one() -> None:
    house = Path(__file__).parents[2] / "src" / "fodfaeste"
    files = [file for door in _DOORS for file in sorted(house.glob(door))]
    said = {text for file in files for text in _sentences(file)}
    assert len(said) > 40
    # "kind of X" is said of an event and of a spell, which are two sentences in Danish
    assert sorted(text for text in said if reworded(text, "da") == text and "kind of X" not in text) == []
