"""What an expression may say on Hven, and the sentence that refuses anything else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fodfaeste.foundation import FAR, parse_day
from fodfaeste.rulebook import ir
from fodfaeste.rulebook.calls import AGGREGATES, FUNCTIONS
from tests.rulebook.hven import read, refusal


def value(expression: str, expect: str | None = None) -> int | None:
    node = read(expression, expect)
    assert isinstance(node, ir.Const)
    return node.value


# Literals


@pytest.mark.parametrize(
    ("literal", "type_", "encoded"),
    [
        ("4", "int", 4),
        ("-4", "int", -4),
        ("True", "bool", 2),
        ("False", "bool", 0),
        ("days(8)", "days", 8),
        ("weeks(22)", "days", 154),
        ("months(6)", "months", 6),
        ("years(5)", "months", 60),
        ("hours(160.33)", "hours", 16033),
        ("kr(1140)", "money", 114000),
        ("kr(203.17)", "money", 20317),
        ("-kr(0.05)", "money", -5),
        ("kr(-0.05)", "money", -5),
        ("percent(75)", "percent", 7500),
        ("percent(12.5)", "percent", 1250),
        ("date('2024-02-29')", "date", parse_day("2024-02-29")),
        ("never", "date", FAR),
    ],
)
def test_a_literal_has_a_unit_and_is_exact(literal: str, type_: str, encoded: int) -> None:
    assert read(literal).type == type_
    assert value(literal) == encoded


def test_a_truth_of_yaml_is_an_expression_too() -> None:
    assert value(True) == 2  # type: ignore[arg-type]
    assert value(7) == 7  # type: ignore[arg-type]


def test_an_enum_value_takes_the_enum_of_its_place() -> None:
    assert value("'gas'", "lamp") == 1
    assert read("lamp == 'gas'").type == read("'gas' == lamp").type == "bool"
    assert read("'gas' if grown else lamp").type == "lamp"
    assert read("lamp if grown else 'gas'").type == "lamp"
    assert read("'gas' if grown else ('oil' if married else lamp)").type == "lamp"


def test_line_breaks_and_spaces_mean_nothing() -> None:
    assert read("goats\n  +\n 1").text == "goats + 1"
    assert read("reached ('fog', days(3), days(9), on)") == read("reached ('fog', days(3), days(9), on)")


def test_the_text_of_a_part_is_kept_for_explanations() -> None:
    node = read("grown and (goats > 3 or lamp == 'oil')")
    assert [part.text for part in ir.children(node)] == ["grown", "goats > 3 or lamp == 'oil'"]


def test_text_with_danish_letters_is_cut_in_the_right_place() -> None:
    assert refusal("goats + æble + 1") == "'æble' is not defined — use a name that the vocabulary or a norm defines"


# Names


def test_a_name_is_a_fact_a_norm_or_the_day() -> None:
    assert isinstance(read("goats"), ir.FieldRef)
    assert isinstance(read("on"), ir.Today)
    node = read("age_now")
    assert isinstance(node, ir.NormRef)
    assert (node.norm, node.type) == ("lighthouse.1.age", "int")


def test_this_is_the_spell_or_event_a_norm_is_judged_for() -> None:
    assert read("this.goats", each="grazing") == ir.This("int", -1_000_000, 1_000_000, "this.goats", "goats", 1)
    assert read("this.start", each="grazing").type == read("this.end", each="grazing").type == "date"
    assert read("this.date", each="escape").type == "date"
    assert refusal("this.date", each="grazing").startswith("grazing has no attribute 'date'")
    assert refusal("this.start", each="escape").startswith("escape has no attribute 'start'")


# What is refused. A sentence each; toylaw/bad holds those of whole files.


@pytest.mark.parametrize(
    ("expression", "sentence"),
    [
        ("__import__('os')", "there is no function '__import__'"),
        ("born.year", "'born.year' is not allowed in a norm — only this.<attribute> has a dot"),
        ("goats[0]", "'goats[0]' is not allowed in a norm"),
        ("{1, 2}", "'{1, 2}' is not allowed in a norm"),
        ("(goats, 1)", "'(goats, 1)' is not allowed in a norm"),
        ("f'{goats}'", "'f'{goats}'' is not allowed in a norm"),
        ("goats ** 2", "the operator in 'goats ** 2' is not allowed"),
        ("goats % 2", "the operator in 'goats % 2' is not allowed"),
        ("goats / 2", "the operator in 'goats / 2' is not allowed"),
        ("goats & 2", "the operator in 'goats & 2' is not allowed"),
        ("~goats", "'~goats' is not allowed in a norm"),
        ("+goats", "'+goats' is not allowed in a norm"),
        ("[g for g in goats]", "'[g for g in goats]' is not allowed in a norm"),
        ("goats := 3", "'goats := 3' cannot be read"),
        ("(goats := 3)", "'goats := 3' is not allowed in a norm"),
        ("goats; islander", "'goats; islander' cannot be read"),
        ("", "'' cannot be read"),
        ("None", "the literal None has no unit"),
        ("...", "the literal ... has no unit"),
        ("b'oil'", "the literal b'oil' has no unit"),
        ("3.5 * goats", "the literal 3.5 has no unit"),
        ("count", "'count' is not defined"),
        ("goats is 3", "'goats is 3' is not allowed in a norm"),
        ("goats is not 3", "'goats is not 3' is not allowed in a norm"),
        ("known()", "'known()' takes 1 argument(s)"),
        ("kr(goats)", "'kr(goats)' needs a number"),
        ("kr('5')", "'kr('5')' needs a number"),
        ("kr(NaN)", "'kr(NaN)' needs a number"),
        ("kr(Infinity)", "'kr(Infinity)' needs a number"),
        ("kr(1e40)", "'kr(1e40)' needs a number"),
        ("hours(0.001)", "'hours(0.001)' has more than two decimals"),
        ("date(2024, 1, 1)", "'date(2024, 1, 1)' takes 1 argument(s)"),
        ("count('fog', **married)", "fog has no attribute '**'"),
        ("count('fog', thick=married)", "'married' is not a literal"),
        ("count('fog', thin=True)", "fog has no attribute 'thin' — did you mean 'thick'?"),
        ("run_start('fog', on, gap=3)", "'3' is int, but days is needed here"),
        ("first('fog', default=3)", "'3' is int, but date is needed here"),
        ("reached_total('trip', 'fare', 7)", "'7' is int, but money is needed here"),
        ("reached_total('trip', 'goats', days(7))", "'days(7)' is days, but int is needed here"),
        ("reached_total('trip', 'harbour', 7)", "'reached_total('trip', 'harbour', 7)' adds harbour, which has no sum"),
        ("current('grazing')", "'current('grazing')' needs the attribute after the kind"),
        ("spell_start('watch')", "spell_start asks about spells, but watch is an event"),
        ("run_start('watch')", "run_start asks about spells, but watch is an event"),
        ("reached_total('fog', 'thick', 3)", "reached_total asks about events, but fog is a spell"),
        ("min(goats, kr(3))", "'kr(3)' is money, but int is needed here"),
        ("max(grown, married)", "'max(grown, married)' puts bool in an order it does not have"),
        ("not on", "'on' is date, but bool is needed here"),
        ("grown and goats", "'goats' is int, but bool is needed here"),
        ("1 if goats else 2", "'goats' is int, but bool is needed here"),
        ("1 if grown else on", "'1' is int but 'on' is date"),
        ("'oil' == 'gas'", "nothing tells which enum 'gas' belongs to"),
        ("goats in [1, 2]", "'goats in [1, 2]' needs a list of literals on the right"),
        ("lamp in {'oil', 'tar'}", "'tar' is not a value of lamp"),
        ("grown not in {True}", "'grown not in {True}' compares truth values"),
        ("savings in {3}", "'3' is int, but money is needed here"),
    ],
)  # fmt: skip
def test_what_the_grammar_does_not_list_is_refused_with_a_sentence(expression: str, sentence: str) -> None:
    assert refusal(expression).startswith(sentence)
    assert " — " in refusal(expression)


def test_the_place_demands_a_type() -> None:
    assert refusal("goats", expect="bool") == "'goats' is int, but bool is needed here — give a bool"
    assert refusal("goats > 3", expect="bool") == ""


@given(st.text(alphabet="goats'()+-*/<>=,. {}[]:#@!&|^~%and or not if else in on 0123456789", max_size=40))
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    assert re.fullmatch("|.+ — .+", refusal(text), re.DOTALL)


# Functions


CALLS = {
    "known": ("known(goats)", "bool"),
    "age": ("age(born, on)", "int"),
    "months_between": ("months_between(born, on)", "int"),
    "end_of_week": ("end_of_week(on)", "date"),
    "end_of_month": ("end_of_month(on)", "date"),
    "start_of_month": ("start_of_month(on)", "date"),
    "next_workday": ("next_workday(on)", "date"),
    "add_workdays": ("add_workdays(on, goats)", "date"),
    "percent_of": ("percent_of(catch_share, savings)", "money"),
    "count": ("count('trip', born, on, harbour='backviken')", "int"),
    "first": ("first('trip', born, default=never)", "date"),
    "last": ("last('fog', thick_not=True)", "date"),
    "total": ("total('trip', 'fare')", "money"),
    "reached_total": ("reached_total('watch', 'hours', hours(9), born)", "date"),
    "active": ("active('fog')", "bool"),
    "current": ("current('service', 'trade')", "trade"),
    "spell_start": ("spell_start('fog')", "date"),
    "spell_end": ("spell_end('fog')", "date"),
    "run_start": ("run_start('fog', on, gap=weeks(1))", "date"),
    "days_in": ("days_in('fog', born, on)", "days"),
    "reached": ("reached('fog', days(3), weeks(1), born, thick={True, False})", "date"),
}


def test_every_function_is_tried_here() -> None:
    assert set(CALLS) == {*FUNCTIONS, *AGGREGATES}


@pytest.mark.parametrize("name", CALLS)
def test_a_function_has_a_type(name: str) -> None:
    expression, type_ = CALLS[name]
    assert read(expression).type == type_


def test_days_left_out_are_from_the_beginning_and_to_today() -> None:
    node = read("count('trip')")
    assert isinstance(node, ir.Agg)
    beginning, today = node.args
    assert beginning == ir.Const("date", *[parse_day("1900-01-01")] * 2, "", parse_day("1900-01-01"))
    assert isinstance(today, ir.Today)
    assert isinstance(read("active('fog')").args[0], ir.Today)  # type: ignore[attr-defined]


def test_a_filter_keeps_or_excludes_encoded_values() -> None:
    node = read("count('watch', lamp={'oil', 'gas'}, alone_not=True)")
    assert isinstance(node, ir.Agg)
    assert node.filters == (ir.Filter(0, (0, 1), True), ir.Filter(2, (2,), False))


def test_the_rounding_of_months_is_that_of_the_file() -> None:
    assert read("on + months(1)", last_day=True).last_day is True  # type: ignore[attr-defined]
    assert read("on + months(1)", last_day=False).last_day is False  # type: ignore[attr-defined]
    assert refusal("on + months(1)", last_day=None).startswith("'on + months(1)' adds months, but what the 31st")
    assert refusal("on + days(1)", last_day=None) == ""
    assert refusal("reached('fog', days(1), months(1), on)", last_day=None) != ""
    assert refusal("reached('fog', days(1), weeks(1), on)", last_day=None) == ""
