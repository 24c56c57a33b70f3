import shutil
from pathlib import Path

import pytest
import yaml

from tests.interfaces.hven import TOY, run


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The law of Hven, to be spoiled."""
    shutil.copytree(TOY / "law", tmp_path / "law")
    shutil.copytree(TOY / "regimes", tmp_path / "regimes")
    return tmp_path


def test_check_counts_examples_by_who_says_so() -> None:
    answer = run("law", "check", "--json")
    assert answer.code == 0
    data = answer.data
    assert data["examples"]["court"] >= 2
    assert (data["failed"], data["problems"]) == ([], [])
    assert "Ankestyrelsen" in run("law", "check").out


def test_check_finds_an_example_that_does_not_hold(copy: Path) -> None:
    file = copy / "law" / "lighthouse" / "2.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("status: met, start: 2024-06-01", "status: late, start: 2024-06-01")
    )
    answer = run("law", "check", "--json", law=copy)
    assert answer.code == 1
    (failed,) = answer.data["failed"]
    assert (failed["norm"], failed["expected"]["status"], failed["got"]["status"]) == (
        "lighthouse.2.oath",
        "late",
        "met",
    )
    assert "ventet: status: late" in run("law", "check", law=copy).out


def test_check_tells_every_problem_with_file_and_line(copy: Path) -> None:
    file = copy / "law" / "lighthouse" / "2.yaml"
    text = file.read_text(encoding="utf-8").replace("kind: duty", "kind: dutty", 1)
    file.write_text(text.replace("source: [book-1]", "source: [book-9]", 2), encoding="utf-8")
    answer = run("law", "check", law=copy)
    assert answer.code == 2
    lines = answer.err.splitlines()
    assert len(lines) >= 2
    assert all(line.startswith("law/lighthouse/2.yaml:") for line in lines if "dutty" in line or "book-9" in line)
    assert any("dutty" in line for line in lines)


def test_a_law_with_problems_answers_nothing_unless_it_is_a_draft(copy: Path) -> None:
    file = copy / "law" / "lighthouse" / "2.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("nature: process", "nature: proces", 1), encoding="utf-8")
    refused = run("law", "list", law=copy)
    assert refused.code == 2
    assert "proces" in refused.err
    answered = run("law", "list", "--draft", "--json", law=copy)
    assert answered.code == 0
    assert "loven har 1 fejl" in answered.err
    assert answered.data["norms"]


def test_show_a_norm() -> None:
    (norm,) = run("law", "show", "lighthouse.2.watches", "--date", "2024-06-01", "--json").data["norms"]
    assert [version["on_the_day"] for version in norm["versions"]] == [False, True]
    newest = norm["versions"][1]
    assert newest["in_words"]["must"].startswith("Mindst 3 × vagt (alone: ja, ikke elektrisk)")
    assert newest["expressions"]["must"]["at_least"] == 3
    assert newest["sources"][0]["source"] == "book-1"
    assert set(norm["exceptions"]) == {
        "lighthouse.3.fog-waiver",
        "lighthouse.3.oil-restores",
        "lighthouse.3.wedding-waiver",
    }
    assert {"court", "statute"} <= {example["from"] for example in norm["examples"]}
    assert "T01" in norm["doubts"]
    assert "narrow-watch" in [regime["regime"] for regime in norm["regimes"]]
    text = run("law", "show", "lighthouse.2.watches", "--date", "2024-06-01").out
    assert "▸" in text
    assert "[domstol]" in text
    assert max(map(len, text.splitlines())) <= 100


@pytest.mark.parametrize("name", ["goat 1", "goat.1", "GED § 1", "goat/1", "law/goat/1.yaml"])
def test_show_a_section_by_any_of_its_names(name: str) -> None:
    data = run("law", "show", name, "--json").data
    assert (data["section"]["act"], data["section"]["section"]) == ("goat", "1")
    assert len(data["norms"]) == len(data["section"]["norms"]) > 5


def test_show_by_the_name_expressions_use() -> None:
    assert run("law", "show", "in_service", "--json").data["norms"][0]["norm"] == "lighthouse.1.in-service"


def test_show_as_a_regime_leaves_it() -> None:
    plain, edited = (
        run("law", "show", "lighthouse.2.watches", "--date", "2024-07-01", "--json", *more).data["norms"][0]["edits"]
        for more in ([], ["--regime", "narrow-watch"])
    )
    assert plain == []
    assert edited[0]["regime"] == "narrow-watch"


def test_show_nothing() -> None:
    answer = run("law", "show", "lighthouse.2.wathces")
    assert (answer.code, answer.err.strip()) == (
        2,
        "Der er ingen norm eller paragraf 'lighthouse.2.wathces'; mente du 'lighthouse.2.watches'?",
    )


def test_list_by_act_kind_and_day() -> None:
    everything = run("law", "list", "--json").data["norms"]
    goats = run("law", "list", "--act", "goat", "--kind", "duty", "--json").data["norms"]
    assert {row["act"] for row in goats} == {"goat"}
    assert {row["kind"] for row in goats} == {"duty"}
    assert len(run("law", "list", "--date", "2026-01-01", "--json").data["norms"]) < len(everything)
    assert run("law", "list", "--kind", "duties").code == 2
    assert run("law", "list", "--act", "sheep").code == 2


def test_search_needs_every_word_and_knows_danish_letters() -> None:
    found = run("law", "search", "taage", "fritager", "--json").data["found"]
    assert found[0]["id"] == "lighthouse.3.fog-waiver"
    nothing = run("law", "search", "taage", "cykel")
    assert (nothing.code, nothing.out.strip()) == (1, "Intet fundet.")


def test_an_example_in_two_languages_is_found_by_both_and_shown_in_the_readers(copy: Path) -> None:
    file = copy / "law" / "lighthouse" / "1.yaml"
    said = "Of a stranger nothing is known, and nothing is assumed."
    danish = "Om en fremmed vides intet, og intet antages."
    text = file.read_text(encoding="utf-8").replace(f'says: "{said}"', f'says: {{da: "{danish}", en: "{said}"}}')
    file.write_text(text.replace("lighthouse.1.age: unknown", "lighthouse.1.age: 7"), encoding="utf-8")
    for word in ("fremmed", "stranger"):
        (found,) = run("law", "search", word, "--json", law=copy).data["found"]
        assert (found["id"], found["label"]) == ("ex-nobody", {"da": danish, "en": said})
    for lang, expected in (("da", danish), ("en", said)):
        (norm,) = run("law", "show", "lighthouse.1.age", "--lang", lang, "--json", law=copy).data["norms"]
        assert expected in [example["says"] for example in norm["examples"]]
        (failed,) = run("law", "check", "--lang", lang, "--json", law=copy).data["failed"]
        assert failed["says"] == expected
        assert expected in run("law", "check", "--lang", lang, law=copy).out


def test_coverage_counts_sections_and_rows() -> None:
    data = run("law", "coverage", "--json").data
    states = {(row["act"], row["section"]): row["state"] for row in data["sections"]}
    assert states["lighthouse", "1"] == "partly"
    assert states["lighthouse", "2"] == "modelled"
    assert data["rates"] == 8
    assert data["provisions"] >= 1
    assert "Mangler: FYR § 1, stk. 9" in run("law", "coverage").out


def test_graph_both_ways() -> None:
    data = run("law", "graph", "in_service", "--depth", "1", "--json").data
    assert data["norm"] == "lighthouse.1.in-service"
    assert {"from": "lighthouse.2.oath", "to": "lighthouse.1.in-service"} in data["read_by"]
    dot = run("law", "graph", "lighthouse.2.watches", "--dot").out
    assert dot.startswith("digraph law {")
    assert '"lighthouse.2.watches" -> "lighthouse.1.in-service";' in dot


def test_diff_says_what_changed_in_words() -> None:
    answer = run("law", "diff", "2022-12-31", "2023-01-01", "--json")
    assert answer.code == 1
    watches = next(row for row in answer.data["changes"] if row["norm"] == "lighthouse.2.watches")
    assert watches["in_words"]["must"]["before"].startswith("Mindst 2 ×")
    assert watches["in_words"]["must"]["after"].startswith("Mindst 3 ×")
    assert "+ »Voksen: 18 år, eller 16 og gift«" in run("law", "diff", "2022-12-31", "2023-01-01").out


def test_diff_of_regimes() -> None:
    answer = run("law", "diff", "2024-06-15", "--against-regime", "no-oaths", "--json")
    gone = [row["norm"] for row in answer.data["changes"] if row["what"] == "gone"]
    assert "goat.2.oath" in gone
    same = run("law", "diff", "2024-06-15", "--json")
    assert (same.code, same.data["changes"]) == (0, [])


def test_regimes_are_listed_and_shown() -> None:
    rows = {row["regime"]: row for row in run("regime", "list", "--json").data["regimes"]}
    assert rows["quick-oaths"]["was_law"]
    assert not rows["no-oaths"]["was_law"]
    assert {row["status"] for row in run("regime", "list", "--status", "in-force", "--json").data["regimes"]} == {
        "in-force"
    }
    here = {row["regime"] for row in run("regime", "list", "--place", "kyrkbacken", "--json").data["regimes"]}
    assert "quick-oaths" in here
    assert all(rows[name]["who"] is None or "kyrkbacken" in rows[name]["who"] for name in here)
    shown = run("regime", "show", "no-oaths", "--json").data
    assert [change["op"] for change in shown["changes"]] == ["set_aside"]
    assert "sættes ud af kraft" in run("regime", "show", "no-oaths").out
    assert run("regime", "show", "no-oath").err.strip().endswith("mente du 'no-oaths'?")


def test_a_regime_of_ones_own_is_checked_and_tried(tmp_path: Path) -> None:
    own = yaml.safe_load((TOY / "regimes" / "no-oaths.yaml").read_text(encoding="utf-8"))
    own |= {"id": "mine", "edits": [{"op": "set_aside", "norm": "lighthouse.2.sweep", "why": "nobody sweeps"}]}
    file = tmp_path / "mine.yaml"
    file.write_text(yaml.safe_dump(own, allow_unicode=True), encoding="utf-8")
    assert run("regime", "check", file).code == 0
    changes = run("law", "diff", "2024-06-15", "--against-regime", file, "--json").data["changes"]
    assert [row["norm"] for row in changes if row["what"] == "gone"] == ["lighthouse.2.sweep"]
    own["window"] = {"from": "2024-01-01", "to": None}
    own["edits"] = [{"op": "set_aside", "norm": "lighthouse.2.sweeep", "why": "nobody sweeps"}]
    file.write_text(yaml.safe_dump(own, allow_unicode=True), encoding="utf-8")
    refused = run("regime", "check", file)
    assert refused.code == 2
    assert len(refused.err.strip().splitlines()) == 2
    assert all(line.startswith(str(file)) for line in refused.err.strip().splitlines())
    assert run("regime", "check", file, "--json").data["regimes"] == []


def test_all_regimes_are_checked(copy: Path) -> None:
    assert run("regime", "check", "--json").data["problems"] == []
    (copy / "regimes" / "bad.yaml").write_text("id: bad\n", encoding="utf-8")
    answer = run("regime", "check", law=copy)
    assert answer.code == 2
    assert all(line.startswith("regimes/bad.yaml") for line in answer.err.strip().splitlines())
