"""The worked examples of Hven hold, and one that does not is told."""

from dataclasses import replace

import pytest

from fodfaeste.reasoning import run_example, run_examples
from fodfaeste.reasoning.examples import fits, normal
from fodfaeste.rulebook import Example
from tests.rulebook.hven import hven

EXAMPLES = {example.id: example for example in hven().examples}


@pytest.mark.parametrize("id_", EXAMPLES)
def test_a_worked_example_holds(id_: str) -> None:
    failed = [(r.norm, r.expected, r.got) for r in run_example(hven(), EXAMPLES[id_]) if not r.passed]
    assert failed == []


def test_every_norm_but_a_few_has_an_example() -> None:
    met = {norm for example in EXAMPLES.values() for norm in example.expect}
    lone = {id_ for id_ in hven().norms if id_ not in met}
    assert lone == {
        "lighthouse.2.sweep", "lighthouse.3.oil-restores", "lighthouse.3.wedding-waiver", "lighthouse.3.allowance-many",
        "lighthouse.3.allowance-old", "goat.1.roam-fog",
    }  # fmt: skip


def changed(**fields: object) -> Example:
    return replace(EXAMPLES["ex-roam"], **fields)  # type: ignore[arg-type]


def test_an_example_that_does_not_hold_is_told_with_what_came_out() -> None:
    (result,) = run_examples(hven(), [changed(expect={"goat.1.roam": False})])
    assert (result.passed, result.expected, result.got) == (False, False, True)


def test_a_norm_that_is_not_in_force_is_said_to_be_so() -> None:
    (result,) = run_example(hven(), changed(expect={"lighthouse.1.parts": "not_in_force"}, on=20_500))
    assert result.passed


def test_a_question_that_cannot_be_put_is_no_crash() -> None:
    (place,) = run_example(hven(), changed(place="atlantis"))
    assert (place.passed, place.got) == (
        False, "'atlantis' is no municipality; use a municipality's name, slug or code",
    )  # fmt: skip
    (case,) = run_example(hven(), changed(case={"facts": {"gaots": 3}}))
    assert "'gaots' is not a field" in case.got


@pytest.mark.parametrize(
    ("expected", "got", "fit"),
    [
        ({"status": "met"}, {"status": "met", "count": 2}, True),
        ({"status": "met", "count": 1}, {"status": "met", "count": 2}, False),
        ({"due": "2024-01-01"}, {"status": "met"}, False),
        ("met", {"status": "met", "count": 2}, True),
        (["met", "open"], [{"status": "met"}, {"status": "open"}], True),
        (["met"], [{"status": "met"}, {"status": "open"}], False),
        (7517.29, "7517.29", True),
        (75.5, "75.50", True),
        (True, True, True),
        (True, 1, False),
        (1, True, False),
        ("unknown", "unknown", True),
        ("unknown", False, False),
    ],
)
def test_an_answer_may_say_more_than_is_expected_but_nothing_else(expected: object, got: object, fit: bool) -> None:
    assert fits(normal(expected), got) == fit
