"""What can be known, read from several files by several hands."""

from pathlib import Path

import pytest

from fodfaeste.facts import UnfitValueError, build_vocabulary, load_vocabulary
from fodfaeste.foundation import Problem, ProblemError, parse_day
from tests.facts.words import CORE, WORDS

LABEL = "label: {da: x, en: x}"
ASK = "ask: {da: x, en: x}"


def problems_of(**texts: str) -> list[Problem]:
    with pytest.raises(ProblemError) as caught:
        build_vocabulary({f"{name}.yaml": text for name, text in texts.items()})
    return caught.value.problems


def test_the_laws_own_vocabulary_loads() -> None:
    law = load_vocabulary(Path("law"))
    assert law.fields["foedt"].type == "date"
    assert law.events["jobsamtale"].attrs["holder"] == "holder"
    assert law.spells["maalgruppe"].slots == {"gruppe": 0}
    assert len(law.digest) == 64


def test_a_field_knows_its_place_and_its_range() -> None:
    names = list(WORDS.fields)
    assert names == sorted(names)
    assert [field.index for field in WORDS.fields.values()] == list(range(len(names)))
    assert (WORDS.fields["boern"].lo, WORDS.fields["boern"].hi) == (0, 20)
    assert WORDS.fields["foedt"].hi == parse_day("2030-12-31")
    assert (WORDS.fields["i_job"].lo, WORDS.fields["i_job"].hi) == (0, 2)
    assert WORDS.fields["formue"].hi == 10**13
    assert WORDS.fields["foretrukken_form"].hi == 2
    assert WORDS.fields["helbred"].sensitivity == "sensitive"
    assert WORDS.fields["i_job"].sensitivity == "ordinary"


def test_the_digest_is_of_the_content_and_not_of_the_files() -> None:
    head, tail = CORE.split("events:\n")
    split = build_vocabulary({"z.yaml": head, "a.yaml": "events:\n" + tail})
    assert split.digest == WORDS.digest
    assert list(split.fields) == list(WORDS.fields)
    changed = build_vocabulary({"core.yaml": CORE.replace("max: 20", "max: 21")})
    assert changed.digest != WORDS.digest


def test_a_name_defined_in_two_files_is_refused_with_file_and_line() -> None:
    [problem] = problems_of(a=CORE, b=f"\nevents:\n  samtale: {{{LABEL}}}\n")
    assert (problem.file, problem.line, problem.where) == ("b.yaml", 3, "events.samtale")
    assert "already defined in a.yaml" in problem.message


def test_a_name_written_twice_in_one_file_is_refused_though_yaml_would_keep_the_last() -> None:
    [problem] = problems_of(a=f"events:\n  x: {{{LABEL}}}\n  x: {{{LABEL}}}\n")
    assert (problem.line, problem.where) == (3, "x")


def test_an_unknown_type_suggests_the_nearest() -> None:
    [problem] = problems_of(a=f"fields:\n  x: {{type: daet, kind: observed, {LABEL}, {ASK}}}")
    assert problem.where == "fields.x.type"
    assert problem.mend == "did you mean 'date'?"


def test_an_attribute_may_have_the_type_of_an_enum_of_another_file() -> None:
    vocabulary = build_vocabulary({"a.yaml": CORE, "b.yaml": f"events:\n  opkald: {{{LABEL}, attrs: {{form: form}}}}"})
    assert vocabulary.events["opkald"].attrs == {"form": "form"}


@pytest.mark.parametrize(
    ("text", "where", "says"),
    [
        (
            f"fields:\n  x: {{type: int, kind: observed, min: 5, max: 4, {LABEL}, {ASK}}}",
            "fields.x",
            "min is above",
        ),
        (f"fields:\n  x: {{type: int, kind: seen, {LABEL}, {ASK}}}", "fields.x.kind", "is not a kind"),
        (f"fields:\n  x: {{type: bool, kind: observed, min: 0, {LABEL}, {ASK}}}", "fields.x", "no meaning"),
        (
            f"fields:\n  x: {{type: date, kind: observed, max: later, {LABEL}, {ASK}}}",
            "fields.x",
            "not a date",
        ),
        (f"fields:\n  x: {{type: hours, kind: observed, min: -1, {LABEL}, {ASK}}}", "fields.x", "outside"),
        (f"fields:\n  x: {{type: int, kind: observed, {LABEL}}}", "fields.x", "'ask' is missing"),
        (f"fields:\n  X: {{type: int, kind: observed, {LABEL}, {ASK}}}", "fields.X", "is not a name"),
        (f"events:\n  x: {{{LABEL}, atrs: {{}}}}", "events.x.atrs", "no meaning"),
        ("events:\n  x: {label: {da: x}}", "events.x.label", "both languages"),
        (
            f"events:\n  x: {{{LABEL}, attrs: {{date: int}}}}",
            "events.x.attrs.date",
            "a word of the case format",
        ),
        (f"events:\n  x: {{{LABEL}, attrs: [form]}}", "events.x.attrs", "maps names to types"),
        ("enums:\n  svar:\n    no: {da: nej, en: no}", "enums.svar.False", "is not a value"),
        ("enums:\n  bool:\n    x: {da: x, en: x}", "enums.bool", "a type already"),
        ("attributes:\n  form: {da: form}", "attributes.form", "both languages"),
        ("attributes:\n  form: {da: form, en: form}", "attributes.form", "no event or spell has the attribute"),
        ("event:\n  x: {}", "event", "is not a section"),
        ("- x", "file", "is a mapping"),
        ("events: [", "file", "not YAML"),
        ("acts:\n  x: {short: X, since: 2024-02-30}", "file", "not YAML"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, where: str, says: str) -> None:
    problem = problems_of(a=text)[0]
    assert problem.where == where
    assert says in problem.message
    assert problem.line is not None
    assert problem.mend


def test_an_attribute_has_one_label_whatever_file_has_the_kind() -> None:
    found = build_vocabulary({"a.yaml": CORE, "b.yaml": "attributes:\n  faelles: {da: fælles, en: joint}\n"})
    assert found.attributes == {"faelles": {"da": "fælles", "en": "joint"}}
    assert found.digest != WORDS.digest


def test_every_attribute_of_the_law_has_a_label() -> None:
    law = load_vocabulary(Path("law"))
    assert {attr for kind in (*law.events.values(), *law.spells.values()) for attr in kind.attrs} == set(law.attributes)


def test_an_event_and_a_spell_may_not_share_a_name() -> None:
    [problem] = problems_of(a=f"events:\n  x: {{{LABEL}}}\nspells:\n  x: {{{LABEL}}}")
    assert "both an event and a spell" in problem.message


def test_all_problems_come_at_once() -> None:
    found = problems_of(
        a=f"fields:\n  x: {{type: daet, kind: seen, {LABEL}, {ASK}}}",
        b="events:\n  y: {label: nothing}\nsells: {}",
    )
    assert [problem.where for problem in found] == [
        "fields.x.kind",
        "fields.x.type",
        "events.y.label",
        "sells",
    ]


def test_a_folder_without_vocabulary_says_so(tmp_path: Path) -> None:
    with pytest.raises(ProblemError, match="no vocabulary"):
        load_vocabulary(tmp_path)


def test_a_kind_is_found_by_name() -> None:
    assert WORDS.kind("samtale") is WORDS.events["samtale"]
    assert WORDS.kind("fravaer") is WORDS.spells["fravaer"]
    with pytest.raises(UnfitValueError, match="did you mean 'samtale'"):
        WORDS.kind("samtal")
