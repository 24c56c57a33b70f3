"""Texts quoted from the law's files: in the reader's language, or marked as English where nobody has translated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fodfaeste.interfaces.wording import Words, plain_fields
from fodfaeste.rulebook.texts import Text, is_reference


@dataclass(frozen=True)
class Quoted:
    """A text, and its language where that is another than the page's."""

    text: str
    lang: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)


def quoted(value: Any, words: Words) -> Quoted:
    """A text of a file in the reader's language; one that nobody has translated is English, and says so."""
    if isinstance(value, Text):
        return Quoted(words.text(value))
    if isinstance(value, str):
        return Quoted(value, "" if words.lang == "en" or is_reference(value) else "en")
    if isinstance(value, dict) and set(value) == {"da", "en"}:
        return Quoted(str(value[words.lang]))
    return Quoted("" if value is None else plain_fields(value))
