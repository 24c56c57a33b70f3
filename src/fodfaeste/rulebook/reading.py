"""One YAML file: its content, and the line of a place in it, found only when something is wrong there."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import yaml

from fodfaeste.foundation import Problem, parse_day
from fodfaeste.rulebook.plainyaml import Loader, load

_DAY = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")

Place = tuple[str | int, ...]
"""The way to a part of a file: keys of mappings and indices in lists."""


class Document:
    """One YAML file: its content, and where in it a place stands.

    ``examples`` are the raw examples found in it, at ``examples_place``; kept until the norms are known.
    """

    def __init__(self, path: Path, root: Path) -> None:
        self.path = path
        self.shown = _shown(path, root)
        self.bytes = path.read_bytes()
        self.digest = hashlib.sha256(self.bytes).hexdigest()
        self.examples: list[dict[Any, Any]] = []
        self.examples_place: Place = ()

    def content(self, problems: list[Problem]) -> Any:
        """The parsed content, or None after adding the reason to ``problems``."""
        try:
            return load(self.bytes)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark else None
            reason = getattr(error, "problem", None) or "no YAML"
            mend = "keep one of the two" if "written twice" in reason else "quote text that holds ': ' or '#'"
            problems.append(Problem(self.shown, line, "file", str(reason), mend))
        except ValueError as error:  # YAML makes a date of whatever looks like one
            problems.append(Problem(self.shown, self._no_day(), "file", str(error), "write days that exist"))
        return None

    def _no_day(self) -> int | None:
        """The line of the first date that does not exist."""
        for number, line in enumerate(self.bytes.decode(errors="replace").splitlines(), 1):
            for found in _DAY.findall(line):
                try:
                    parse_day(found)
                except ValueError:
                    return number
        return None

    def line(self, place: Place) -> int | None:
        """Line of the deepest existing part of a place, counted from 1."""
        try:
            node = yaml.compose(self.bytes, Loader=Loader)
        except yaml.YAMLError:
            return None
        for step in place:
            found = _step(node, step)
            if found is None:
                break
            node = found
        return node.start_mark.line + 1 if node is not None else None

    def problem(self, place: Place, message: str, mend: str, where: str | None = None) -> Problem:
        """A problem at a place of this file."""
        return Problem(self.shown, self.line(place), where or ".".join(map(str, place)), message, mend)


def _shown(path: Path, root: Path) -> str:
    try:
        return str(path.relative_to(root.parent))
    except ValueError:
        return str(path)


def _step(node: Any, step: str | int) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step]
    return None
