import json
from pathlib import Path

from tests.interfaces.hven import KEEPER, run, write_case

WATCHES = ("--norm", "lighthouse.2.watches", "--date", "2024-06-28")


def quota_norm() -> str:
    (row,) = run("law", "list", "--kind", "quota", "--json").data["norms"]
    return str(row["norm"])


# Receipts


def test_a_receipt_says_what_the_answer_rests_on(tmp_path: Path) -> None:
    answer = run("receipt", write_case(tmp_path), *WATCHES, "--json")
    assert answer.code == 0
    assert answer.data["format"] == "fodfaeste/receipt/1"
    assert answer.data["norm"] == "lighthouse.2.watches"
    assert "lighthouse.2.watches" in answer.data["norms"]
    assert answer.data["outcome"][0]["count"] == 1
    text = run("receipt", write_case(tmp_path), *WATCHES, "--lang", "en")
    assert answer.data["digest"] in text.out
    assert max(map(len, text.out.splitlines())) <= 100


def test_a_kept_receipt_is_checked(tmp_path: Path) -> None:
    kept = tmp_path / "kvittering.json"
    assert run("receipt", write_case(tmp_path), *WATCHES, "--out", kept).code == 0
    good = run("receipt", kept, "--check", "--json")
    assert (good.code, good.data["holds"], good.data["problems"]) == (0, True, [])
    changed = json.loads(kept.read_text(encoding="utf-8"))
    changed["outcome"][0]["count"] = 3
    kept.write_text(json.dumps(changed), encoding="utf-8")
    bad = run("receipt", kept, "--check", "--json")
    assert bad.code == 1
    assert bad.data["problems"] == ["kvitteringen er ændret, efter den blev lavet; bed om den oprindelige"]


def test_a_receipt_under_other_law_is_told(tmp_path: Path) -> None:
    kept = tmp_path / "kvittering.json"
    run("receipt", write_case(tmp_path), *WATCHES, "--out", kept)
    moved = json.loads(kept.read_text(encoding="utf-8"))
    moved["day"] = "2021-01-01"
    kept.write_text(json.dumps(moved), encoding="utf-8")
    assert any("lighthouse.2.watches" in said for said in run("receipt", kept, "--check", "--json").data["problems"])


def test_nothing_is_overwritten_and_what_is_missing_is_named(tmp_path: Path) -> None:
    case = write_case(tmp_path)
    assert run("receipt", case, *WATCHES, "--out", case).code == 2
    assert json.loads(case.read_text(encoding="utf-8")) == KEEPER
    assert "--norm" in run("receipt", case).err
    assert "lighthouse.2.watches" in run("receipt", case, "--norm", "lighthouse.2.watchs").err
    assert run("receipt", case, "--check").code == 2


# Quotas


def herder(folder: Path, name: str, sworn: bool, **facts: object) -> None:
    """A goatherd of the island with goats, who has taken the oath in time, or not."""
    events = [{"kind": "oath", "date": "2024-02-01"}] if sworn else []
    known = {"islander": True, "goats": 3, "trade": "goatherd", **facts}
    write_case(folder, case=name, municipality="kyrkbacken", facts=known, spells=[], events=events)


def counted(folder: Path, *options: str) -> tuple[int, dict[str, object]]:
    answer = run("quota", folder, "--date", "2024-06-28", "--json", *options)
    (row,) = answer.data["rows"]
    return answer.code, row


def test_half_of_the_goatherds_are_enough(tmp_path: Path) -> None:
    herder(tmp_path, "a", sworn=True)
    herder(tmp_path, "b", sworn=False)
    code, row = counted(tmp_path)
    assert code == 0
    assert (row["members"], row["met"], row["at_least"], row["at_most"]) == (2, 1, 50, 50)
    assert (row["share"], row["holds"]) == (50, True)


def test_a_missed_quota_ends_with_one(tmp_path: Path) -> None:
    herder(tmp_path, "a", sworn=False)
    code, row = counted(tmp_path)
    assert (code, row["holds"], row["at_most"]) == (1, False, 0)
    assert "missed" in run("quota", tmp_path, "--date", "2024-06-28", "--lang", "en").out


def test_who_may_belong_to_the_group_gives_bounds(tmp_path: Path) -> None:
    herder(tmp_path, "a", sworn=True)
    herder(tmp_path, "b", sworn=False, trade=None)
    code, row = counted(tmp_path)
    assert (code, row["members"], row["members_unknown"]) == (0, 1, 1)
    assert (row["at_least"], row["at_most"], row["holds"]) == (50, 100, True)


def test_cases_are_counted_by_municipality_unless_a_place_is_given(tmp_path: Path) -> None:
    herder(tmp_path, "a", sworn=True)
    write_case(tmp_path, case="b", municipality="norreborg", facts={"trade": "keeper"}, spells=[], events=[])
    rows = run("quota", tmp_path, "--date", "2024-06-28", "--json").data["rows"]
    assert [(row["place"], row["members"]) for row in rows] == [("kyrkbacken", 1), ("norreborg", 0)]
    assert rows[1]["at_least"] is None
    assert counted(tmp_path, "--place", "norreborg")[1]["members"] == 1
    assert "1 have nobody in the group" in run("quota", tmp_path, "--date", "2024-06-28", "--lang", "en").out


def test_only_a_quota_can_be_counted(tmp_path: Path) -> None:
    case = write_case(tmp_path)
    refused = run("quota", case, "--norm", "lighthouse.2.watches", "--date", "2024-06-28")
    assert (refused.code, refused.out) == (2, "")
    assert quota_norm() in refused.err
