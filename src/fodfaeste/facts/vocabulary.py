"""The vocabulary: what can be known about a person with a case, read from ``law/vocabulary/*.yaml``.

A fact is *observed* (someone recorded it) or *judged* (a hole only a named person may fill). What a norm
computes is not listed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fodfaeste.facts.builder import Builder
from fodfaeste.facts.terms import EnumType, EventKind, Field, Labels, SpellKind, Vocabulary
from fodfaeste.foundation import Problem, ProblemError

__all__ = [
    "EnumType",
    "EventKind",
    "Field",
    "Labels",
    "SpellKind",
    "Vocabulary",
    "build_vocabulary",
    "load_vocabulary",
]


def load_vocabulary(folder: Path) -> Vocabulary:
    """Read ``vocabulary/*.yaml`` in the law folder. Raises ProblemError with all problems at once."""
    room = Path(folder) / "vocabulary"
    paths = sorted(room.glob("*.yaml"))
    if not paths:
        mend = "give the law folder that holds a folder named vocabulary"
        raise ProblemError([Problem(str(room), None, "folder", "there is no vocabulary here", mend)])
    return build_vocabulary({str(path): path.read_text(encoding="utf-8") for path in paths})


def build_vocabulary(texts: Mapping[str, str]) -> Vocabulary:
    """Build a vocabulary from YAML texts by file name. Raises ProblemError with all problems at once."""
    builder = Builder()
    for file, text in texts.items():
        builder.read(file, text)
    return builder.vocabulary()
