"""Texts of the law files that people read: in Danish, and in English where someone has translated."""

from __future__ import annotations

import re
from typing import Any, Self

_WORD = re.compile(r"[^\W\d_]{2,}")
_ABBREVIATED = {"stk", "nr", "pkt", "ff"}


class Text(str):
    """A text in two languages: as a string it is the Danish one, ``en`` is the English."""

    __slots__ = ("en",)
    en: str

    def __new__(cls, da: str, en: str) -> Self:
        """Both languages of one text."""
        made = super().__new__(cls, da)
        made.en = en
        return made

    def __reduce__(self) -> tuple[type[Text], tuple[str, str]]:
        return Text, (str(self), self.en)


def is_text(value: Any) -> bool:
    """Whether a value of a file is a text: words alone, or ``{da: …, en: …}`` with both."""
    if isinstance(value, dict):
        return set(value) == {"da", "en"} and all(isinstance(one, str) and one.strip() for one in value.values())
    return isinstance(value, str)


def text(value: Any) -> Any:
    """A value of a file as a text; words alone stay as they are."""
    return Text(value["da"], value["en"]) if isinstance(value, dict) else value


def in_language(value: str, lang: str) -> str:
    """The text in a language; words alone are what there is."""
    return value.en if lang == "en" and isinstance(value, Text) else str(value)


def in_all(value: str) -> str:
    """The text in every language it has, one after the other: what can be searched in."""
    return f"{value} {value.en}" if isinstance(value, Text) else str(value)


def is_reference(value: str) -> bool:
    """Whether a text only refers to law (``LAB § 95, stk. 1``), and so reads alike in all languages."""
    words = _WORD.findall(value)
    return any(map(str.isdigit, value)) and all(word.isupper() or word in _ABBREVIATED for word in words)
