"""A JSON file as people save them: with a byte order mark, in another encoding, cut off, or not JSON at all."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fodfaeste.foundation import Problem, ProblemError

_LOOK = "look for a missing comma, quote or bracket on this line or the one before"
_BEGINNINGS = ("{", "[")
_DIGITS = frozenset("123456789")
_SHOWN = 30
"""How much is shown of a file that begins like something else."""


def read_json(file: Path, mapping: Callable[[list[tuple[str, Any]]], dict[str, Any]]) -> Any:
    """What the file holds; ``mapping`` makes each object. Raises ProblemError with the line, and how to mend it."""
    text = _text(file)
    try:
        return json.loads(text, object_pairs_hook=mapping, parse_float=number)
    except json.JSONDecodeError as error:
        message, mend = _told(text, error)
        raise ProblemError([Problem(str(file), error.lineno, "file", message, mend)]) from None
    except UnfitNumberError as error:
        message, mend = error.message, error.mend
    except RecursionError:
        message, mend = "the brackets lie too deep in each other", "write a case as in docs/guide/case-format.md"
    except ValueError:  # Python refuses a whole number of thousands of digits
        message, mend = "a number is too long to be read", "shorten it, or write it in quotes if it is an id"
    raise ProblemError([Problem(str(file), None, "file", message, mend)])


class UnfitNumberError(ValueError):
    """A number in JSON that a computer's own numbers cannot hold: ``message`` says which, ``mend`` what to write."""

    def __init__(self, message: str, mend: str) -> None:
        super().__init__(f"{message}; {mend}")
        self.message = message
        self.mend = mend


def number(text: str) -> float:
    """A number with decimals or an exponent, as JSON has it. UnfitNumberError where it would be read as 0 or endless.

    What is not nothing must not become nothing: ``1e-400`` is refused, ``0.0`` and ``0e5`` are 0.
    """
    found = float(text)
    shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    if found == 0 and any(digit in _DIGITS for digit in text.lower().partition("e")[0]):
        mend = "write 0 if nothing is meant, and null if it is not known"
        raise UnfitNumberError(f"{shown} is too small a number to be one", mend)
    if math.isinf(found):
        raise UnfitNumberError(
            f"{shown} is too large a number to be read", "shorten it, or write it in quotes if it is an id"
        )
    return found


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        problem = Problem(str(file), None, "file", "the file is not UTF-8", "save it as UTF-8")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        problem = Problem(str(file), None, "file", f"the file cannot be read: {reason}", "give another file")
    raise ProblemError([problem])


def _told(text: str, error: json.JSONDecodeError) -> tuple[str, str]:
    """What is wrong and how to mend it, of what people do most often: nothing, a table, two cases after each other."""
    start = text.lstrip()
    if not start:
        return "the file is empty", "write a case, as fodfaeste case new does"
    if not start.startswith(_BEGINNINGS):
        first = start.splitlines()[0][:_SHOWN]
        mend = "give tables of cases names that end in .csv or .parquet; a case in JSON begins with a brace"
        return f"this is not JSON: it begins with »{first}«", mend
    if error.msg == "Extra data":
        return "the file goes on where the case has ended", "write several cases as a list: [{…}, {…}]"
    return f"this is not JSON: column {error.colno}: {error.msg}", _LOOK
