"""Witnesses are found for a mutant, kept small, and count apart from the examples."""

from dataclasses import replace
from pathlib import Path

import pytest

from fodfaeste.rulebook import Law, load_law
from tests.architecture.source import ROOT
from tools import mutate_law
from tools.law_mutants.hunt import Hunt
from tools.law_mutants.mutants import Mutant, mutants_of_norm
from tools.law_mutants.trial import Bench
from tools.law_mutants.witnesses import Witness, examples_of, merged, read_witnesses, write_witnesses

TOY = ROOT / "toylaw"


@pytest.fixture(scope="module")
def toylaw() -> Law:
    return load_law(TOY / "law", TOY / "regimes")


def survivor(law: Law, norm: str, after: str) -> Mutant:
    found = next(m for m in mutants_of_norm(law, norm) if m.change.after.endswith(after))
    assert Bench(law).judged(found).fate == "survived"
    return found


def test_a_witness_kills_and_is_small(toylaw: Law) -> None:
    hunt = Hunt(toylaw, 5)
    assert hunt.kills(survivor(toylaw, "goat.1.spirited", "spirit > 8"))
    (witness,) = hunt.found
    assert set(witness.expect) == {"goat.1.spirited"}
    assert set(witness.case["facts"]) <= {"children", "spirit"}
    assert witness.case["facts"]["spirit"] == 8
    again = Bench(replace(toylaw, examples=tuple(examples_of({"goat": hunt.found}))))
    assert again.broken == []
    assert again.judged(survivor(toylaw, "goat.1.spirited", "spirit > 8")).fate == "noticed"


def test_one_witness_serves_many_mutants(toylaw: Law) -> None:
    hunt, mutant = Hunt(toylaw, 5), survivor(toylaw, "goat.1.spirited", "spirit > 8")
    assert hunt.kills(mutant)
    assert hunt.kills(mutant)
    assert len(hunt.found) == 1


def test_witnesses_are_counted_apart(toylaw: Law) -> None:
    hunt, mutant = Hunt(toylaw, 5), survivor(toylaw, "goat.1.spirited", "spirit > 8")
    hunt.kills(mutant)
    verdicts = mutate_law.tried(toylaw, "goat.1.spirited", 1, examples_of({"goat": hunt.found}))
    fates = mutate_law.counted(verdicts)["goat"]
    assert fates["witnessed"] >= 1
    assert mutate_law.share(fates, ("refused", "noticed")) < mutate_law.share(fates)
    assert "witnessed" not in mutate_law.counted(mutate_law.tried(toylaw, "goat.1.spirited"))["goat"]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    one, two = Witness(20000, {}, {"b": "not_in_force"}), Witness(20000, {}, {"a": True})
    write_witnesses(tmp_path, "goat", [one, two])
    assert read_witnesses(tmp_path) == {"goat": [Witness(20000, {}, {"a": True, "b": "not_in_force"})]}
    assert merged([two, one]) == merged([one, two])
