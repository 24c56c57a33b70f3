"""The synthetic nation: nobody's person numbers, the published figures, and the same people however they are cut."""

from pathlib import Path

import numpy as np
import pytest

from fodfaeste.foundation import ProblemError
from fodfaeste.population.nation import AGES, counts, everybody, people, published_persons, states
from fodfaeste.population.nation.parquet import build, read
from fodfaeste.population.nation.report import report
from fodfaeste.population.nation.sources import leaving, longest_spell, still_there

NUMBER = 60_000


@pytest.fixture(scope="module")
def nation():
    return everybody(NUMBER, seed=3)


def test_the_whole_population_is_the_published_one() -> None:
    table = counts(published_persons())
    assert table.sum() == 5_992_734
    rows = {(row.margin, row.group): row for row in report(table)}
    for state in ("dagpenge", "syg-job", "fleksjob", "foertidspension", "efterloen", "jobafklaring"):
        assert abs(rows["tilstand", state].deviation) < 0.0001
    raked = [row for row in rows.values() if not row.held_out]
    assert max(abs(row.deviation) for row in raked if row.kind == "rate") < 0.05
    assert max(abs(row.deviation) for row in raked if row.margin == "kommune") < 0.005


def test_municipal_unemployment_spreads_as_published() -> None:
    rows = [row for row in report(counts(published_persons())) if row.margin == "ledighed"]
    highest, lowest = max(rows, key=lambda row: row.ours), min(rows, key=lambda row: row.ours)
    assert (highest.group, lowest.group) == ("Ishøj", "Skive")
    assert highest.ours / lowest.ours == pytest.approx(4.1, abs=0.1)


def test_figures_not_raked_to_are_told_apart_with_their_deviation() -> None:
    held = [row for row in report(counts(published_persons())) if row.held_out]
    assert {row.group for row in held} >= {"ledighed-bornholm", "bruttoledighed"}
    assert max(abs(row.deviation) for row in held) > 0.02  # they were not tuned away


def test_person_numbers_belong_to_nobody_and_to_one_each(nation) -> None:
    found = nation.person_numbers()
    assert len(set(found)) == NUMBER
    assert {int(one[:2]) for one in found} <= set(range(61, 92))
    women = nation.koen == 0
    last = np.array([int(one[-1]) for one in found])
    assert (last[women] % 2 == 0).all()
    assert (last[~women] % 2 == 1).all()


def test_everybody_is_of_the_age_and_state_counted(nation) -> None:
    day = np.datetime64("2025-01-01")
    years = (day - nation.foedt.astype("datetime64[D]")).astype(int) / 365.25
    low = np.array(AGES)[nation.alder]
    assert (years >= low - 0.01).all()
    assert (years[nation.alder < len(AGES) - 1] <= low[nation.alder < len(AGES) - 1] + 5.01).all()
    assert (np.bincount(nation.state, minlength=len(states())) == counts(NUMBER).sum(axis=(0, 1, 2))).all()


def test_assistance_under_thirty_goes_to_the_young_without_education(nation) -> None:
    here = np.isin(nation.state, [states().index(one) for one in ("udd-parat", "udd-aktivitetsparat")])
    assert here.sum() > 100
    assert (np.array(AGES)[nation.alder[here]] < 30).all()
    assert (nation.education[here] == 0).all()


def test_the_same_people_whatever_the_cut_and_others_for_another_seed(nation) -> None:
    firsts = []
    for part in people(NUMBER, seed=3):
        firsts.append(part.first)
        mine = nation.slice(part.first, part.first + len(part))
        assert (mine.weeks == part.weeks).all()
        assert (mine.education == part.education).all()
        assert (mine.foedt == part.foedt).all()
    assert len(firsts) == 98
    assert (everybody(NUMBER, seed=4).weeks != nation.weeks).any()


def test_unemployment_lasts_as_published(nation) -> None:
    there = still_there("dagpenge", longest_spell()) / 1e9
    assert there[14] == pytest.approx(0.5, abs=0.005)  # median 14 weeks
    stock, spells_a_year = 74_300, 74_300 / there.sum() * 52
    past_a_year = stock * there[52:].sum() / there.sum() + spells_a_year * there[52]
    assert past_a_year / 238_400 == pytest.approx(0.09, abs=0.005)


def test_sickness_lasts_as_the_spells_of_2012() -> None:
    there = still_there("syg-job", longest_spell())
    published = {
        (0, 4): 13463,
        (4, 8): 6876,
        (8, 13): 7838,
        (13, 26): 13942,
        (26, 39): 9626,
        (39, 52): 7516,
        (52, 104): 8324,
    }
    first_year_two = there[:104].sum()
    for (low, high), spells in published.items():
        share = spells / sum(published.values())
        assert there[low:high].sum() / first_year_two == pytest.approx(share, rel=0.04)


def test_nobody_leaves_more_often_than_always() -> None:
    for state in ("dagpenge", "kh-jobparat", "syg-ledig", "fleksjob"):
        chance = leaving(state, longest_spell())
        assert ((chance > 0) & (chance < 1_000_000)).all()


def test_written_and_read_again(tmp_path: Path) -> None:
    built = build(tmp_path / "nation", 5_000, seed=9)
    assert built.files == 98
    found, made = read(tmp_path / "nation"), everybody(5_000, seed=9)
    for name in ("kommune", "koen", "alder", "state", "education", "foedt", "weeks", "serial"):
        assert (getattr(found, name) == getattr(made, name)).all()


def test_files_are_the_same_to_the_byte(tmp_path: Path) -> None:
    for name in ("one", "two"):
        build(tmp_path / name, 3_000, seed=2, threads=1 if name == "one" else 3)
    parts = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*.*"))
    assert parts
    for part in parts:
        if (tmp_path / "one" / part).is_file():
            assert (tmp_path / "one" / part).read_bytes() == (tmp_path / "two" / part).read_bytes()


def test_nothing_else_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "mine.txt").write_text("kept")
    with pytest.raises(ProblemError, match="something stands there already"):
        build(tmp_path / "letters", 1_000, seed=1, replace=True)
    assert (tmp_path / "letters" / "mine.txt").read_text() == "kept"
    assert [one.name for one in tmp_path.iterdir()] == ["letters"]


def test_a_folder_without_a_nation_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProblemError, match="no nation stands there — make one with fodfaeste nation build"):
        read(tmp_path)
