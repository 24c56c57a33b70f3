"""However the columns are asked for, they say the same: in blocks, in threads, in any order, compiled or not."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any

import numpy as np
import pytest

from fodfaeste.facts import EventFrame, Frames, SpellFrame, View, event_frame, frames_from_arrays, frames_from_views
from fodfaeste.facts import spell_frame as make_spell_frame
from fodfaeste.reasoning.columns import Columns, DutyColumns, columns
from fodfaeste.reasoning.columns.program import LARGEST
from fodfaeste.reasoning.columns.run import engine_of, full_fields
from fodfaeste.rulebook import Rulebook, resolve
from tests.agreement.laws import ALSO, danish_law
from tests.agreement.sweep import Record, Run, in_force, people_of_day

TODAY = ALSO[-1]


@cache
def today() -> tuple[Rulebook, list[str], list[View], Frames]:
    rulebook, norms, views = people_of_day(danish_law(), TODAY)
    return rulebook, norms, views, frames_from_views(views, rulebook.vocabulary, TODAY)


@cache
def plain() -> Columns:
    rulebook, norms, _, frames = today()
    return columns(rulebook, frames, norms, detail="full", threads=1, compiled=False)


def arrays(one: Any) -> list[Any]:
    if isinstance(one, DutyColumns):
        return [getattr(one, name) for name in DutyColumns.__slots__]
    return [one]


def check_same(found: Columns, expected: Columns, times: int = 1) -> None:
    for norm, one in expected.values.items():
        for ours, theirs in zip(arrays(found[norm]), arrays(one), strict=True):
            wanted = theirs if len(theirs) == len(ours) else np.tile(theirs, times)
            assert ours.dtype == theirs.dtype, norm
            assert np.array_equal(ours, wanted), norm


def test_small_blocks_in_two_threads() -> None:
    _, norms, _, frames = today()
    rulebook = resolve(danish_law(), TODAY, regimes=[])  # with an engine of its own
    engine = engine_of(rulebook, norms, full_fields(frames, rulebook.vocabulary), compiled=False)
    for rows in (1, 7):
        engine.blocks = dict.fromkeys(engine.blocks, rows)
        check_same(columns(rulebook, frames, norms, detail="full", threads=2, compiled=False), plain())


def test_arrays_of_an_earlier_answer_are_used_again() -> None:
    rulebook, norms, views, frames = today()
    turned = frames_from_views(views[::-1], rulebook.vocabulary, TODAY)
    earlier = columns(rulebook, turned, norms, detail="full", threads=1, compiled=False)
    again = columns(rulebook, frames, norms, detail="full", threads=1, compiled=False, into=earlier)
    check_same(again, plain())


def test_less_detail_says_the_same_of_status_and_last_day() -> None:
    rulebook, norms, _, frames = today()
    brief = columns(rulebook, frames, norms, threads=1, compiled=False)
    for norm, one in plain().values.items():
        if isinstance(one, DutyColumns):
            found: Any = brief[norm]
            assert np.array_equal(found.status, one.status)
            assert np.array_equal(found.due, one.due)
        else:
            assert np.array_equal(brief[norm], one)


def test_a_few_norms_say_what_they_say_among_all() -> None:
    rulebook, norms, _, frames = today()
    for norm in Random(1).sample(norms, 40):
        alone = columns(rulebook, frames, [norm], detail="full", threads=1, compiled=False)
        for ours, theirs in zip(arrays(alone[norm]), arrays(plain()[norm]), strict=True):
            assert np.array_equal(ours, theirs), norm


def test_rows_told_in_any_order() -> None:
    rulebook, norms, _, frames = today()
    shuffled = out_of_order(frames, rulebook, np.random.default_rng(1))
    check_same(columns(rulebook, shuffled, norms, detail="full", threads=1, compiled=False), plain())


def out_of_order(frames: Frames, rulebook: Rulebook, random: np.random.Generator) -> Frames:
    """The same people, of whom events and spells are told in no order (of one day: in theirs)."""
    vocabulary, n = rulebook.vocabulary, frames.n
    events, spells = {}, {}
    for kind, event in frames.events.items():
        order = np.argsort(
            random.permutation(len(event.day))[np.unique(event.day, return_inverse=True)[1]], kind="stable"
        )
        attrs = {name: column[order] for name, column in event.attrs.items()}
        events[kind] = event_frame(kind, vocabulary, n, owner(event)[order], event.day[order], attrs, event.observed)
    for kind, spell in frames.spells.items():
        order = np.lexsort((np.arange(len(spell.start)), -spell.start))
        attrs = {name: column[order] for name, column in spell.attrs.items()}
        spells[kind] = make_spell_frame(
            kind, vocabulary, n, owner(spell)[order], spell.start[order], spell.end[order], attrs, spell.observed
        )
    return frames_from_arrays(vocabulary, frames.on, n, frames.fields, events, spells)


def owner(frame: EventFrame | SpellFrame) -> Any:
    """The person of each row."""
    return np.repeat(np.arange(len(frame.offsets) - 1), np.diff(frame.offsets))


def repeated(frames: Frames, times: int) -> Frames:
    """The same people many times over."""

    def ragged(frame: Any) -> Any:
        size = int(frame.offsets[-1])
        offsets = np.concatenate([[0], (frame.offsets[1:] + size * np.arange(times)[:, None]).ravel()])
        parts = {name: getattr(frame, name) for name in ("day", "start", "end") if hasattr(frame, name)}
        tiled = {name: np.tile(column, times) for name, column in parts.items()}
        attrs = {name: np.tile(column, times) for name, column in frame.attrs.items()}
        observed = None if frame.observed is None else np.tile(frame.observed, times)
        return type(frame)(offsets.astype(np.int32), **tiled, attrs=attrs, observed=observed)

    fields = {name: np.tile(column, times) for name, column in frames.fields.items()}
    events = {kind: ragged(frame) for kind, frame in frames.events.items()}
    spells = {kind: ragged(frame) for kind, frame in frames.spells.items()}
    return Frames(frames.n * times, frames.on, fields, events, spells)


@pytest.mark.slow
def test_compiled_kernels_and_a_nation_in_blocks(record_property: Record) -> None:
    """The newest law, compiled (which takes a minute or so the first time)."""
    rulebook, norms, views, frames = today()
    run = Run()
    run.add(rulebook, norms, views, compiled=True)
    run.close(record_property)
    times = LARGEST // frames.n + 40
    many = columns(rulebook, repeated(frames, times), norms, detail="full", threads=2, compiled=True)
    check_same(many, plain(), times)


def test_all_norms_are_asked_about_by_default() -> None:
    rulebook, _, _, frames = today()
    assert list(columns(rulebook, frames, threads=1, compiled=False).values) == in_force(rulebook)
