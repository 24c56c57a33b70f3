"""The register of fields: everything that can be known of a citizen, who needs it, and where it is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fodfaeste.casework.courses.case_steps import CaseStep, case_steps
from fodfaeste.facts import Vocabulary
from fodfaeste.interfaces.needs import Key, Need, needs_of
from fodfaeste.rulebook import Law

FIELD, EVENT, SPELL, ATTRIBUTE = "field", "event", "spell", "attribute"
SENSITIVE = "sensitive"


@dataclass(frozen=True)
class Row:
    """One thing that can be known. ``kind`` is observed or judged for a field, else empty.

    ``steps`` are the case steps that ask about it, ``must`` those that cannot be saved without it.
    """

    key: Key
    label: dict[str, str]
    type: str
    kind: str
    sensitivity: str
    need: Need
    steps: tuple[str, ...] = ()
    must: tuple[str, ...] = ()

    @property
    def what(self) -> str:
        """field, event, spell or attribute."""
        return self.key[0]

    @property
    def name(self) -> str:
        """How it is written in a case: ``foedt``, ``tilbud``, ``tilbud.type``."""
        return ".".join(self.key[1:])


def rows_of(law: Law, day: int) -> list[Row]:
    """Every field, event and spell with its attributes, by what it is and then by name."""
    needs, found = needs_of(law, day), []
    asked = _asked(needs)
    for key, need in needs.items():
        label, type_, kind, sensitivity = _told(key, law.vocabulary)
        steps, must = asked.get(key, ((), ()))
        found.append(Row(key, label, type_, kind, sensitivity, need, steps, must))
    return found


def mandatory(rows: Iterable[Row]) -> list[Row]:
    """What some case step cannot be saved without."""
    return [row for row in rows if row.must]


def _told(key: Key, vocabulary: Vocabulary) -> tuple[dict[str, str], str, str, str]:
    if key[0] == FIELD:
        field = vocabulary.fields[key[1]]
        return dict(field.label), field.type, field.kind, field.sensitivity
    kind = vocabulary.kind(key[1])
    if key[0] == ATTRIBUTE:
        plain = key[2].replace("_", " ")
        return dict(vocabulary.attributes.get(key[2], {"da": plain, "en": plain})), kind.attrs[key[2]], "", ""
    return dict(kind.label), "", "", ""


def _asked(needs: dict[Key, Need]) -> dict[Key, tuple[tuple[str, ...], tuple[str, ...]]]:
    """For each thing the steps that ask about it, and those that must have it: a step must have its own day."""
    steps: dict[Key, list[str]] = {}
    must: dict[Key, list[str]] = {}
    for step in case_steps().values():
        for key, needed in _of_step(step):
            if key not in needs:
                continue  # a law of somebody's own has other words
            if needed or needs[key].now:
                steps.setdefault(key, []).append(step.name)
            if needed:
                must.setdefault(key, []).append(step.name)
    return {key: (tuple(dict.fromkeys(found)), tuple(must.get(key, ()))) for key, found in steps.items()}


def _of_step(step: CaseStep) -> Iterable[tuple[Key, bool]]:
    for line in step.lines:
        yield (SPELL if line.spell else EVENT, line.kind), line is step.main
        yield from (((ATTRIBUTE, line.kind, name), name in line.must) for name in line.ask)
    yield from (((FIELD, name), False) for name in step.facts)
