"""The encoding still answers every witness as it did. A witness is no legal source: see witnesses/README.md."""

from functools import cache
from pathlib import Path

import pytest

from fodfaeste.facts import read_case, view_case
from fodfaeste.foundation import from_day
from fodfaeste.interfaces import library
from fodfaeste.reasoning.examples import fits
from fodfaeste.reasoning.reference import Reference
from fodfaeste.rulebook import Law, Rulebook, resolve
from tools.law_mutants.trial import answer
from tools.law_mutants.witnesses import Witness, read_witnesses

FOLDER = Path(__file__).parent / "witnesses"
RENEW = "a jurist reads what changed; then: python -m tools.find_witnesses --only"


@cache
def law() -> Law:
    return library.load()


@cache
def witnesses() -> dict[str, list[Witness]]:
    return read_witnesses(FOLDER)


@cache
def rulebook(day: int) -> Rulebook:
    return resolve(law(), day)


@pytest.mark.parametrize("act", sorted(file.stem for file in FOLDER.glob("*.json")))
def test_every_witness_is_answered_as_before(act: str) -> None:
    changed = []
    for witness in witnesses()[act]:
        case = read_case({"case": "witness", **witness.case}, law().vocabulary, file=f"{act}.json")
        reference = Reference(rulebook(witness.on), view_case(case, law().vocabulary, witness.on))
        for norm, said in witness.expect.items():
            got = answer(reference, norm)
            if not fits(said, got):
                changed.append(f"{norm} on {from_day(witness.on)}: {said} before, {got} now; {RENEW} {norm}")
    assert not changed, "\n".join(changed[:20])
