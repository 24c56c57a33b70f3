"""A nation in columns says exactly what the views of its persons say."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fodfaeste.facts import (
    Frames,
    View,
    build_vocabulary,
    dtype_of,
    event_frame,
    frames_from_arrays,
    frames_from_views,
    range_of,
    read_case,
    spell_frame,
    unknown_of,
    view_case,
    view_of,
)
from fodfaeste.foundation import FAR, parse_day
from tests.facts.words import WORDS

ON = parse_day("2024-06-01")
KINDS = [*WORDS.events, *WORDS.spells]


def codes(type_: str, lo: int | None = None, hi: int | None = None) -> st.SearchStrategy[int | None]:
    """Encoded values of a type, with its extremes and the unknown."""
    least, most = range_of(type_, WORDS)
    least, most = least if lo is None else lo, most if hi is None else hi
    known = st.sampled_from([0, 2]) if type_ == "bool" else st.sampled_from([least, most]) | st.integers(least, most)
    return st.none() | known


def attrs_of(types: Any) -> st.SearchStrategy[tuple[int | None, ...]]:
    return st.tuples(*(codes(type_) for type_ in types.values()))


DAY = st.integers(ON - 400, ON)


@st.composite
def views(draw: st.DrawFn) -> View:
    fields = [draw(codes(field.type, field.lo, field.hi)) for field in WORDS.fields.values()]
    events = {
        name: sorted(draw(st.lists(st.tuples(DAY, attrs_of(kind.attrs)), max_size=3)), key=lambda row: row[0])
        for name, kind in WORDS.events.items()
    }
    spells = {
        name: sorted(
            draw(st.lists(st.tuples(DAY, st.sampled_from([ON, ON + 9, FAR]), attrs_of(kind.attrs)), max_size=3)),
            key=lambda row: row[:2],
        )
        for name, kind in WORDS.spells.items()
    }
    return View(ON, fields, events, spells, draw(st.frozensets(st.sampled_from(KINDS), max_size=2)))


@settings(max_examples=40)
@given(st.lists(views(), max_size=5))
def test_every_view_comes_back_from_the_columns_as_it_was(people: list[View]) -> None:
    frames = frames_from_views(people, WORDS, ON)
    assert frames.n == len(people)
    assert [view_of(frames, row, WORDS) for row in range(frames.n)] == people


@settings(max_examples=40)
@given(st.lists(views(), max_size=6), st.integers(0, 7), st.integers(0, 7))
def test_a_slice_of_the_columns_is_the_columns_of_a_slice(people: list[View], lo: int, hi: int) -> None:
    ids = [str(number) for number in range(len(people))]
    part = frames_from_views(people, WORDS, ON, ids).slice(lo, hi)
    assert [view_of(part, row, WORDS) for row in range(part.n)] == people[lo:hi]
    assert part.ids == ids[lo:hi]
    assert all(frame.offsets[0] == 0 for frame in part.events.values())
    assert all(frame.offsets[0] == 0 for frame in part.spells.values())


def test_columns_are_as_narrow_as_their_range_and_leave_room_for_the_unknown() -> None:
    frames = frames_from_views([], WORDS, ON)
    dtypes = {name: str(column.dtype) for name, column in frames.fields.items()}
    assert dtypes == {
        "boern": "int8",
        "foedt": "int32",
        "foretrukken_form": "int8",
        "formue": "int64",
        "helbred": "int8",
        "i_job": "int8",
    }
    assert str(frames.events["timer"].attrs["timer"].dtype) == "int64"


@pytest.mark.parametrize(
    ("type_", "lo", "hi", "dtype"),
    [
        ("int", -127, 127, "int8"),
        ("int", -128, 127, "int16"),  # -128 is the unknown of int8
        ("int", 0, 128, "int16"),
        ("int", -32768, 0, "int32"),
        ("int", 0, 2**31, "int64"),
        ("form", 0, 119, "int8"),
        ("form", 0, 120, "int16"),
        ("days", 0, 5, "int32"),
        ("date", 0, FAR, "int32"),
        ("money", 0, 5, "int64"),
        ("percent", 0, 5, "int64"),
        ("bool", 0, 2, "int8"),
    ],
)
def test_the_dtype_follows_from_type_and_range(type_: str, lo: int, hi: int, dtype: str) -> None:
    found = dtype_of(type_, lo, hi)
    assert str(found) == dtype
    assert type_ == "bool" or not lo <= unknown_of(found, type_) <= hi


def test_the_unknown_is_1_for_truths_and_else_the_least_number() -> None:
    assert unknown_of(np.int8, "bool") == 1
    assert unknown_of(np.int8, "form") == -128
    assert unknown_of(np.int64, "money") == -(2**63)


def test_observed_is_none_when_everything_is_and_else_says_for_whom_not() -> None:
    seen = [view_case(read_case(obj, WORDS), WORDS, ON) for obj in ({}, {"unobserved": ["samtale", "fravaer"]})]
    frames = frames_from_views(seen, WORDS, ON)
    samtale, fravaer = frames.events["samtale"].observed, frames.spells["fravaer"].observed
    assert samtale is not None
    assert fravaer is not None
    assert (samtale.tolist(), fravaer.tolist()) == ([1, 0], [1, 0])
    assert frames.events["timer"].observed is None


def test_a_number_that_does_not_fit_raises_and_never_wraps_around() -> None:
    seen = view_case(read_case({}, WORDS), WORDS, ON)
    seen.fields[WORDS.fields["boern"].index] = 300
    with pytest.raises(OverflowError):
        frames_from_views([seen], WORDS, ON)


def test_views_of_another_day_are_refused() -> None:
    with pytest.raises(ValueError, match="different days"):
        frames_from_views([view_case(read_case({}, WORDS), WORDS, ON - 1)], WORDS, ON)


def test_an_enum_of_many_values_takes_two_bytes() -> None:
    values = "".join(f"    v{number}: {{da: x, en: x}}\n" for number in range(130))
    field = "fields:\n  x: {type: lang, kind: observed, label: {da: x, en: x}, ask: {da: x, en: x}}"
    wide = build_vocabulary({"a.yaml": f"enums:\n  lang:\n{values}{field}"})
    frames = frames_from_views([view_case(read_case({"facts": {"x": "v129"}}, wide), wide, ON)], wide, ON)
    assert (str(frames.fields["x"].dtype), int(frames.fields["x"][0])) == ("int16", 129)


# Straight from arrays


def nation() -> Frames:
    samtale = event_frame(
        "samtale",
        WORDS,
        3,
        person=np.array([2, 0, 2, 0]),
        day=np.array([ON, ON - 5, ON - 9, ON + 1]),
        attrs={"form": np.array([2, 0, 1, 1])},
    )
    ydelse = spell_frame(
        "ydelse", WORDS, 3, np.array([1, 1]), np.array([ON, ON - 90]), np.array([FAR, ON - 1]), observed=None
    )
    return frames_from_arrays(
        WORDS,
        ON,
        3,
        {"i_job": np.array([0, 1, 2])},
        {"samtale": samtale},
        {"ydelse": ydelse},
        ["a", "b", "c"],
    )


def test_arrays_in_any_order_become_sorted_columns_and_nothing_after_the_day_has_happened() -> None:
    people = [view_of(nation(), row, WORDS) for row in range(3)]
    assert [view.events["samtale"] for view in people] == [
        [(ON - 5, (0, None))],
        [],
        [(ON - 9, (1, None)), (ON, (2, None))],
    ]
    assert people[1].spells["ydelse"] == [(ON - 90, ON - 1, (None,)), (ON, FAR, (None,))]
    assert [view.fields[WORDS.fields["i_job"].index] for view in people] == [0, None, 2]
    assert people[0].fields[WORDS.fields["formue"].index] is None


def test_frames_from_arrays_equal_frames_from_the_same_views() -> None:
    frames = nation()
    again = frames_from_views([view_of(frames, row, WORDS) for row in range(3)], WORDS, ON, ["a", "b", "c"])
    for name in WORDS.fields:
        np.testing.assert_array_equal(frames.fields[name], again.fields[name], strict=True)
    np.testing.assert_array_equal(frames.events["samtale"].day, again.events["samtale"].day, strict=True)
    np.testing.assert_array_equal(frames.spells["ydelse"].offsets, again.spells["ydelse"].offsets, strict=True)


def test_arrays_that_do_not_fit_the_vocabulary_are_refused() -> None:
    one = np.array([0])
    with pytest.raises(ValueError, match="did you mean 'i_job'"):
        frames_from_arrays(WORDS, ON, 1, {"i_jb": one})
    with pytest.raises(ValueError, match="has 1 rows; give 2"):
        frames_from_arrays(WORDS, ON, 2, {"i_job": one})
    with pytest.raises(ValueError, match="do not fit int8"):
        frames_from_arrays(WORDS, ON, 1, {"boern": np.array([300])})
    with pytest.raises(ValueError, match="did you mean 'form'"):
        event_frame("samtale", WORDS, 1, one, one, {"frm": one})
    with pytest.raises(ValueError, match="outside 0 to 0"):
        event_frame("samtale", WORDS, 1, np.array([1]), one)
    with pytest.raises(ValueError, match="ends before it begins"):
        spell_frame("fravaer", WORDS, 1, one, np.array([2]), np.array([1]))
