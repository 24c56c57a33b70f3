"""What was known, about which day, on which day."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from fodfaeste.facts import View, build_vocabulary, read_case, view_case, write_case
from fodfaeste.foundation import FAR, from_day, parse_day
from tests.facts.words import CORE, WORDS


def view(on: str, known_at: str | None = None, **parts: Any) -> View:
    case = read_case(parts, WORDS)
    return view_case(case, WORDS, parse_day(on), None if known_at is None else parse_day(known_at))


def field(seen: View, name: str) -> int | None:
    return seen.fields[WORDS.fields[name].index]


def days(seen: View, kind: str = "samtale") -> list[str]:
    return [from_day(day).isoformat() for day, _ in seen.events[kind]]


def samtale(date: str, **parts: Any) -> dict[str, Any]:
    return {"kind": "samtale", "date": date, **parts}


def test_every_kind_is_there_though_nothing_happened() -> None:
    seen = view("2024-01-01")
    assert seen.fields == [None] * len(WORDS.fields)
    assert seen.events == {"samtale": [], "timer": [], "henvendelse": []}
    assert seen.spells == {"ydelse": [], "fravaer": []}
    assert seen.unobserved == frozenset()


def test_events_come_in_order_of_day_whatever_the_order_of_writing() -> None:
    seen = view("2024-12-31", events=[samtale("2024-05-01"), samtale("2024-03-01"), samtale("2024-04-01")])
    assert days(seen) == ["2024-03-01", "2024-04-01", "2024-05-01"]


def test_nothing_after_the_day_has_happened_and_the_day_itself_has() -> None:
    events = [samtale("2024-03-01"), samtale("2024-03-02")]
    assert days(view("2024-03-01", events=events)) == ["2024-03-01"]
    assert days(view("2024-02-29", events=events)) == []


def test_attributes_are_encoded_and_the_unknown_is_none() -> None:
    seen = view("2024-12-31", events=[samtale("2024-03-01", form="video", faelles=True), samtale("2024-03-02")])
    assert [attrs for _, attrs in seen.events["samtale"]] == [(2, 2), (None, None)]
    seen = view("2024-12-31", events=[{"kind": "timer", "timer": 160.33, "date": "2024-03-01"}])
    assert seen.events["timer"][0][1] == (16033,)


def test_overlapping_open_and_future_spells_are_kept_in_order() -> None:
    spells = [
        {"kind": "ydelse", "from": "2024-06-01"},
        {"kind": "ydelse", "from": "2024-01-01"},
        {"kind": "ydelse", "form": "fysisk", "from": "2024-01-01", "to": "2024-02-29"},
    ]
    day = parse_day
    assert view("2024-03-01", spells=spells).spells["ydelse"] == [
        (day("2024-01-01"), day("2024-02-29"), (0,)),
        (day("2024-01-01"), FAR, (None,)),
        (day("2024-06-01"), FAR, (None,)),
    ]


def test_an_unobserved_kind_is_named_and_what_is_written_of_it_stays() -> None:
    seen = view("2024-03-01", unobserved=["samtale", "fravaer"], events=[samtale("2024-02-01")])
    assert seen.unobserved == {"samtale", "fravaer"}
    assert days(seen) == ["2024-02-01"]


# Facts


def test_a_fact_is_true_from_and_to_both_days_included() -> None:
    facts = [{"field": "boern", "value": 1, "from": "2024-02-01", "to": "2024-02-29"}]
    known = {
        on: field(view(on, facts=facts), "boern") for on in ("2024-01-31", "2024-02-01", "2024-02-29", "2024-03-01")
    }
    assert list(known.values()) == [None, 1, 1, None]


def test_of_facts_true_on_the_day_the_latest_recorded_counts_whatever_the_order_of_writing() -> None:
    facts = [
        {"field": "boern", "value": 3, "recorded": "2024-03-01"},
        {"field": "boern", "value": 1},
        {"field": "boern", "value": 2, "recorded": "2024-02-01"},
    ]
    assert field(view("2024-01-01", facts=facts), "boern") == 3
    assert field(view("2024-01-01", "2024-02-15", facts=facts), "boern") == 2
    assert field(view("2024-01-01", "2024-01-15", facts=facts), "boern") == 1


def test_of_two_recorded_on_the_same_day_the_last_written_counts() -> None:
    facts = [
        {"field": "boern", "value": 1, "recorded": "2024-03-01"},
        {"field": "boern", "value": 2, "recorded": "2024-03-01"},
    ]
    assert field(view("2024-03-01", facts=facts), "boern") == 2


def test_null_is_a_statement_that_the_fact_is_unknown() -> None:
    assert field(view("2024-03-01", facts={"i_job": None}), "i_job") is None
    facts = [{"field": "i_job", "value": True}, {"field": "i_job", "value": None, "recorded": "2024-02-01"}]
    assert field(view("2024-03-01", facts=facts), "i_job") is None
    assert field(view("2024-03-01", "2024-01-31", facts=facts), "i_job") == 2


def test_false_is_known_and_not_the_unknown() -> None:
    assert field(view("2024-03-01", facts={"i_job": False}), "i_job") == 0


# Corrections

CORRECTED = [
    samtale("2024-03-01", form="fysisk", id="a", recorded="2024-03-01"),
    samtale("2024-03-04", form="telefon", id="b", recorded="2024-03-10", corrects="a"),
    samtale("2024-03-04", recorded="2024-03-20", corrects="b", void=True),
]


def test_a_correction_takes_the_place_of_what_it_corrects_from_the_day_it_is_recorded() -> None:
    assert days(view("2024-12-31", "2024-02-29", events=CORRECTED)) == []
    assert days(view("2024-12-31", "2024-03-09", events=CORRECTED)) == ["2024-03-01"]
    assert days(view("2024-12-31", "2024-03-10", events=CORRECTED)) == ["2024-03-04"]
    assert days(view("2024-12-31", "2024-03-19", events=CORRECTED)) == ["2024-03-04"]


def test_a_voided_line_is_gone_and_does_not_bring_back_the_line_before_it() -> None:
    assert days(view("2024-12-31", "2024-03-20", events=CORRECTED)) == []
    assert days(view("2024-12-31", events=CORRECTED)) == []


def test_a_correction_recorded_later_does_not_leak() -> None:
    events = [samtale("2024-03-01", id="a"), samtale("2024-04-01", corrects="a", recorded="2030-01-01")]
    assert days(view("2024-12-31", "2024-12-31", events=events)) == ["2024-03-01"]
    assert days(view("2024-12-31", events=events)) == ["2024-04-01"]
    assert days(view("2024-03-15", events=events)) == []


def test_an_event_recorded_late_was_not_known_before() -> None:
    events = [samtale("2024-03-01", recorded="2024-05-01")]
    assert days(view("2024-12-31", "2024-04-30", events=events)) == []
    assert days(view("2024-03-01", events=events)) == ["2024-03-01"]


def test_a_line_of_its_own_that_is_void_never_counts() -> None:
    assert days(view("2024-12-31", events=[samtale("2024-03-01", void=True)])) == []


def test_a_spell_is_closed_by_a_correction() -> None:
    spells = [
        {"kind": "ydelse", "from": "2024-01-01", "id": "y"},
        {
            "kind": "ydelse",
            "from": "2024-01-01",
            "to": "2024-02-29",
            "corrects": "y",
            "recorded": "2024-03-05",
        },
    ]
    assert view("2024-03-04", "2024-03-04", spells=spells).spells["ydelse"][0][1] == FAR
    assert view("2024-03-04", spells=spells).spells["ydelse"][0][1] == parse_day("2024-02-29")


def test_a_correction_may_change_the_kind() -> None:
    events = [samtale("2024-03-01", id="a"), {"kind": "henvendelse", "date": "2024-03-01", "corrects": "a"}]
    seen = view("2024-12-31", events=events)
    assert (days(seen), days(seen, "henvendelse")) == ([], ["2024-03-01"])


def test_a_view_belongs_to_the_case_and_not_the_other_way() -> None:
    case = read_case({"events": [samtale("2024-03-01")], "spells": [{"kind": "fravaer", "from": "2024-01-01"}]}, WORDS)
    seen = view_case(case, WORDS, parse_day("2024-12-31"))
    seen.events["samtale"].clear()
    seen.spells["fravaer"].clear()
    seen.fields[0] = 7
    again = view_case(case, WORDS, parse_day("2024-12-31"))
    assert len(again.events["samtale"]) == len(again.spells["fravaer"]) == 1
    assert again.fields[0] is None


def test_a_case_can_be_viewed_with_a_vocabulary_that_has_grown() -> None:
    more = "fields:\n  alder: {type: int, kind: observed, label: {da: x, en: x}, ask: {da: x, en: x}}"
    grown = build_vocabulary({"core.yaml": CORE, "more.yaml": more})
    case = read_case({"facts": {"boern": 2}}, WORDS)
    seen = view_case(case, grown, parse_day("2024-01-01"))
    assert seen.fields[grown.fields["boern"].index] == 2
    assert len(seen.fields) == len(grown.fields)


# The same said by a slow and obvious reading

DAYS = st.integers(0, 12).map(lambda n: f"2024-03-{n + 1:02d}")
MAYBE_DAY = st.none() | DAYS


@st.composite
def event_lines(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Lines where later ones may correct earlier ones, each recorded no earlier than what it corrects."""
    lines: list[dict[str, Any]] = []
    free: list[int] = []
    for number in range(draw(st.integers(0, 7))):
        corrects = draw(st.booleans())
        line = samtale(draw(DAYS), id=f"e{number}", form=draw(st.sampled_from(["fysisk", "video"])))
        recorded = draw(MAYBE_DAY)
        if free and corrects:
            earlier = lines[free.pop(draw(st.integers(0, len(free) - 1)))]
            line["corrects"] = earlier["id"]
            recorded = max(recorded or "", earlier.get("recorded", "")) or None
            line["void"] = draw(st.booleans())
        if recorded:
            line["recorded"] = recorded
        free.append(number)
        lines.append(line)
    return draw(st.permutations(lines))


def believed(lines: list[dict[str, Any]], on: str, known_at: str | None) -> list[tuple[str, str]]:
    written = [line for line in lines if known_at is None or line.get("recorded", "") <= known_at]
    replaced = {line.get("corrects") for line in written}
    left = [line for line in written if line["id"] not in replaced and not line.get("void")]
    return sorted((line["date"], line["form"]) for line in left if line["date"] <= on)


@given(event_lines(), DAYS, MAYBE_DAY)
def test_events_are_those_written_and_not_yet_replaced(
    lines: list[dict[str, Any]], on: str, known_at: str | None
) -> None:
    seen = view(on, known_at, events=lines)
    forms = WORDS.enums["form"].values
    got = [(from_day(day).isoformat(), forms[attrs[0] or 0]) for day, attrs in seen.events["samtale"]]
    assert got == believed(lines, on, known_at)


@st.composite
def fact_lines(draw: st.DrawFn) -> list[dict[str, Any]]:
    """One fact always known, and others each recorded on a day of its own."""
    recorded = draw(st.lists(DAYS, unique=True, max_size=5))
    facts = [{"field": "boern", "value": draw(st.none() | st.integers(0, 9))}]
    for day in recorded:
        start, end = draw(MAYBE_DAY), draw(MAYBE_DAY)
        if start and end and end < start:
            start, end = end, start
        value = draw(st.none() | st.integers(0, 9))
        given_days = {key: at for key, at in (("from", start), ("to", end)) if at}
        facts.append({"field": "boern", "value": value, "recorded": day, **given_days})
    return draw(st.permutations(facts))


@given(fact_lines(), DAYS, MAYBE_DAY)
def test_a_fact_is_the_latest_written_of_those_true_on_the_day(
    lines: list[dict[str, Any]], on: str, known_at: str | None
) -> None:
    fitting = [
        line
        for line in lines
        if line.get("from", "") <= on <= line.get("to", "9999") and line.get("recorded", "") <= (known_at or "9999")
    ]
    expected = max(fitting, key=lambda line: line.get("recorded", ""))["value"]
    assert field(view(on, known_at, facts=lines), "boern") == expected


@given(event_lines(), fact_lines())
def test_writing_a_case_and_reading_it_again_changes_nothing(
    events: list[dict[str, Any]], facts: list[dict[str, Any]]
) -> None:
    case = read_case({"facts": facts, "events": events}, WORDS)
    assert read_case(write_case(case), WORDS) == case
