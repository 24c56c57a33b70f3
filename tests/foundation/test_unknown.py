"""The unknown is not false."""

import copy
import pickle
from itertools import product

import pytest

from fodfaeste.foundation import UNKNOWN, F, T, U, Unknown, kleene_and, kleene_not, kleene_or

VALUES = (F, U, T)


def possible(value: int) -> set[bool]:
    """What a truth value could turn out to be once we know."""
    return {F: {False}, U: {False, True}, T: {True}}[value]


@pytest.mark.parametrize(("a", "b"), list(product(VALUES, VALUES)))
def test_an_answer_is_unknown_exactly_when_both_answers_are_possible(a: int, b: int) -> None:
    worlds = list(product(possible(a), possible(b)))
    assert possible(kleene_and(a, b)) == {x and y for x, y in worlds}
    assert possible(kleene_or(a, b)) == {x or y for x, y in worlds}
    assert possible(kleene_not(a)) == {not x for x in possible(a)}


def test_there_is_one_unknown_also_after_a_journey() -> None:
    assert Unknown() is UNKNOWN
    assert copy.deepcopy(UNKNOWN) is UNKNOWN
    assert pickle.loads(pickle.dumps(UNKNOWN)) is UNKNOWN
    assert repr(UNKNOWN) == "unknown"


def test_it_cannot_be_used_as_true_or_false() -> None:
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(UNKNOWN)
    with pytest.raises(TypeError, match="neither true nor false"):
        assert not UNKNOWN


@pytest.mark.parametrize("value", [False, 0, "", None])
def test_it_equals_nothing_else(value: object) -> None:
    assert value != UNKNOWN
