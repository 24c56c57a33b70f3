"""The example cases are cases: by the schema, by the reader, and by the guide that shows how to write one."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from fodfaeste.facts import case_schema, load_vocabulary, read_case, read_cases, view_case, write_case
from fodfaeste.foundation import parse_day
from tests.facts.words import WORDS

LAW = load_vocabulary(Path("law"))
EXAMPLES = sorted(Path("examples/cases").glob("*.json"))
GUIDE = Path("docs/guide/case-format.md")


def validator(schema: dict[str, Any]) -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(schema)  # takes a second, so not while tests are collected
    return jsonschema.Draft202012Validator(schema)


@cache
def by_law() -> jsonschema.Draft202012Validator:
    return validator(case_schema(LAW))


@cache
def by_words() -> jsonschema.Draft202012Validator:
    return validator(case_schema(WORDS))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_fits_the_schema_and_is_read(path: Path) -> None:
    obj = json.loads(path.read_text(encoding="utf-8"))
    assert [error.message for error in by_law().iter_errors(obj)] == []
    case = read_case(obj, LAW, path.name)
    assert case.case == path.stem
    written = write_case(case)
    assert [error.message for error in by_law().iter_errors(written)] == []
    assert read_case(json.loads(json.dumps(written)), LAW) == case


def test_the_folder_is_read_as_one() -> None:
    assert [case.case for case in read_cases(Path("examples/cases"), LAW)] == [path.stem for path in EXAMPLES]
    assert len(EXAMPLES) >= 10


def test_the_guides_cases_fit_the_schema_and_are_read() -> None:
    shown = re.findall(r"```json\n(\{.*?\n\})\n```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert shown
    for text in shown:
        obj = json.loads(text)
        assert [error.message for error in by_law().iter_errors(obj)] == []
        read_case(obj, LAW, str(GUIDE))


def test_the_guides_lists_of_what_can_be_recorded_are_complete() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    core = Path("law/vocabulary/core.yaml").name
    for field in LAW.fields.values():
        assert Path(field.source_file).name != core or f"`{field.name}`" in text
    missing = [
        name for name in ("jobsamtale", "maalgruppe", "ydelse", "tilbud", "afgoerelse") if f"`{name}`" not in text
    ]
    assert missing == []


def test_the_corrected_conversation_was_in_person_until_it_was_corrected() -> None:
    [case] = read_cases(Path("examples/cases/dagpenge-2024.json"), LAW)
    slot, forms = LAW.events["jobsamtale"].slots["form"], LAW.enums["form"].values
    on = parse_day("2024-02-28")

    def form(known_at: int | None) -> str:
        return forms[view_case(case, LAW, on, known_at).events["jobsamtale"][-1][1][slot] or 0]

    assert (form(parse_day("2024-02-19")), form(parse_day("2024-02-20")), form(None)) == (
        "fysisk",
        "telefon",
        "telefon",
    )


def test_what_is_much_unknown_is_nowhere_no() -> None:
    [case] = read_cases(Path("examples/cases/meget-uvist.json"), LAW)
    seen = view_case(case, LAW, parse_day("2025-11-01"))
    assert seen.fields[LAW.fields["foedt"].index] is None
    assert seen.spells["maalgruppe"][0][2] == (None,)
    assert "jobsamtale" in seen.unobserved


GOOD: dict[str, Any] = {"format": "fodfaeste/case/1", "case": "a"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"case": None},
        {"format": "fodfaeste/case/2"},
        {"facts": {"i_jb": True}},
        {"facts": {"i_job": "ja"}},
        {"facts": {"boern": 21}},
        {"facts": {"formue": "203,17"}},
        {"facts": [{"field": "boern"}]},
        {"events": [{"kind": "samtale"}]},
        {"events": [{"kind": "samtale", "date": "1. maj"}]},
        {"events": [{"kind": "samtale", "date": "2024-05-01", "form": "brevdue"}]},
        {"events": [{"kind": "samtale", "date": "2024-05-01", "timer": 1}]},
        {"spells": [{"kind": "samtale", "from": "2024-05-01"}]},
        {"unobserved": ["samtal"]},
        {"evnts": []},
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(wrong: dict[str, Any]) -> None:
    assert by_words().is_valid(GOOD)
    assert not by_words().is_valid(GOOD | wrong)


@pytest.mark.parametrize(
    "right",
    [
        {"facts": {"formue": "203.17", "boern": None, "i_job": None}},
        {"facts": [{"field": "boern", "value": None, "from": "2024-01-01", "recorded": "2030-01-01"}]},
        {"spells": [{"kind": "fravaer", "from": "2024-05-01", "to": None}]},
        {"events": [{"kind": "samtale", "date": "2024-05-01", "form": None, "id": "a"}]},
        {"$schema": "case.schema.json", "note": "x", "unobserved": ["fravaer"]},
    ],
)
def test_the_schema_accepts_what_the_reader_accepts(right: dict[str, Any]) -> None:
    assert by_words().is_valid(GOOD | right)
    read_case(GOOD | right, WORDS)
