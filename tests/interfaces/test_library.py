import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import fodfaeste as ff
from fodfaeste.foundation import ProblemError
from fodfaeste.interfaces.lawfiles import OWN_REGIMES, find_law, open_law
from fodfaeste.population.municipality import PROMISES
from fodfaeste.rulebook import ResolveError
from tests.architecture.source import ROOT
from tests.interfaces.hven import KEEPER, TOY, hven, write_case


def test_five_lines(tmp_path: Path) -> None:
    law = ff.load(TOY)
    book = ff.resolve(law, "2024-06-28", place="kyrkbacken")
    case = ff.read(write_case(tmp_path), law)
    lines = [str(duty) for duty in ff.duties(book, case)]
    assert "Fejning hver uge (FYR § 2, stk. 3): for sent, sidste dag 8. juni 2024 (20 dage siden), 0 af 1" in lines
    assert ff.duties(book, case)[0].status == "late"


def test_days_are_text_or_dates_or_whole_days() -> None:
    law = hven()
    books = [ff.resolve(law, day) for day in ("2024-06-28", date(2024, 6, 28), 19902)]
    assert len({book.digest for book in books}) == 1
    with pytest.raises(ValueError, match="is not a date"):
        ff.resolve(law, "28 June")
    with pytest.raises(ResolveError, match="did you mean"):
        ff.resolve(law, "2024-06-28", place="kyrkbaken")


def test_why_what_if_and_what_next() -> None:
    law = hven()
    book, case = ff.resolve(law, "2024-06-28"), ff.read(KEEPER, law)
    (reason,) = ff.explain(book, case, "lighthouse.2.watches", lang="en")
    assert str(reason).startswith("Applies because “Is in service as keeper” holds")
    assert reason.explanation.norm.id == "lighthouse.2.watches"
    changes = [str(change) for change in ff.contrast(book, case, "lighthouse.2.sweep")]
    assert any("»brev«" in change for change in changes)
    questions = ff.ask(book, case)
    assert "Hvad lever du af?" in [str(question) for question in questions]
    receipt = ff.receipt(book, case, "lighthouse.2.watches")
    assert receipt["rulebook"] == book.digest


def test_another_day_than_the_rulebooks() -> None:
    law = hven()
    book, case = ff.resolve(law, "2024-06-28"), ff.read(KEEPER, law)
    (then,) = (duty for duty in ff.duties(book, case, on="2024-06-02") if duty.norm == "lighthouse.2.oath")
    assert then.status == "open"
    assert then.due == date(2024, 6, 15)


def test_one_case_or_several(tmp_path: Path) -> None:
    write_case(tmp_path)
    write_case(tmp_path, case="sofie")
    assert len(ff.read_all(tmp_path, hven())) == 2
    with pytest.raises(ProblemError, match="holds 2 cases"):
        ff.read(tmp_path, hven())


@pytest.mark.parametrize(
    "first",
    ["import fodfaeste.rulebook", "import fodfaeste.rulebook as room", "from fodfaeste.rulebook import diff", ""],
)
def test_the_rooms_can_be_imported_in_any_order(first: str) -> None:
    code = f"""
{first}
import fodfaeste as ff
law = ff.load({str(TOY)!r})
assert ff.resolve(law, "2024-06-28").norms
import fodfaeste.rulebook as rb
assert rb.diff and rb.resolve and ff.resolve(law, "2024-06-28").norms
"""
    subprocess.run(
        [sys.executable, "-c", code], check=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT / "src"), "PATH": ""}
    )


def test_nothing_heavy_before_it_is_asked_for() -> None:
    code = "import sys, fodfaeste; print(*sys.modules)"
    env = {"PYTHONPATH": str(ROOT / "src"), "PATH": ""}
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=env)
    assert not {"yaml", "typer", "rich", "polars", "numpy", "fodfaeste.rulebook"} & set(run.stdout.split())


def test_the_law_is_found_where_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FODFAESTE_LAW", raising=False)
    assert find_law().law == ROOT / "law"
    monkeypatch.setenv("FODFAESTE_LAW", str(TOY))
    assert find_law().law == TOY / "law"
    assert find_law(TOY / "law").regimes == TOY / "regimes"
    with pytest.raises(ProblemError, match="there is no law here"):
        find_law(tmp_path)


def test_an_unknown_name() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'dutys'"):
        _ = ff.dutys


def test_a_law_is_read_anew_once_a_file_is_another(tmp_path: Path) -> None:
    for name in ("law", "regimes"):
        shutil.copytree(ROOT / "toylaw" / name, tmp_path / name)
    before = open_law(tmp_path)
    assert open_law(tmp_path) is before
    path = next((tmp_path / "law").glob("*/*.yaml"))
    path.write_text(path.read_text(encoding="utf-8") + "\n# a word more\n", encoding="utf-8")
    after = open_law(tmp_path)
    assert after is not before
    assert after.file_digest != before.file_digest


def test_a_municipalitys_own_regimes_are_read_with_the_law_where_they_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = tmp_path / "vores.yaml"
    own.write_text(PROMISES.read_text(encoding="utf-8"), encoding="utf-8")
    assert "demonstration-loefter" not in open_law().regimes
    monkeypatch.setenv(OWN_REGIMES, str(own))
    book = ff.resolve(open_law(), "2026-11-22", "odense")
    assert "demonstration-loefter" in book.regimes
    assert book["lab.36.koordinerende"].promise is not None
    own.write_text(own.read_text(encoding="utf-8").replace("by: 4 days", "by: 4 fortnights"), encoding="utf-8")
    with pytest.raises(ProblemError, match=r"vores\.yaml"):
        open_law()
    monkeypatch.setenv(OWN_REGIMES, str(tmp_path / "borte.yaml"))
    with pytest.raises(ProblemError, match="there is no such file"):
        open_law()
