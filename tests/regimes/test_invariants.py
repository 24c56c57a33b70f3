"""What holds under every regime, on every day on which anything changes, for random people.

The rights are those of ``law/protected.yaml``.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import cache
from typing import Any

import pytest

from fodfaeste.reasoning import Judge, Status
from fodfaeste.rulebook import ResolvedNorm, Rulebook, resolve
from tests.agreement.evaluators import facts_of
from tests.agreement.laws import (
    DEEP,
    changed,
    danish_law,
    day_of,
    days_of,
    deep_digests,
    differing_places,
    edges_of,
    part,
)
from tests.agreement.people import people
from tests.agreement.sweep import in_force

LAW = danish_law()
ADDITIVE = {"extend", "promise"}
"""What may be done to a protected norm; blanks in it may be filled besides."""
PEOPLE = 30
OF_ADMINISTRATION = ("fvl.*", "ofl.*", "rsl.*")
LEFT_ALONE = (Status.NOT_APPLICABLE, Status.WAIVED, Status.LAPSED)
FAMILIES = [(right["right"]["en"], tuple(right["norms"])) for right in LAW.protected]
MAY_MOVE_TO = {"A responsible authority": ("lob.18b.gennemfoerer",)}
"""While the a-kasse has the contact course, it is the a-kasse that is responsible."""
REGIMES = sorted(LAW.regimes)


def under(regime: str) -> list[Rulebook]:
    window = LAW.regimes[regime].window
    return [resolve(LAW, day, regimes=[regime]) for day in days_of(LAW) if window.covers(day)]


def at(place: str) -> list[Rulebook]:
    return [resolve(LAW, day, place) for day in edges_of(LAW, differing_places(LAW)[place])]


@cache
def matches(norm: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(norm, pattern) for pattern in patterns)


def fills(rulebook: Rulebook, norm: str) -> bool:
    """Whether something in force fills the norm."""
    return any(other.norm.fills == norm for other in rulebook.norms.values() if not other.absent)


# The text of the law


def check_text(freed: Rulebook) -> None:
    """Benefits are the same to the øre; administrative law is the same; other rights may be given more of."""
    (benefits,) = [patterns for name, patterns in FAMILIES if "benefit" in name]
    protected = tuple(pattern for _, patterns in FAMILIES for pattern in patterns)
    general = day_of(LAW, freed.day)
    before, after = deep_digests(general), deep_digests(freed)
    for norm in in_force(general):
        if matches(norm, benefits):
            assert before[norm] == after.get(norm), f"{norm} or what it reads is another"
        elif matches(norm, (*OF_ADMINISTRATION, *protected)):
            assert {op for _, op in freed[norm].edits} <= ADDITIVE, norm
            same = freed[norm].digest == general[norm].digest
            more = freed[norm].edits and matches(norm, protected)
            assert same or more or fills(freed, norm), f"{norm} is another"


def test_every_protected_right_is_in_the_law() -> None:
    for name, patterns in FAMILIES:
        for pattern in patterns:
            assert any(fnmatchcase(norm, pattern) for norm in LAW.norms), f"{name}: nothing matches {pattern}"


# People


def gives(norm: ResolvedNorm, raw: Any, perhaps: bool = False) -> bool:
    """Whether an outcome gives the person something: a right, a duty owed, a value (for one item at least).

    ``perhaps``: or may do so, when more is known.
    """
    if isinstance(raw, list):
        return any(gives(norm, one, perhaps) for one in raw)
    if len(raw) > 1:
        return raw[0] not in LEFT_ALONE and (perhaps or raw[0] != Status.UNKNOWN)
    if (norm.norm.type or "bool") == "bool":
        return raw[0] == 2 or (perhaps and raw[0] == 1)
    return perhaps or raw[0] is not None


def check_families(freed: Rulebook, name: str, seen: set[tuple[str, ...]]) -> None:
    """Nobody who has a protected right by general law is without it for certain (it may move to another norm).

    ``seen``: families that read, on both sides, as on a later day, and need no people again unless the run is deep.
    The latest day is asked about first: most has happened under the regime by then.
    """
    general = day_of(LAW, freed.day)
    before_it, under_it = in_force(general), in_force(freed)
    read_before, read_under = deep_digests(general), deep_digests(freed)
    differing = set(changed(freed, general)) | {norm for norm in before_it if norm not in freed.norms}
    for right, patterns in FAMILIES:
        family = [norm for norm in before_it if matches(norm, patterns)]
        if not differing & set(family):
            continue
        kept = [norm for norm in under_it if matches(norm, (*patterns, *MAY_MOVE_TO.get(right, ())))]
        reads = (right, *(read_before[norm] for norm in family), "", *(read_under[norm] for norm in kept))
        if reads in seen and not DEEP:
            continue
        seen.add(reads)
        before, after = Judge(part(general, family)), Judge(part(freed, kept))
        for view in people(general, family, PEOPLE, f"{name} {right} {freed.day}"):
            had = [norm for norm in family if gives(general[norm], before.one(view, norm))]
            has = [norm for norm in kept if gives(freed[norm], after.one(view, norm), perhaps=True)]
            assert has or not had, f"{right} is lost under {name}: {had} {facts_of(general, view, had[0])}"


@pytest.mark.slow
@pytest.mark.parametrize("regime", REGIMES)
def test_protected_rights_stand_under(regime: str) -> None:
    seen: set[tuple[str, ...]] = set()
    for freed in reversed(under(regime)):
        check_text(freed)
        check_families(freed, regime, seen)


@pytest.mark.slow
@pytest.mark.parametrize("place", sorted(differing_places(LAW)))
def test_protected_rights_stand_where_several_regimes_ran(place: str) -> None:
    seen: set[tuple[str, ...]] = set()
    for freed in reversed(at(place)):
        check_text(freed)
        check_families(freed, place, seen)


def of_the_citizen(norm: ResolvedNorm) -> bool:
    return norm.norm.owed_by == "borger" and norm.must is not None


@pytest.mark.slow
@pytest.mark.parametrize("regime", REGIMES)
def test_no_burden_reaches_back(regime: str) -> None:
    """On its first day a regime makes nobody late with what general law did not already ask for by then."""
    first = LAW.regimes[regime].window.first
    assert first is not None
    freed, general = resolve(LAW, first, regimes=[regime]), day_of(LAW, first)
    for norm in (norm for norm in changed(freed, general) if of_the_citizen(freed[norm])):
        judge = Judge(part(freed, [norm]))
        before = Judge(part(general, [norm])) if norm in general.norms else None
        for view in people(freed, [norm], PEOPLE, f"{regime} {norm}"):
            late = [raw for raw in listed(judge.one(view, norm)) if raw[0] == Status.LATE and raw[2] < first]
            already = [raw for raw in listed(before.one(view, norm)) if raw[0] == Status.LATE] if before else []
            assert len(late) <= len(already), facts_of(freed, view, norm)


def listed(raw: Any) -> list[Any]:
    return raw if isinstance(raw, list) else [raw]


def test_no_regime_puts_a_new_duty_or_sanction_on_the_citizen() -> None:
    for regime in LAW.regimes.values():
        for norm in regime.added:
            assert norm.kind != "sanction", norm.id
            assert norm.owed_by != "borger" or norm.kind != "duty", norm.id


# Its end


@pytest.mark.parametrize("regime", [id_ for id_ in REGIMES if LAW.regimes[id_].was_law])
def test_after_its_end_general_law_governs_what_happens_then(regime: str) -> None:
    ended = LAW.regimes[regime]
    assert ended.window.last is not None
    for place in ended.who or tuple(LAW.municipalities)[:1]:
        after = resolve(LAW, ended.window.last + 1, place)
        assert regime not in after.regimes
        touched = [norm for norm in after.norms.values() if regime in {id_ for id_, _ in norm.edits}]
        assert all(norm.norm.governed_by is not None for norm in touched), "only what happened while it ran is bound"
        assert not {norm.id for norm in ended.added} & set(after.norms)
