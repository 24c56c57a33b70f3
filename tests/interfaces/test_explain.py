import json
from pathlib import Path

import pytest

from tests.interfaces.hven import KEEPER, run, write_case


@pytest.fixture
def keeper(tmp_path: Path) -> Path:
    return write_case(tmp_path)


def group(data: dict, name: str) -> dict:
    return {row["norm"]: row for row in data["groups"][name]}


def test_what_applies_is_grouped_with_section_last_day_and_reason(keeper: Path) -> None:
    data = run("explain", keeper, "--date", "2024-06-28", "--json").data
    watches = group(data, "open")["lighthouse.2.watches"]
    assert (watches["status"], watches["due"], watches["count"], watches["required"]) == ("open", "2024-06-30", 1, 3)
    assert watches["ref"] == "FYR § 2, stk. 2"
    assert any("Er i tjeneste som fyrpasser" in sentence for sentence in watches["why"])
    assert watches["assumptions"] == ["T01"]
    assert "T01" in data["doubts"]
    oath = group(data, "met")["lighthouse.2.oath"]
    assert oath["status"] == "met_late"


def test_the_nearest_change_is_to_do_what_is_demanded(keeper: Path) -> None:
    data = run("explain", keeper, "--date", "2024-06-28", "--json").data
    sweep = group(data, "late")["lighthouse.2.sweep"]
    assert (sweep["nearest"]["what"], sweep["nearest"]["name"]) == ("event", "letter")
    assert sweep["nearest"]["text"].startswith("Hvis »brev« sker 28. juni 2024:")


def test_the_unknown_becomes_a_question(keeper: Path) -> None:
    data = run("explain", keeper, "--date", "2024-06-28", "--json").data
    unknown = group(data, "unknown")
    assert unknown["lighthouse.2.chart"]["why"] == ["Kan ikke afgøres, før dette er oplyst: »erhverv«."]
    question = next(row for row in data["questions"] if row["name"] == "trade")
    assert question["ask"] == "Hvad lever du af?"
    assert "lighthouse.2.chart" in question["norms"]


def test_text_is_danish_unless_asked_and_carries_no_code(keeper: Path) -> None:
    danish, english = (run("explain", keeper, "--date", "2024-06-28", "--lang", lang).out for lang in ("da", "en"))
    assert "FOR SENT ELLER IKKE OVERHOLDT" in danish
    assert "LATE OR BREACHED" in english
    assert "28. juni 2024" in danish
    assert "28 June 2024" in english
    for text in (danish, english):
        assert "in_service" not in text
        assert "2024-06" not in text
        assert max(map(len, text.splitlines())) <= 100
        assert not [line for line in text.splitlines() if line != line.rstrip()]


def test_one_norm_to_the_ground(keeper: Path) -> None:
    asked = ("explain", keeper, "--date", "2024-06-28", "--norm", "lighthouse.2.watches")
    (one,) = run(*asked, "--json").data["explanations"]
    assert {step["role"] for step in one["steps"]} >= {"applies", "start", "due", "events"}
    assert one["rests_on"][0]["norm"] == "lighthouse.2.watches"
    assert one["sources"][0]["title"].startswith("Hvens Tingbog 1")
    text = run(*asked).out
    assert "NÆRMESTE ÆNDRINGER" in text
    assert "vagt 21. juni 2024 (olie, alone: ja)" in text


def test_another_day_beside_it(keeper: Path) -> None:
    answer = run("explain", keeper, "--date", "2024-06-28", "--against", "2024-07-05", "--json")
    assert answer.code == 1
    watches = next(row for row in answer.data["differences"] if row["norm"] == "lighthouse.2.watches")
    assert watches["before"]["due"] == "2024-06-30"
    assert watches["after"]["due"] == "2024-07-31"
    assert not watches["same"]
    text = run("explain", keeper, "--date", "2024-06-28", "--against", "05-07-2024").out
    assert "≠" in text
    assert "28. juni 2024" in text
    assert "5. juli 2024" in text


def test_a_regime_beside_it_says_what_is_set_aside(tmp_path: Path) -> None:
    herd = [{"kind": "service", "trade": "goatherd", "from": "2024-06-01"}]
    case = write_case(tmp_path, spells=herd, events=[], facts={**KEEPER["facts"], "trade": "goatherd"})
    answer = run("explain", case, "--date", "2024-06-28", "--against", "no-oaths", "--json")
    oath = next(row for row in answer.data["differences"] if row["norm"] == "goat.2.oath")
    assert oath["after"] == {"status": "set_aside"}
    assert "sat ud af kraft af no-oaths" in run("explain", case, "--date", "2024-06-28", "--against", "no-oaths").out


def test_the_same_law_on_both_sides_differs_in_nothing(keeper: Path) -> None:
    answer = run("explain", keeper, "--date", "2024-06-28", "--against", "2024-06-28", "--json")
    assert answer.code == 0
    assert answer.data["changed"] == 0


def test_a_regime_that_was_law_there_is_used_by_itself(keeper: Path) -> None:
    asked = ("explain", keeper, "--date", "2024-06-28", "--place", "kyrkbacken", "--json")
    assert "quick-oaths" in run(*asked).data["rulebook"]["regimes"]
    assert run(*asked, "--regime", "ingen").data["rulebook"]["regimes"] == []


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--date", "2024-02-30"), "'2024-02-30' findes ikke i kalenderen; skriv en dag, der findes."),
        (("--place", "Kirkbacken"), "'Kirkbacken' er ingen kommune; mente du 'Kyrkbacken'?"),
        (("--regime", "quick-oath"), "der er intet regelregime 'quick-oath'; mente du 'quick-oaths'?"),
        (("--date", "2024-06-28", "--norm", "lighthouse.2.wathces"), "mente du 'lighthouse.2.watches'?"),
        (("--date", "2024-06-28", "--against", "9"), "'9' er hverken en dato eller et regelregime"),
        (("--case", "brahe"), "Filen har ingen sag 'brahe'"),
        (("--lang", "sv"), "'sv' er ikke et sprog her"),
        (("--regime", "missing.yaml"), "missing.yaml: der er ingen sådan fil"),
    ],
)
def test_a_question_that_cannot_be_put_is_one_sentence(keeper: Path, args: tuple[str, ...], said: str) -> None:
    answer = run("explain", keeper, *args)
    assert answer.code == 2
    assert said in answer.err
    assert answer.out == ""
    assert len(answer.err.strip().splitlines()) == 1


def test_a_norm_not_in_force_that_day_is_said_to_be(keeper: Path) -> None:
    answer = run("explain", keeper, "--date", "2026-06-28", "--norm", "lighthouse.1.parts")
    assert answer.code == 2
    assert "er ikke i kraft 28. juni 2026; se fodfaeste law show lighthouse.1.parts" in answer.err


def test_everything_wrong_with_a_case_is_told_at_once(tmp_path: Path) -> None:
    events = [{"kind": "ot", "date": "2024-06-20"}, {"kind": "oath", "date": "2024-06-31"}]
    case = write_case(tmp_path, facts={"bron": "1980-01-01"}, events=events)
    answer = run("explain", case)
    assert answer.code == 2
    assert answer.err.splitlines() == [
        f"{case}: facts.bron: 'bron' er ikke et felt — mente du 'born'?",
        f"{case}: events[0].kind: 'ot' er ikke en slags hændelse — mente du 'oath'?",
        f"{case}: events[1].date: '2024-06-31' findes ikke i kalenderen — skriv en dag, der findes",
    ]
    english = run("explain", case, "--lang", "en").err
    assert "'bron' is not a field — did you mean 'born'?" in english


def test_several_cases_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "both.json"
    file.write_text(json.dumps([KEEPER, {**KEEPER, "case": "brahe"}]), encoding="utf-8")
    assert "vælg én med --case ID" in run("explain", file).err
    assert run("explain", file, "--case", "brahe", "--json").data["case"] == "brahe"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    answer = run("explain", tmp_path / "ingen.json")
    assert answer.code == 2
    assert "der er ingen sådan fil" in answer.err
