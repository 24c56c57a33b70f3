"""A YAML file of the law folder: read fast, and searched for lines only when something is wrong."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import yaml

from fodfaeste.foundation import Problem

_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """The safe loader, which also notices a key written twice (YAML would silently keep the last)."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.twice: list[tuple[int, str]] = []

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        keys = [key.value for key, _ in node.value if isinstance(key.value, str)]
        if len(set(keys)) != len(keys):
            seen: set[str] = set()
            for key, _ in node.value:
                if isinstance(key.value, str):
                    if key.value in seen:
                        self.twice.append((key.start_mark.line + 1, key.value))
                    seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


@dataclass(frozen=True)
class Fragment:
    """One YAML file: its name, its text, what it says, and what is wrong with it as YAML."""

    file: str
    text: str
    content: Any = None
    problems: list[Problem] = field(default_factory=list)

    @cached_property
    def _root(self) -> Any:
        return yaml.compose(self.text, Loader=_Base)

    def line(self, *path: str | int) -> int | None:
        """The line (from 1) of the deepest part of the path that is there."""
        node, line = self._root, None
        for step in path:
            found = _step(node, step)
            if found is None:
                break
            line, node = found
        return line


def read_fragment(file: str, text: str) -> Fragment:
    """Read one YAML text. Bad YAML and keys written twice become ``problems``; nothing is raised."""
    loader = _Loader(text)
    try:
        content = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else None
        message = f"this is not YAML: {error.problem or error.context or 'it cannot be read'}"
        mend = "look for a missing colon, quote, bracket or a wrong indent on this line or the one before"
        return Fragment(file, text, None, [Problem(file, line, "file", message, mend)])
    except (yaml.YAMLError, ValueError) as error:
        message = f"this is not YAML: {' '.join(str(error).split())}"
        mend = "write dates that exist, as 2024-01-31, and text in quotes"
        return Fragment(file, text, None, [Problem(file, _impossible_day(text), "file", message, mend)])
    finally:
        loader.dispose()
    problems = [
        Problem(file, line, key, f"'{key}' is written twice in the same place", "keep one of the two")
        for line, key in loader.twice
    ]
    return Fragment(file, text, content, problems)


def _impossible_day(text: str) -> int | None:
    """The line of the first date that does not exist, which YAML reports without saying where."""
    for number, line in enumerate(text.splitlines(), 1):
        for found in _DAY.findall(line):
            try:
                dt.date.fromisoformat(found)
            except ValueError:
                return number
    return None


def _step(node: Any, step: str | int) -> tuple[int, Any] | None:
    """Line and node of one key or position below a composed node."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line + 1, node.value[step]
    return None
