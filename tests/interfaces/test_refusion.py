"""The commands about reimbursement, as a finance officer would run them."""

import json
from pathlib import Path
from typing import Any

from tests.interfaces.hven import Answer, run

HEAD = "Uge;CPR nummer;Ydelse;Beregnet udbetalingsbeløb;Refusionsbeløb;Medfinansieringsbeløb\n"


def ask(*args: str | Path) -> Answer:
    return run("refusion", *args, law=None)


def a_case(folder: Path, *spells: dict[str, Any], **more: Any) -> Path:
    file = folder / "sag.json"
    case = {"format": "fodfaeste/case/1", "case": "sag", "spells": list(spells), **more}
    file.write_text(json.dumps(case), encoding="utf-8")
    return file


def an_extract(folder: Path, *rows: str, head: str = HEAD) -> Path:
    file = folder / "udtraek.csv"
    file.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    return file


SIXTY = {"kind": "ydelse", "type": "kontanthjaelp", "from": "2024-01-01", "to": "2025-02-23"}


def test_sixty_weeks_explained(tmp_path: Path) -> None:
    answer = ask("explain", a_case(tmp_path, SIXTY), "--date", "2025-12-31", "--weekly", "100", "--json")
    assert answer.code == 0
    assert answer.data["format"] == "fodfaeste/refusion-explain/1"
    assert answer.data["totals"] == {
        "amount": 600000,
        "state": 214000,
        "municipality": 386000,
        "unknown": 0,
        "outside": 0,
    }
    rows = answer.data["rows"]
    assert len(rows) == 60
    assert (rows[0]["ref"], rows[4]["ref"]) == ("KFL § 5, stk. 2, nr. 1", "KFL § 5, stk. 2, nr. 2")
    assert rows[26]["why"]["en"] == "State reimbursement, weeks 27-52"
    assert rows[-1] | {"state": 2000, "municipality": 8000, "number": 60, "rate": 20.0} == rows[-1]
    assert "D43" in answer.data["doubts"]


def test_the_table_says_the_same_in_both_languages(tmp_path: Path) -> None:
    file = a_case(tmp_path, SIXTY)
    danish = ask("explain", file, "--date", "2024-03-31", "--weekly", "100")
    assert "Staten bærer" in danish.out
    assert "KFL § 5, stk. 2, nr. 2" in " ".join(danish.out.split())
    english = ask("explain", file, "--date", "2024-03-31", "--weekly", "100", "--lang", "en")
    assert "social assistance" in english.out
    assert max(map(len, english.out.splitlines())) <= 100


def test_unknown_amounts_are_shown_as_unknown(tmp_path: Path) -> None:
    answer = ask("explain", a_case(tmp_path, SIXTY), "--date", "2024-01-07", "--json")
    (row,) = answer.data["rows"]
    assert (row["amount"], row["state"], row["rate"]) == (None, None, 80.0)
    assert answer.data["totals"]["unknown"] == 1


def test_an_amount_that_is_none_is_refused(tmp_path: Path) -> None:
    answer = ask("explain", a_case(tmp_path, SIXTY), "--weekly", "1.500")
    assert answer.code == 2
    assert "1.500" in answer.err


def test_a_faultless_extract_ends_with_0(tmp_path: Path) -> None:
    file = an_extract(
        tmp_path, "2024-W01;0101809995;Kontanthjælp;3000,00;2400,00;", "2024-W02;0101809995;A-dagpenge;4000,00;;800,00"
    )
    answer = ask("reconcile", file, "--json")
    assert answer.code == 0
    assert answer.data | {"lines": 2, "persons": 1, "difference": 0, "law": 560000, "explained": True} == answer.data


def test_explained_and_unexplained_differences(tmp_path: Path) -> None:
    good = "2024-W01;0101809995;Kontanthjælp;3.000,00;2.400,00;"
    explained = ask("reconcile", an_extract(tmp_path, good, good), "--json")
    assert (explained.code, explained.data["causes"]["twice"]) == (0, {"lines": 1, "difference": 240000})
    odd = ask("reconcile", an_extract(tmp_path, good, "2024-W02;0101809995;Kontanthjælp;3000,00;123,45;"), "--json")
    assert odd.code == 1
    (row,) = odd.data["differences"]
    assert (row["line"], row["cause"], row["difference"]) == (3, "unexplained", 12345 - 240000)
    assert odd.data["stated"] - odd.data["law"] == odd.data["difference"]


def test_person_numbers_are_never_shown(tmp_path: Path) -> None:
    file = an_extract(tmp_path, "2024-W01;010180-9995;Kontanthjælp;3000,00;123,45;", "2024-W02;;Kontanthjælp;x;;")
    for more in ((), ("--json",)):
        told = ask("reconcile", file, *more)
        assert "9995" not in told.out + told.err


def test_everything_wrong_with_an_extract_is_told_at_once(tmp_path: Path) -> None:
    file = an_extract(
        tmp_path, "2024-W60;a;Kontanthjælp;3000;0;", "2024-W02;b;Lykke;3000;0;", "2024-W03;;Kontanthjælp;1.500;0;"
    )
    answer = ask("reconcile", file, "--lang", "en")
    assert answer.code == 2
    for said in ("2024-W60", "Lykke", "whose the line is", "1.500"):
        assert said in answer.err
    assert "udtraek.csv:2" in answer.err


def test_the_aggregate_extract_is_refused_with_a_reason(tmp_path: Path) -> None:
    file = an_extract(
        tmp_path, "2024-W01;5;1000;400;;Kontanthjælp", head="Uge;Antal;Total;Refusion;Medfinansiering;Ydelse\n"
    )
    answer = ask("reconcile", file, "--lang", "en")
    assert answer.code == 2
    assert "cpr nummer" in answer.err


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    answer = ask("reconcile", tmp_path / "ingen.csv")
    assert answer.code == 2


def test_incentives_now_and_before(tmp_path: Path) -> None:
    now = ask("incentives", "--date", "2024-06-03", "--benefit", "kontanthjaelp", "--json")
    assert now.code == 0
    (model,) = now.data["models"]
    assert model["case_types"][0]["week_less"] == {"municipality": 2000, "state": 8000, "fund": 0}
    assert model["kinks"] == []
    before = ask("incentives", "--date", "2010-06-07", "--benefit", "kontanthjaelp", "--lang", "en")
    assert before.code == 1
    assert "65 → 35 %" in before.out
    assert max(map(len, before.out.splitlines())) <= 100


def test_all_ways_of_sharing(tmp_path: Path) -> None:
    answer = ask("incentives", "--history", "--date", "2024-06-03", "--benefit", "kontanthjaelp", "--json")
    assert [one["from"][:4] for one in answer.data["models"]] == ["2010", "2011", "2015", "2016"]


def test_a_benefit_or_week_that_does_not_exist() -> None:
    assert "kontanthjaelp" in ask("incentives", "--benefit", "kontanthjalp").err
    assert ask("incentives", "--at", "70").code == 2
