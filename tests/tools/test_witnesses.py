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


@pytest.fixture(scope="module")
def mutant(toylaw: Law) -> Mutant:
    """No example of the toy law knows an escape on the last day that counts."""
    found = next(m for m in mutants_of_norm(toylaw, "goat.1.seize") if "days(29)" in m.change.after)
    assert Bench(toylaw).judged(found).fate == "survived"
    return found


@pytest.fixture(scope="module")
def hunt(toylaw: Law, mutant: Mutant) -> Hunt:
    hunt = Hunt(toylaw, 30)
    assert hunt.kills(mutant)
    return hunt


def test_a_witness_kills_and_is_small(toylaw: Law, mutant: Mutant, hunt: Hunt) -> None:
    (witness,) = hunt.found
    assert set(witness.expect) == {"goat.1.seize"}
    assert set(witness.case) <= {"events", "facts", "unobserved"}
    assert {event["kind"] for event in witness.case["events"]} == {"escape"}
    assert len(witness.case["events"]) <= 2
    again = Bench(replace(toylaw, examples=tuple(examples_of({"goat": hunt.found}))))
    assert again.broken == []
    assert again.judged(mutant).fate == "noticed"


def test_one_witness_serves_many_mutants(mutant: Mutant, hunt: Hunt) -> None:
    assert hunt.kills(mutant)
    assert len(hunt.found) == 1


def test_witnesses_are_counted_apart(toylaw: Law, hunt: Hunt) -> None:
    fates = mutate_law.counted(mutate_law.tried(toylaw, "goat.1.seize", 1, examples_of({"goat": hunt.found})))["goat"]
    assert fates["witnessed"] >= 1
    assert mutate_law.share(fates, ("refused", "noticed")) < mutate_law.share(fates)
    assert "witnessed" not in mutate_law.counted(mutate_law.tried(toylaw, "goat.1.seize"))["goat"]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    one, two = Witness(20000, {}, {"b": "not_in_force"}), Witness(20000, {}, {"a": True})
    write_witnesses(tmp_path, "goat", [one, two])
    assert read_witnesses(tmp_path) == {"goat": [Witness(20000, {}, {"a": True, "b": "not_in_force"})]}
    assert merged([two, one]) == merged([one, two])
