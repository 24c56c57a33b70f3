"""What a definition can come to is reckoned from what it reads, not from the widest value of its type."""

from pathlib import Path

from fodfaeste.foundation import Problem
from tests.rulebook.hven import norm, regime, try_island


def problems(folder: Path, *norms: str, regimes: dict[str, str] | None = None) -> list[Problem]:
    return try_island(folder, *norms, regimes=regimes)[1]


def definition(slug: str, value: str, name: str) -> str:
    return norm(f"lighthouse.1.{slug}", "definition", f'value: "{value}"', f"name: {name}")


def rate(slug: str, value: str, name: str) -> str:
    return norm(f"rate.{slug}", "rate", f'value: "{value}"', f"name: {name}")


def test_a_rate_is_as_wide_as_the_values_it_has_had(tmp_path: Path) -> None:
    """Years of the widest kind would reach out of the calendar; a rate of two years does not."""
    two = rate("rest", "years(2)", "rest")
    assert problems(tmp_path, two, definition("long", "rest * 40", "long_rest")) == []
    (found,) = problems(tmp_path, two, definition("long", "rest * 60", "long_rest"))
    assert "from 1440 to 1440 months, and none may lie outside -1200 to 1200" in found.message


def test_a_regime_that_sets_a_rate_is_reckoned_with(tmp_path: Path) -> None:
    norms = (rate("rest", "years(2)", "rest"), definition("long", "rest * 40", "long_rest"))
    low = regime("low", "{op: set_rate, norm: rate.rest, value: 2}")
    high = regime("high", "{op: set_rate, norm: rate.rest, value: 3}")
    assert problems(tmp_path, *norms, regimes={"low": low}) == []
    (found,) = problems(tmp_path, *norms, regimes={"high": high})
    assert found.where == "lighthouse.1.long.versions.0"
    assert "from 960 to 1440 months" in found.message


def test_what_is_wrong_is_told_where_it_stands_and_not_where_it_is_read(tmp_path: Path) -> None:
    far = definition("far", "on - days(9000000)", "far_back")
    reader = definition("reader", "far_back - days(1)", "reader")
    assert {p.where for p in problems(tmp_path, reader, far)} == {"lighthouse.1.far.versions.0"}


def test_the_filler_of_a_blank_and_the_effect_of_an_exception_count(tmp_path: Path) -> None:
    blank = norm("lighthouse.1.hole", "definition", "blank: {type: days, default: days(1)}", "name: hole")
    times = definition("times", "hole * goats", "times")
    filler = norm("lighthouse.1.filler", "definition", 'value: "days(3000000)"', "fills: lighthouse.1.hole")
    effect = 'excepts: {norms: [lighthouse.1.hole], effect: "days(3000000)"}'
    exception = norm("lighthouse.1.but", "condition", 'value: "goats > 3"', effect)
    assert problems(tmp_path, blank, times) == []
    for other in (filler, exception):
        (found,) = problems(tmp_path, blank, times, other)
        assert found.where == "lighthouse.1.times.versions.0"


def test_a_bound_mends_it(tmp_path: Path) -> None:
    assert problems(tmp_path, definition("days", "min(days_in('grazing') * goats, days(400))", "grazed")) == []


def test_a_sum_may_grow_beyond_its_type_but_is_followed(tmp_path: Path) -> None:
    fares = definition("fares", "total('trip', 'fare')", "fares")
    assert problems(tmp_path, fares) == []
    (found,) = problems(tmp_path, fares, definition("more", "fares * goats", "more"))
    assert found.message == "'fares * goats' can become larger than 64 bits hold"
    (found,) = problems(tmp_path, fares, definition("part", "percent_of(percent(12.5), fares)", "part"))
    assert found.message == "'percent_of(percent(12.5), fares)' can become larger than 64 bits hold"
