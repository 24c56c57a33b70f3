"""The random people are not dull: every norm has been owed, true or known of some of them, or it is said here why not.

People made as those of the comparisons are, for what was not seen yet, asked by the fast evaluator alone. It stops as
soon as every norm was seen; the figures of the whole run are printed at its end (in full with -v).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fodfaeste.facts import View
from fodfaeste.reasoning import Status
from fodfaeste.rulebook import Law, Rulebook, resolve
from tests.agreement.coverage import TRUE, Coverage
from tests.agreement.evaluators import by_judge
from tests.agreement.laws import changed, danish_law, day_of, days_of, part, toy_law
from tests.agreement.people import people
from tests.agreement.sweep import PEOPLE, in_force

NOT_MODELLED = "the law file says why it cannot be expressed: its outcome is unknown, whoever is asked about"
NEVER_TRUE = {
    "eg-01b-sickpay.sats": NOT_MODELLED,
    "lab.123.forrige-maaned": NOT_MODELLED,
    "lab.123.indtaegtstyper": NOT_MODELLED,
    "lab.123.loenloft": NOT_MODELLED,
    "las.16.hjemmeboende": NOT_MODELLED,
    "las.52.under-30": NOT_MODELLED,
    "las.74a.uden-hovedregel": NOT_MODELLED,
    "ref-2027-sickpay.sats": NOT_MODELLED,
    "rsl.72.opsaettende-virkning": "a constant: no complaint suspends a decision",
}
"""Norms that no one can be found for, and why."""

NEVER_APPLIED = {"rsl.72.opsaettende-virkning"}
"""Those of them that never leave "not applicable" or false, not even in doubt."""


FEW = 12
"""People asked at a time; only where that was not enough, as many again, until there were PEOPLE."""


def covered(law: Law) -> Coverage:
    """What was reached, law by law, until every norm had been seen true."""
    unseen = {*law.norms, *(norm.id for regime in law.regimes.values() for norm in regime.added)} - set(NEVER_TRUE)
    coverage = Coverage()
    for day, rulebook, touched in rulebooks_of(law):
        here = touched.intersection(in_force(rulebook))
        if unseen & here:  # those never true are asked on every day: that they are not is what is to be shown
            asked = sorted(here & (unseen | set(NEVER_TRUE)))
            small = part(rulebook, asked)
            for few in range(PEOPLE // FEW):
                unseen -= seen(coverage, small, asked, people(small, asked, FEW, f"coverage {day} {few}"))
                if not unseen & here:
                    break
    assert not unseen - set(coverage.rows), "these norms are in force on no day, under no regime"
    return coverage


def rulebooks_of(law: Law) -> Iterator[tuple[int, Rulebook, set[str]]]:
    """The newest law; what regimes add or fill, on each day of theirs; the law as it was: day, rulebook, norms."""
    newest, *earlier = reversed(days_of(law))
    yield newest, day_of(law, newest), set(law.norms)
    for regime in law.regimes.values():
        if regime.added or regime.kind == "local":  # a local regime fills the blanks of the law
            for day in filter(regime.window.covers, reversed(days_of(law))):  # late, there is more to look back on
                rulebook = resolve(law, day, regimes=[regime.id])
                yield day, rulebook, set(changed(rulebook, day_of(law, day)))
    for day in earlier:
        yield day, day_of(law, day), set(law.norms)


def seen(coverage: Coverage, rulebook: Rulebook, norms: list[str], views: list[View]) -> set[str]:
    """Add what these people reach; gives what was true of somebody so far."""
    coverage.add(rulebook, norms, by_judge(rulebook, norms, views))
    return set(coverage.rows) - set(coverage.never_true)


def words_said(coverage: Coverage) -> set[str]:
    return {word for counter in coverage.rows.values() for word in counter}


def say_the_rest(law: Law, coverage: Coverage) -> None:
    """Some statuses are rare: people with duties of the newest law are asked until each was said of somebody."""
    newest = day_of(law, days_of(law)[-1])
    duties = [id_ for id_ in in_force(newest) if newest[id_].must is not None]
    small = part(newest, duties)
    for few in range(PEOPLE):
        if words_said(coverage) >= {status.word for status in Status}:
            return
        seen(coverage, small, duties, people(small, duties, FEW, f"statuses {few}"))


@pytest.mark.slow
def test_every_norm_has_something_to_say_of_somebody() -> None:
    coverage = covered(danish_law())
    say_the_rest(danish_law(), coverage)
    assert set(coverage.never_true) == set(NEVER_TRUE)
    assert set(coverage.never_applied) == NEVER_APPLIED
    assert words_said(coverage) >= {TRUE, *(status.word for status in Status)}


def test_every_norm_of_hven_has_something_to_say_of_somebody() -> None:
    law = toy_law()
    if law is None:
        pytest.skip("the law of Hven is not here")
    assert covered(law).never_true == ["goat.1.spirit"], "nobody can count a goat's spirit: not modelled"
