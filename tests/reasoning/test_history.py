"""Questions to what happened and what lasted on Hven, with the unknown among it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fodfaeste.foundation import FAR, add_months, from_day, parse_day
from fodfaeste.reasoning import plainly
from fodfaeste.rulebook.ir import Filter
from tests.reasoning.asking import UNKNOWN, event, reckon, spell

TRIPS = [
    event("trip", "2024-06-01", harbour="backviken", fare=10, goats=1),
    event("trip", "2024-06-05", harbour="kyrkbacken", fare=20.50, goats=0),
    event("trip", "2024-06-05", harbour="backviken", fare=5, goats=2),
    event("trip", "2024-06-10", harbour="norreborg", fare=7, goats=0),
]
VAGUE = event("trip", "2024-06-03", fare=1, goats=1)  # nobody knows from which harbour


def trips(*more: dict[str, Any]) -> list[dict[str, Any]]:
    return [*TRIPS, *more]


# Events


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("count('trip')", 4),
        ("count('trip', date('2024-06-01'), date('2024-06-05'))", 3),  # both days included
        ("count('trip', date('2024-06-02'), date('2024-06-04'))", 0),
        ("count('trip', harbour='backviken')", 2),
        ("count('trip', harbour_not='backviken')", 2),
        ("count('trip', harbour={'backviken', 'norreborg'})", 3),
        ("count('trip', harbour_not={'backviken', 'norreborg'})", 1),
        ("count('trip', harbour='backviken', goats=2)", 1),
        ("count('trip', fare=kr(20.50))", 1),
        ("count('oath')", 0),
        ("count('trip', date('2024-06-05'), date('2024-06-01'))", 0),  # backwards
        ("first('trip')", "2024-06-01"),
        ("first('trip', date('2024-06-02'))", "2024-06-05"),
        ("first('trip', harbour='norreborg')", "2024-06-10"),
        ("first('oath')", UNKNOWN),
        ("first('oath', default=never)", "9999-12-31"),
        ("first('oath', default=on)", "2024-06-15"),
        ("last('trip')", "2024-06-10"),
        ("last('trip', date('1900-01-01'), date('2024-06-09'))", "2024-06-05"),
        ("last('trip', goats=1)", "2024-06-01"),
        ("last('oath')", UNKNOWN),
        ("total('trip', 'fare')", "42.50"),
        ("total('trip', 'fare', date('2024-06-02'))", "32.50"),
        ("total('trip', 'goats', harbour='backviken')", 3),
        ("total('milking', 'litres')", 0),
        ("reached_total('trip', 'fare', kr(10))", "2024-06-01"),
        ("reached_total('trip', 'fare', kr(10.01))", "2024-06-05"),
        ("reached_total('trip', 'fare', kr(42.50))", "2024-06-10"),
        ("reached_total('trip', 'fare', kr(42.51))", "9999-12-31"),
        ("reached_total('trip', 'fare', kr(8), date('2024-06-02'), harbour_not='kyrkbacken')", "2024-06-10"),
        ("reached_total('trip', 'fare', kr(0), date('2024-06-02'))", "2024-06-02"),
    ],
)
def test_events(expression: str, value: Any) -> None:
    assert reckon(expression, events=trips()) == value


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("count('trip')", 5),  # it is a trip whatever its harbour
        ("count('trip', harbour='backviken')", UNKNOWN),
        ("count('trip', harbour='backviken', goats=2)", 1),  # known not to fit: one goat
        ("count('trip', harbour='backviken', goats=1)", UNKNOWN),
        ("count('trip', harbour='backviken', goats_not=1)", 1),
        ("count('trip', date('2024-06-04'), on, harbour='backviken')", 1),  # outside the days
        ("first('trip', harbour='backviken')", "2024-06-01"),  # a certain one came before
        ("first('trip', harbour='kyrkbacken')", UNKNOWN),
        ("last('trip', harbour='kyrkbacken')", "2024-06-05"),  # a certain one came after
        ("last('trip', date('1900-01-01'), date('2024-06-04'), harbour='backviken')", UNKNOWN),
        ("first('trip', harbour='norreborg', default=on)", UNKNOWN),  # there may be one: no default
        ("total('trip', 'fare')", "43.50"),
        ("total('trip', 'fare', harbour='backviken')", UNKNOWN),
        ("reached_total('trip', 'fare', kr(10), harbour='backviken')", "2024-06-01"),  # reached before it
        ("reached_total('trip', 'fare', kr(11), harbour='backviken')", UNKNOWN),
    ],
)
def test_an_event_of_unknown_harbour_may_fit(expression: str, value: Any) -> None:
    assert reckon(expression, events=trips(VAGUE)) == value


def test_two_on_the_same_day_of_which_one_is_certain_leave_the_day_certain() -> None:
    events = trips(event("trip", "2024-06-10", fare=1))
    assert reckon("last('trip', harbour='norreborg')", events=events) == "2024-06-10"
    assert reckon("first('trip', date('2024-06-06'), harbour='norreborg')", events=events) == "2024-06-10"


def test_an_unknown_amount_makes_a_sum_unknown_only_when_it_is_in_it() -> None:
    events = trips(event("trip", "2024-06-08", harbour="backviken"))
    assert reckon("total('trip', 'fare')", events=events) == UNKNOWN
    assert reckon("total('trip', 'fare', date('1900-01-01'), date('2024-06-07'))", events=events) == "35.50"
    assert reckon("total('trip', 'fare', harbour='norreborg')", events=events) == "7.00"
    assert reckon("reached_total('trip', 'fare', kr(30))", events=events) == "2024-06-05"
    assert reckon("reached_total('trip', 'fare', kr(40))", events=events) == UNKNOWN


@pytest.mark.parametrize(
    "expression",
    [
        "count('trip')",
        "first('trip')",
        "last('trip', default=on)",
        "total('trip', 'fare')",
        "reached_total('trip', 'fare', kr(99))",
    ],
)
def test_of_a_kind_nobody_observed_nothing_is_known(expression: str) -> None:
    assert reckon(expression, events=trips(), unobserved=["trip"]) == UNKNOWN
    assert reckon(expression, events=trips(), unobserved=["watch"]) != UNKNOWN


@pytest.mark.parametrize(
    ("comparison", "value"),
    [
        # two trips from Backviken for certain, and one nobody knows
        ("count('trip', harbour='backviken') >= 1", True),
        ("count('trip', harbour='backviken') >= 2", True),
        ("count('trip', harbour='backviken') >= 3", UNKNOWN),
        ("count('trip', harbour='backviken') >= 4", False),
        ("count('trip', harbour='backviken') > 1", True),
        ("count('trip', harbour='backviken') > 2", UNKNOWN),
        ("count('trip', harbour='backviken') < 2", False),
        ("count('trip', harbour='backviken') < 4", True),
        ("count('trip', harbour='backviken') <= 2", UNKNOWN),
        ("count('trip', harbour='backviken') <= 3", True),
        ("count('trip', harbour='backviken') == 0", False),
        ("count('trip', harbour='backviken') == 2", UNKNOWN),
        ("count('trip', harbour='backviken') != 0", True),
        ("count('trip', harbour='backviken') != 3", UNKNOWN),
        ("3 >= count('trip', harbour='backviken') > 0", True),
        ("count('trip') == 5", True),
        # one or two from Kyrkbacken
        ("count('trip', harbour='backviken') >= count('trip', harbour='kyrkbacken')", True),
        ("count('trip', harbour='backviken') > count('trip', harbour='kyrkbacken')", UNKNOWN),
        ("not count('trip', harbour='backviken') >= 1", False),
    ],
)
def test_a_count_is_compared_by_what_it_is_at_least_and_at_most(comparison: str, value: Any) -> None:
    assert reckon(comparison, events=trips(VAGUE)) == value


@pytest.mark.parametrize(
    ("comparison", "value"),
    [
        ("count('trip') >= 4", True),  # at least those that are written
        ("count('trip') >= 5", UNKNOWN),
        ("count('trip') < 4", False),
        ("count('trip') == 0", False),
        ("count('trip') <= 100000", UNKNOWN),
        ("4 <= count('trip')", True),
    ],
)
def test_where_more_may_have_happened_only_the_least_is_known(comparison: str, value: Any) -> None:
    assert reckon(comparison, events=trips(), unobserved=["trip"]) == value


def test_the_order_of_the_events_of_a_day_means_nothing() -> None:
    """Fares of a day count together; one nobody knows to belong leaves the day open, wherever it stands."""
    for harbour in ("backviken", "kyrkbacken", "norreborg"):
        day = [event("trip", "2024-06-01", harbour=harbour, fare=40), event("trip", "2024-06-01", fare=1)]
        for events in (day, day[::-1]):
            assert reckon(f"reached_total('trip', 'fare', kr(40), harbour='{harbour}')", events=events) == UNKNOWN
            assert reckon("reached_total('trip', 'fare', kr(40))", events=events) == "2024-06-01"
    later = [event("trip", "2024-06-01", harbour="backviken", fare=40), event("trip", "2024-06-02", fare=1)]
    assert reckon("reached_total('trip', 'fare', kr(40), harbour='backviken')", events=later) == "2024-06-01"


def test_an_unknown_day_to_count_from_is_unknown() -> None:
    assert reckon("count('trip', born)", events=trips()) == UNKNOWN
    assert reckon("count('trip', born, on, harbour='backviken')", facts={"born": "2024-06-02"}, events=trips()) == 1


def test_a_spell_counts_as_an_event_on_its_first_day() -> None:
    spells = [spell("fog", "2024-06-01", "2024-06-03", thick=True), spell("fog", "2024-06-20")]
    assert reckon("count('fog')", spells=spells) == 1  # the second lies ahead
    assert reckon("first('fog', thick=True)", spells=spells) == "2024-06-01"
    assert reckon("last('fog')", on="2024-06-20", spells=spells) == "2024-06-20"


# Spells

SERVICE = [
    spell("service", "2024-01-01", "2024-02-29", trade="keeper", rank=1),
    spell("service", "2024-03-04", "2024-06-30", trade="keeper", rank=2),
    spell("service", "2024-05-01", None, trade="ferryman", rank=3),
]


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("active('service')", True),
        ("active('service', date('2024-02-29'))", True),  # the last day is in it
        ("active('service', date('2024-03-01'))", False),
        ("active('service', date('2023-12-31'))", False),
        ("active('service', on, trade='goatherd')", False),
        ("active('service', date('2031-01-01'), trade='ferryman')", True),
        ("current('service', 'rank')", 3),  # of two, the one begun last
        ("current('service', 'rank', date('2024-04-01'))", 2),
        ("current('service', 'trade', on)", "ferryman"),
        ("current('service', 'rank', date('2024-03-01'))", UNKNOWN),
        ("spell_start('service')", "2024-05-01"),
        ("spell_start('service', on, trade='keeper')", "2024-03-04"),
        ("spell_end('service', on, trade='keeper')", "2024-06-30"),
        ("spell_end('service')", "9999-12-31"),
        ("spell_start('service', date('2024-03-01'))", UNKNOWN),
        ("run_start('service')", "2024-03-04"),
        ("run_start('service', on, trade='ferryman')", "2024-05-01"),
        ("run_start('service', on, gap=days(3))", "2024-01-01"),  # 1, 2 and 3 March
        ("run_start('service', on, gap=days(2))", "2024-03-04"),
        ("run_start('service', date('2024-03-01'), gap=days(9))", UNKNOWN),  # no spell covers the day
        ("run_start('service', date('2024-02-01'))", "2024-01-01"),
        ("days_in('service', date('2024-02-28'), date('2024-03-05'))", 4),
        ("days_in('service', date('2024-05-01'), date('2024-05-31'))", 31),  # twice covered counts once
        ("days_in('service', date('2024-06-01'), date('2024-12-31'))", 15),  # not beyond today
        ("days_in('service', date('2024-06-01'), on, trade_not='keeper')", 15),
        ("days_in('fog')", 0),
        ("reached('service', days(61), months(2), date('2024-01-01'))", "2024-05-03"),  # 4 March to 3 May
        ("reached('service', days(60), months(2), date('2024-01-01'))", "2024-02-29"),
        ("reached('service', days(62), months(2), date('2024-01-01'))", "9999-12-31"),
        ("reached('service', days(10), days(10), date('2024-02-25'))", "2024-03-13"),
        ("reached('service', days(7), days(10), date('2024-02-25'))", "2024-03-05"),  # five in February, two in March
        ("reached('service', days(8), days(10), date('2024-02-25'))", "2024-03-11"),
        ("reached('service', days(0), days(10), date('2024-03-02'))", "2024-03-02"),
        ("reached('service', days(11), days(10), date('2024-02-25'))", "9999-12-31"),
    ],
)
def test_spells(expression: str, value: Any) -> None:
    assert reckon(expression, spells=SERVICE) == value


def test_spells_that_touch_are_one_run() -> None:
    spells = [
        spell("fog", "2024-06-01", "2024-06-05"),
        spell("fog", "2024-06-06", "2024-06-20"),
        spell("fog", "2024-06-03", "2024-06-04"),
    ]
    assert reckon("run_start('fog')", spells=spells) == "2024-06-01"
    assert reckon("days_in('fog')", spells=spells) == 15


def test_of_two_spells_begun_the_same_day_the_longer_is_the_current() -> None:
    spells = [spell("service", "2024-06-01", None, rank=9), spell("service", "2024-06-01", "2024-06-30", rank=1)]
    assert reckon("current('service', 'rank')", spells=spells) == 9
    assert reckon("spell_end('service')", spells=spells) == "9999-12-31"


MURKY = [*SERVICE, spell("service", "2024-06-01", "2024-06-10", rank=4)]  # in a trade nobody wrote down


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("active('service', date('2024-06-05'), trade='goatherd')", UNKNOWN),
        ("active('service', date('2024-06-05'), trade='keeper')", True),  # another certainly covers it
        ("active('service', on, trade='goatherd')", False),
        ("current('service', 'rank', date('2024-06-05'))", 4),
        ("current('service', 'trade', date('2024-06-05'))", UNKNOWN),
        ("current('service', 'rank', date('2024-06-05'), trade='keeper')", UNKNOWN),
        ("spell_start('service', on, trade='keeper')", "2024-03-04"),
        ("run_start('service', on, trade='keeper')", UNKNOWN),  # it may bridge what lies before it
        ("run_start('service', date('2024-05-05'), trade='keeper')", "2024-03-04"),
        ("days_in('service', date('2024-06-01'), on, trade='keeper')", UNKNOWN),
        ("days_in('service', date('2024-06-11'), on, trade='keeper')", 5),
        ("reached('service', days(5), days(5), date('2024-06-11'), trade='keeper')", "2024-06-15"),
        ("reached('service', days(5), days(5), date('2024-06-10'), trade='keeper')", UNKNOWN),
    ],
)  # fmt: skip
def test_a_spell_of_unknown_trade_may_fit(expression: str, value: Any) -> None:
    assert reckon(expression, spells=MURKY) == value


@pytest.mark.parametrize(
    "expression",
    [
        "current('service', 'rank')", "spell_start('service')", "spell_end('service')", "run_start('service')",
        "days_in('service')", "reached('service', days(1), days(1), date('2024-01-01'))",
    ],
)  # fmt: skip
def test_of_spells_nobody_observed_nothing_is_known(expression: str) -> None:
    assert reckon(expression, spells=SERVICE, unobserved=["service"]) == UNKNOWN


def test_a_spell_that_is_written_is_there_though_there_may_be_more() -> None:
    assert reckon("active('service')", spells=SERVICE, unobserved=["service"]) is True
    assert reckon("active('service', date('2024-03-01'))", spells=SERVICE, unobserved=["service"]) == UNKNOWN


# Against counting day by day

FIRST, LAST = parse_day("2024-01-01"), parse_day("2024-06-15")
DAY = st.integers(FIRST, LAST)
SPELLS = st.lists(
    st.tuples(DAY, st.integers(0, 60)).map(lambda pair: (pair[0], pair[0] + pair[1], (2,))), max_size=6
).map(sorted)  # fmt: skip


def cover(rows: list[tuple[int, int, tuple[int, ...]]]) -> set[int]:
    return {day for start, end, _ in rows for day in range(start, end + 1)}


@given(SPELLS, DAY, DAY)
def test_days_in_is_the_number_of_days_that_lie_in_a_spell(rows: Any, a: int, b: int) -> None:
    assert plainly.covered_days(rows, (), a, b) == sorted(day for day in cover(rows) if a <= day <= b)


@given(SPELLS, DAY, st.integers(0, 10))
def test_a_run_begins_where_the_gap_before_it_is_too_long(rows: Any, at: int, gap: int) -> None:
    days = cover([row for row in rows if row[0] <= at])
    expected = None
    if at in days:
        expected = day = at
        while any(day - step in days for step in range(1, gap + 2)):
            day = next(day - step for step in range(1, gap + 2) if day - step in days)
            expected = day
    assert plainly.run_start(rows, (), at, gap) == expected


@given(SPELLS, DAY, st.integers(1, 40), st.integers(1, 60), st.booleans(), st.booleans())
def test_reached_is_the_first_day_whose_window_holds_enough(
    rows: Any, after: int, amount: int, window: int, months: bool, rounding: bool
) -> None:
    window = max(1, window // 15) if months else window
    days = sorted(day for day in cover(rows) if after <= day <= LAST)

    def inside(day: int) -> int:
        begin = add_months(day, -window, rounding) + 1 if months else day - window + 1
        return sum(begin <= one <= day for one in days)

    expected = next((day for day in range(after, LAST + 1) if inside(day) >= amount), FAR)
    assert plainly.reached(days, amount, after, window, months, rounding) == expected


@given(
    st.lists(st.one_of(st.none(), st.integers(0, 2)), min_size=2, max_size=2),
    st.lists(st.tuples(st.integers(0, 1), st.frozensets(st.integers(0, 2), max_size=2), st.booleans()), max_size=3),
)
def test_a_row_fits_for_certain_perhaps_or_not(
    attrs: list[int | None], wanted: list[tuple[int, frozenset[int], bool]]
) -> None:
    """Not, if what is known rules it out; for certain, if nothing is unknown; else perhaps."""
    filters = tuple(Filter(slot, tuple(values), keep) for slot, values, keep in wanted)
    tests = [(attrs[slot], values, keep) for slot, values, keep in wanted]
    known = [(value in values) == keep for value, values, keep in tests if value is not None]
    if not all(known):
        assert plainly.fit(tuple(attrs), filters) == 0
    else:
        assert plainly.fit(tuple(attrs), filters) == (2 if len(known) == len(tests) else 1)


def test_a_day_is_shown_as_a_day() -> None:
    assert from_day(LAST).isoformat() == "2024-06-15"
