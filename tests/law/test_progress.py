"""Progress has no effect on rights: the law's words, regimes and all, have nothing a rule could read it from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from fodfaeste.facts.terms import Field, Vocabulary
from fodfaeste.interfaces.library import load
from fodfaeste.rulebook import Law
from fodfaeste.rulebook.graph import version_nodes
from fodfaeste.rulebook.ir import FieldRef, walk

PROGRESS = re.compile(
    r"fremgang|fremskridt|skridt|trin\b|progress|trivsel|well-?being|motivation|check-?in|\bsteps?\b", re.IGNORECASE
)

SPEAKS_OF_SOMETHING_ELSE = {
    "event sagsskridt": "a step of the authority in the case, which the case file must hold (OFL § 13)",
    "event klagevejledning": "the procedure of a complaint",
    "attribute fremgangsmaade": "the procedure of a complaint",
    "fact under_administration": "the progress of a municipality under sharpened supervision, not of a person",
    "attribute trin": "how far an office has come with the order of education it gives (LAB § 30)",
    "enum paalaegstrin": "the same",
    "event uddannelsespaalaeg": "the same",
}
"""Words that look like progress, and whose they are."""


@cache
def law() -> Law:
    return load()


def words(vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Everything a rule can read, and what it is called."""
    for name, one in vocabulary.fields.items():
        yield f"fact {name}", f"{name} {one.label} {one.ask}"
    for kind, found in (("event", vocabulary.events), ("spell", vocabulary.spells)):
        for name, each in found.items():
            yield f"{kind} {name}", f"{name} {each.label} {' '.join(each.attrs)}"
    for name, values in vocabulary.enums.items():
        yield f"enum {name}", f"{name} {values.labels}"
    for name, label in vocabulary.attributes.items():
        yield f"attribute {name}", f"{name} {label}"


def of_progress(vocabulary: Vocabulary) -> set[str]:
    return {name for name, said in words(vocabulary) if PROGRESS.search(said.replace("_", " "))}


def test_no_rule_can_read_how_far_somebody_has_come() -> None:
    assert of_progress(law().vocabulary) - set(SPEAKS_OF_SOMETHING_ELSE) == set()


def test_every_rule_of_the_law_and_of_each_regime_reads_from_these_words_alone() -> None:
    """So what is not among the words can decide nothing: neither a duty, nor a right, nor what somebody is paid."""
    regimes = [norm for regime in law().regimes.values() for norm in regime.added]
    read = set()
    for norm in (*law().norms.values(), *regimes):
        for version in norm.versions:
            read |= {each.name for node in version_nodes(version) for each in walk(node) if isinstance(each, FieldRef)}
    assert len(law().norms) + len(regimes) > 500
    assert len(read) > 50
    assert read <= set(law().vocabulary.fields)
    assert not {name for name in read if f"fact {name}" in of_progress(law().vocabulary)} - {"under_administration"}


def test_a_word_of_progress_would_be_found() -> None:
    vocabulary = law().vocabulary
    plain = next(iter(vocabulary.fields.values()))
    label = {"da": "taget et lille skridt", "en": "has taken a small step"}
    added: Field = replace(plain, name="paa_vej", label=label, ask=label)
    assert "fact paa_vej" in of_progress(replace(vocabulary, fields={**vocabulary.fields, "paa_vej": added}))
