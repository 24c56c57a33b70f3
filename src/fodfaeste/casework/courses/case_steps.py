"""What a caseworker can register, as data: ``steps/*.yaml``. A step names kinds of the vocabulary and nothing else.

What the law then asks about, and by which section, is not written there: the norms are asked when the form is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent / "steps"
_KEYS = {"number", "label", "about", "page", "main", "begins", "along", "facts"}


@dataclass(frozen=True)
class StepLine:
    """A line a step writes: an event or a spell of one kind.

    ``fixed`` are attributes the step itself says, ``ask`` those a person is asked, ``must`` those of them without which
    the line says nothing, ``only`` which values of an attribute belong to the step, ``copy`` those that are as on the
    step's main line.
    """

    kind: str
    spell: bool
    fixed: Mapping[str, Any] = field(default_factory=dict)
    ask: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    copy: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CaseStep:
    """Something a caseworker does in a case, and registers in one go.

    ``number`` is its place among the thirteen steps of the national study; ``page`` names the address of a step that
    has a page of its own. ``begins`` are spells that may begin the same day, ``along`` events that may have happened
    the same day, ``facts`` fields worth asking about whatever the law asks.
    """

    name: str
    number: int
    label: Mapping[str, str]
    about: Mapping[str, str]
    page: str = ""
    main: StepLine | None = None
    begins: tuple[StepLine, ...] = ()
    along: tuple[StepLine, ...] = ()
    facts: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[StepLine, ...]:
        """Every line it may write, the main one first."""
        return (*([self.main] if self.main else []), *self.begins, *self.along)


@cache
def case_steps() -> dict[str, CaseStep]:
    """The steps by name, in the order of the study. Raises ValueError with a sentence where a file has another key."""
    found = [_step(path) for path in sorted(_FOLDER.glob("*.yaml"))]
    return {step.name: step for step in sorted(found, key=lambda step: (step.number, step.name))}


def _step(path: Path) -> CaseStep:
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    unknown = sorted(set(raw) - _KEYS)
    if unknown:
        raise ValueError(f"{path.name}: '{unknown[0]}' is not a part of a step; use {', '.join(sorted(_KEYS))}")
    return CaseStep(
        name=path.stem,
        number=raw["number"],
        label=raw["label"],
        about=raw["about"],
        page=raw.get("page", ""),
        main=_line(raw["main"]) if "main" in raw else None,
        begins=tuple(_line(one) for one in raw.get("begins", ())),
        along=tuple(_line(one) for one in raw.get("along", ())),
        facts=tuple(raw.get("facts", ())),
    )


def _line(raw: Mapping[str, Any]) -> StepLine:
    spell = "spell" in raw
    return StepLine(
        kind=raw["spell"] if spell else raw["event"],
        spell=spell,
        fixed=raw.get("fixed", {}),
        ask=tuple(raw.get("ask", ())),
        must=tuple(raw.get("must", ())),
        only={name: tuple(values) for name, values in raw.get("only", {}).items()},
        copy=raw.get("copy", {}),
    )
