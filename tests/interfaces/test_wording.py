import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from fodfaeste.facts import read_case, view_case
from fodfaeste.foundation import ProblemError, from_day, parse_day
from fodfaeste.interfaces.answers import step_lines
from fodfaeste.interfaces.overview import overview
from fodfaeste.interfaces.wording import (
    LANGUAGES,
    Language,
    Sentences,
    counted_text,
    day_short,
    day_text,
    days_from,
    demand,
    flip_text,
    label_of,
    listed,
    lowered,
    phrase,
    problem_text,
    question_text,
    sentence,
    span_text,
    status_text,
    value_text,
    words_of,
)
from fodfaeste.reasoning import Status, explain
from fodfaeste.rulebook import resolve
from tests.interfaces.hven import hven
from tests.rulebook.hven import island
from tests.rulebook.hven import norm as written

CODE = re.compile(r"[a-z]_[a-z]|==|!=|<=|\bNone\b|\bTrue\b|\bFalse\b|\(\)|'[a-z-]+'")


def words(lang: Language = "da"):
    return words_of(hven(), lang)


@pytest.mark.parametrize(
    ("day", "danish", "english", "short"),
    [
        (date(2024, 10, 1), "1. oktober 2024", "1 October 2024", "1. okt. 2024"),
        (date(2024, 5, 31), "31. maj 2024", "31 May 2024", "31. maj 2024"),
        (date(2024, 6, 2), "2. juni 2024", "2 June 2024", "2. juni 2024"),
        (date(9999, 12, 31), "aldrig", "never", "aldrig"),
    ],
)
def test_days(day: date, danish: str, english: str, short: str) -> None:
    assert (day_text(day, "da"), day_text(day, "en"), day_short(day, "da")) == (danish, english, short)


def test_stretches_and_distances() -> None:
    first, last = date(2024, 1, 1), date(2024, 6, 30)
    assert span_text(first, last, "da") == "1. januar 2024 – 30. juni 2024"
    assert span_text(first, None, "da") == "fra 1. januar 2024"
    assert span_text(None, last, "en") == "until 30 June 2024"
    assert span_text(None, None, "da") == "altid"
    assert days_from(first, date(2024, 1, 2), "da") == "om 1 dag"
    assert days_from(date(2024, 1, 31), first, "en") == "30 days ago"
    assert days_from(first, first, "da") == "samme dag"


@pytest.mark.parametrize(
    ("value", "type_", "danish", "english"),
    [
        (None, "bool", "uvist", "unknown"),
        (True, "bool", "ja", "yes"),
        ("oil", "lamp", "olie", "oil"),
        (Decimal("1234.50"), "money", "1.234,50 kr.", "DKK 1,234.50"),
        (Decimal("37.00"), "hours", "37 timer", "37 hours"),
        (Decimal("160.33"), "hours", "160,33 timer", "160.33 hours"),
        (Decimal(75), "percent", "75 pct.", "75 per cent"),
        (1, "days", "1 dag", "1 day"),
        (40, "int", "40", "40"),
    ],
)
def test_values(value: object, type_: str, danish: str, english: str) -> None:
    vocabulary = hven().vocabulary
    assert value_text(value, type_, vocabulary, "da") == danish
    assert value_text(value, type_, vocabulary, "en") == english


def test_small_words() -> None:
    assert listed(["a", "b", "c"], "da") == "a, b og c"
    assert listed(["a"], "en") == "a"
    assert listed([], "da") == ""
    assert lowered("Målgruppe i dag") == "målgruppe i dag"
    assert lowered("Min Plan") == "Min Plan"
    assert lowered("LÆ 285") == "LÆ 285"
    assert sentence("gælder") == "Gælder."
    assert label_of({"en": "x"}, "da") == "x"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_status_has_a_word_of_its_own(lang: Language) -> None:
    said = [status_text(status, words(lang)) for status in Status]
    assert len(set(said)) == len(Status)


def test_a_condition_in_words() -> None:
    node = hven().norms["lighthouse.1.grown"].versions[-1].value
    assert node is not None
    assert phrase(words("da"), node).startswith("alder i hele år er mindst 18 eller")
    assert phrase(words("en"), node).startswith("age in whole years is at least 18 or")


@pytest.mark.parametrize(
    ("norm", "danish", "english"),
    [
        (
            "lighthouse.2.oath",
            "fyrpassered senest 14 dage efter denne tjenestes begyndelse",
            "keeper's oath at the latest 14 days after start of this service",
        ),
        (
            "lighthouse.2.repaint",
            "brev efter fyrpasser siden (højst tre dages afbrydelse); loven nævner ingen sidste dag",
            "letter after keeper since (breaks of at most three days); the law names no last day",
        ),
        (
            "lighthouse.2.report",
            "brev senest 5 arbejdsdage efter seneste fyrpassered",
            "letter at the latest 5 working days after latest keeper's oath",
        ),
        (
            "lighthouse.2.gaze",
            "vagt (olie eller gas): ikke før aftalt dag",
            "watch (oil or gas): not before agreed day",
        ),
    ],
)
def test_a_demand_in_words(norm: str, danish: str, english: str) -> None:
    must = hven().norms[norm].versions[-1].must
    assert must is not None
    assert demand(words("da"), must) == danish
    assert demand(words("en"), must) == english


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_expression_of_the_law_can_be_said(lang: Language) -> None:
    said = words(lang)
    for norm in hven().norms.values():
        for version in norm.versions:
            for node in (version.applies, version.value, version.requires, version.lapses_when):
                text = "" if node is None else phrase(said, node)
                assert not CODE.search(text), (norm.id, text)
            if version.must is not None:
                assert not CODE.search(demand(said, version.must)), norm.id


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_answer_to_every_example_can_be_said(lang: Language) -> None:
    law = hven()
    for example in law.examples:
        book = resolve(law, example.on, example.place, example.regimes)
        view = view_case(read_case({"case": "x", **example.case}, law.vocabulary), law.vocabulary, example.on)
        found, said = overview(book, view), words_of(book, lang)
        sentences = Sentences(said, book)
        texts = [question_text(question, said) for question in found.questions]
        for entry in found.entries:
            one = entry.explanation
            why = sentences.why(one)
            assert why, (example.id, one.norm.id)
            texts += why + [line["text"] for line in step_lines(one, said, book)]
            texts += [flip_text(entry.nearest, said)] if entry.nearest else []
        for text in texts:
            assert text.strip(), example.id
            assert not CODE.search(text), (example.id, text)
            assert from_day(example.on).isoformat() not in text


def test_english_is_complete() -> None:
    """No Danish letter in what is said in English, beyond the names of things."""
    law = hven()
    day = parse_day("2024-06-28")
    book = resolve(law, day)
    case = read_case(
        {"case": "x", "spells": [{"kind": "service", "trade": "keeper", "from": "2024-06-01"}]}, law.vocabulary
    )
    found, said = overview(book, view_case(case, law.vocabulary, day)), words_of(book, "en")
    for entry in found.entries:
        for text in Sentences(said, book).why(entry.explanation):
            assert not re.search(r"[æøå]|\b(fordi|gælder|sidste|ikke)\b", text), text


BAD = {
    "format": "fodfaeste/case/1",
    "case": "010180-1234",
    "note": 7,
    "facts": [
        {"field": "bron", "value": 1},
        {"field": "born", "value": "x", "from": "2024-02-01", "to": "2024-01-01"},
        {"field": "goats", "value": 4.5},
        {"field": "goats", "value": 900},
        {"field": "savings", "value": "1,5,0"},
        {"field": "islander", "value": "ja"},
        {"field": "lamp", "value": "candle"},
        {"value": 1},
        {"field": "children", "value": 1},
        {"field": "children", "value": 2},
        7,
    ],
    "spells": [
        {"kind": "servise", "from": "2024-01-01"},
        {"kind": "oath", "from": "2024-01-01"},
        {"kind": "fog"},
        {"from": "2024-01-01"},
    ],
    "events": [
        {"kind": "oath", "date": "2024-01-01", "void": "x"},
        {"kind": "oath", "date": "2024-01-02", "id": "a", "recorded": "2024-02-01"},
        {"kind": "oath", "date": "2024-01-03", "id": "a"},
        {"kind": "oath", "date": "2024-01-02", "corrects": "b"},
        {"kind": "oath", "date": "2024-01-02", "corrects": "a", "recorded": "2024-01-15"},
        {"kind": "oath", "date": "2024-01-02", "corrects": "a"},
        {"kind": "oath", "date": "2024-01-02", "corect": "a"},
    ],
    "unobserved": "oath",
}  # fmt: skip


def test_everything_that_can_be_wrong_with_a_case_is_said_in_danish() -> None:
    with pytest.raises(ProblemError) as caught:
        read_case(BAD, hven().vocabulary)
    assert len(caught.value.problems) > 20
    for problem in caught.value.problems:
        english, danish = problem_text(problem, "en"), problem_text(problem, "da")
        where = f"{problem.file}: {problem.where}"
        assert danish.startswith(where)
        assert english.startswith(where)
        for part, other in zip(english.split(" — "), danish.split(" — "), strict=True):
            assert part != other, part


@pytest.mark.parametrize(
    ("demand_", "danish"),
    [
        ("count('trip', harbour='backviken') >= 1", "Overholdt, fordi »overfart (Bäckviken)« er sket."),
        ("count('trip', harbour='backviken') >= 2", "Overholdt, fordi antal overfart (Bäckviken) er mindst 2."),
    ],
)
def test_what_is_certain_of_a_count_is_said_though_the_count_is_not_known(
    demand_: str, danish: str, tmp_path: Path
) -> None:
    law = island(tmp_path, written("lighthouse.1.t", "condition", f'requires: "{demand_}"'))
    trips = [
        {"kind": "trip", "harbour": "backviken", "date": "2024-06-01"},
        {"kind": "trip", "harbour": "backviken", "date": "2024-06-02"},
        {"kind": "trip", "date": "2024-06-03"},
    ]
    day = parse_day("2024-06-15")
    view = view_case(read_case({"case": "x", "events": trips}, law.vocabulary, file="x"), law.vocabulary, day)
    book = resolve(law, day)
    (one,) = explain(book, view, "lighthouse.1.t")
    assert Sentences(words_of(book, "da"), book).why(one)[-1] == danish


@pytest.mark.parametrize(
    ("done", "needed", "danish", "english"),
    [(0, 1, "0 af 1", "0 of 1"), (4, 4, "4 af 4", "4 of 4"), (2, 1, "2 i alt, 1 kræves", "2 in all, 1 required")],
)
def test_more_than_the_law_asks_is_not_told_as_a_part_of_it(done: int, needed: int, danish: str, english: str) -> None:
    assert [counted_text(done, needed, words_of(hven(), lang)) for lang in LANGUAGES] == [danish, english]
