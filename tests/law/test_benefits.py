"""The amounts of benefits: as published, from rate to rate, and unknown where a fact or a year is missing."""

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from fodfaeste.facts import read_case, view_case
from fodfaeste.foundation import parse_day
from fodfaeste.interfaces import library
from fodfaeste.interfaces.cli import main
from fodfaeste.reasoning import explain
from fodfaeste.rulebook import Law, resolve
from fodfaeste.rulebook.periods import periods
from tests.architecture.source import ROOT


@cache
def law() -> Law:
    return library.load()


def amount(norm: str, on: str, **facts: Any) -> Decimal | None:
    """Kroner of a definition for a person of whom only the facts are known; None when unknown."""
    book = resolve(law(), parse_day(on))
    case = read_case({"case": "p-1", "facts": facts}, law().vocabulary)
    (one,) = explain(book, view_case(case, law().vocabulary, parse_day(on)), norm)
    return None if one.outcome.value is None else Decimal(str(one.outcome.value))


FLEKS = "lab.123.ydelse.fleksloentilskud"


@pytest.mark.parametrize(
    ("on", "wage", "full_time", "expected"),
    [
        ("2024-06-01", 15600, 32067, 15272),  # STAR's calculator
        ("2024-06-01", 8000, 34000, 17552),
        ("2015-06-01", 14000, 23545, 9545),  # Billund's example, after the ceiling
        ("2024-06-01", 0, 34000, 19952),
    ],
)
def test_the_fleksjob_supplement_matches_the_published_points(
    on: str, wage: int, full_time: int, expected: int
) -> None:
    assert amount(FLEKS, on, fleks_loen=wage, fleks_fuldtidsloen=full_time) == expected


def test_a_higher_wage_never_leaves_less_in_all() -> None:
    full = 60000
    kept = [wage + (amount(FLEKS, "2024-06-01", fleks_loen=wage, fleks_fuldtidsloen=full) or 0) for wage in STEPS]
    assert kept == sorted(kept)
    assert max(kept) <= full


STEPS = (0, 8000, 16322, 16323, 16324, 20000, 40000, 59999, 60000)


def test_the_supplement_is_unknown_where_the_threshold_of_the_year_is() -> None:
    assert amount(FLEKS, "2026-06-01", fleks_loen=8000, fleks_fuldtidsloen=34000) is None


def test_kontanthjaelp_changes_on_1_july_2025() -> None:
    person = {
        "foedt": "1985-01-01", "hjemmeboende_boern": False, "bor_alene": True, "kh_opholdskrav": True,
        "kh_beskaeftigelseskrav": True,
    }  # fmt: skip
    assert amount("las.25.ydelse.kontanthjaelp", "2024-12-31", **person) == 12326
    assert amount("las.16.ydelse.kontanthjaelp", "2025-07-01", **person) == 12498 + 1092
    book = resolve(law(), parse_day("2025-07-01"))
    assert "las.25.ydelse.kontanthjaelp" not in book.norms or book.norms["las.25.ydelse.kontanthjaelp"].absent


def test_a_graduates_rate_is_the_published_share_of_the_highest() -> None:
    """The yearly amounts agree with 82, 71.5, 62.11 and 49.17 per cent to the krone, but where a table is rounded."""
    shares = {"forsoerger": "82", "foerste": "71.5", "30plus": "62.11", "under-30": "49.17"}
    highest = {v.span.first: v.value for v in law().norms["rate.dagpenge-max"].versions}
    checked = 0
    for name, share in shares.items():
        for version in law().norms[f"rate.dimittend-{name}"].versions:
            whole, part = highest[version.span.first], version.value
            assert whole is not None
            assert part is not None
            assert abs(Decimal(whole.hi) * Decimal(share) / 100 - part.hi) <= 100  # øre
            checked += 1
    assert checked == 22


@pytest.mark.parametrize(
    ("norm", "per"),
    [
        ("alf.47.ydelse.dagpenge", "month"), ("sdl.50.ydelse.sygedagpenge", "week"),
        ("sdl.50.ydelse.sygedagpenge-time", "hour"), ("las.16.beloeb", "month"), ("lab.loentilskud.time", "hour"),
        ("las.35.sats", "sanction_rate"), ("lab.123.i-alt", "month"),
    ],
)  # fmt: skip
def test_every_amount_says_what_it_is_counted_per(norm: str, per: str) -> None:
    assert periods(law()).norm(norm) == per


def test_every_benefit_norm_names_a_benefit_and_a_period() -> None:
    benefits = set(law().vocabulary.enums["ydelse"].values) | {"sygedagpenge-time"}
    found = {id_: id_.partition(".ydelse.")[2] for id_ in law().norms if ".ydelse." in id_}
    assert set(found.values()) <= benefits
    assert len(found) >= 10
    assert all(periods(law()).norm(id_) for id_ in found)


def benefits_of(folder: Path, day: str, *more: str, **facts: Any) -> Any:
    file = folder / "case.json"
    spells = [{"kind": "ydelse", "type": "kontanthjaelp", "from": "2024-01-01"}]
    file.write_text(
        json.dumps({"format": "fodfaeste/case/1", "case": "p-1", "facts": facts, "spells": spells}), encoding="utf-8"
    )
    result = CliRunner().invoke(main, ["benefits", str(file), "--date", day, "--law", str(ROOT), *more])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_command_puts_what_the_person_receives_first(tmp_path: Path) -> None:
    data = json.loads(benefits_of(tmp_path, "2024-06-01", "--json", foedt="1985-01-01", hjemmeboende_boern=False))
    first, *rest = data["benefits"]
    assert (first["benefit"], first["amount"], first["per"]) == ("kontanthjaelp", "12326.00", "month")
    assert first["received"] is True
    assert first["why"]
    assert first["sources"]
    assert not any(row["received"] for row in rest)


def test_what_is_not_known_is_asked_and_never_zero(tmp_path: Path) -> None:
    data = json.loads(benefits_of(tmp_path, "2024-06-01", "--json", "--lang", "en"))
    unknown = {row["benefit"]: row for row in data["benefits"] if row["in_force"] and row["amount"] is None}
    assert {question["name"] for question in unknown["kontanthjaelp"]["questions"]} >= {"foedt"}
    assert not any(row["amount"] in ("0.00", 0) for row in data["benefits"])


def test_a_year_without_a_rate_is_told_in_words(tmp_path: Path) -> None:
    told = benefits_of(tmp_path, "2025-03-01", "--lang", "en")
    assert "the law data have no amount for" in told
    assert max(map(len, told.splitlines())) <= 100


EARNS = {"foedt": "1985-01-01", "hjemmeboende_boern": False, "arbejdsindtaegt_maaned": 8000}


def beside(folder: Path, day: str, **facts: Any) -> dict[str, Any]:
    data = json.loads(benefits_of(folder, day, "--json", "--lang", "en", **facts))
    (row,) = (one for one in data["benefits"] if one["benefit"] == "kontanthjaelp")
    return {one["norm"]: one for one in row["earnings"]}


def test_earnings_stand_beside_the_benefit_they_lower(tmp_path: Path) -> None:
    """60 hours in 2022: 60 x 28.66 kr. is disregarded, the rest of 8,000 kr. deducted."""
    found = beside(tmp_path, "2022-06-01", **EARNS, arbejdstimer_maaned=60)
    assert (found["las.31.set-bort-fra"]["amount"], found["las.31.trukket-fra"]["amount"]) == ("1719.60", "6280.40")
    assert "Earnings that are deducted" in benefits_of(
        tmp_path, "2022-06-01", "--lang", "en", **EARNS, arbejdstimer_maaned=60
    )


def test_without_hours_the_deduction_is_unknown_and_asked_for(tmp_path: Path) -> None:
    one = beside(tmp_path, "2022-06-01", **EARNS)["las.31.trukket-fra"]
    assert one["amount"] is None
    assert "arbejdstimer_maaned" in {question["name"] for question in one["questions"]}


def test_since_july_2025_the_help_after_earnings_is_known_at_the_level_of_the_act(tmp_path: Path) -> None:
    found = beside(tmp_path, "2025-09-01", **EARNS, kh_opholdskrav=True, kh_beskaeftigelseskrav=True)
    assert set(found) == {"las.31.hjaelp-2024-niveau"}
    assert found["las.31.hjaelp-2024-niveau"]["amount"] == "8489.00"
    assert "2024 level" in found["las.31.hjaelp-2024-niveau"]["label"]["en"]


def test_a_case_that_tells_of_no_earnings_is_not_asked_about_them(tmp_path: Path) -> None:
    assert beside(tmp_path, "2022-06-01", foedt="1985-01-01", hjemmeboende_boern=False) == {}
