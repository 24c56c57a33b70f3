"""Two languages side by side, and the small words both need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal

Language = Literal["da", "en"]

LANGUAGES: Final[tuple[Language, ...]] = ("da", "en")
"""Danish first, English complete."""


def pick(lang: Language, da: str, en: str) -> str:
    """The sentence in the language asked for. Both stand together, so that neither is forgotten."""
    return da if lang == "da" else en


def label_of(labels: Mapping[str, str], lang: Language, otherwise: str = "") -> str:
    """The label in a language; in the other one when it is missing, else ``otherwise``."""
    return labels.get(lang) or labels.get("da") or labels.get("en") or otherwise


def quoted(text: str, lang: Language) -> str:
    """In the quotation marks of the language."""
    return pick(lang, f"»{text}«", f"“{text}”")


def listed(parts: Iterable[str], lang: Language, last: tuple[str, str] = ("og", "and")) -> str:
    """``a, b og c``."""
    words = list(parts)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {pick(lang, *last)} {words[-1]}"


def lowered(label: str) -> str:
    """A label inside a sentence: its first letter small, unless it opens a name or an abbreviation."""
    first, _, rest = label.partition(" ")
    if first[1:2].isupper() or (any(mark in first for mark in "-.") and first[:1].isupper() and first[1:2] == "-"):
        return label
    return label if rest[:1].isupper() else first[:1].lower() + label[1:]


def raised(text: str) -> str:
    """With a capital first letter, as a sentence opens."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """A sentence: a capital first letter, and a full stop when none ends it."""
    text = raised(text.strip())
    return text if text.endswith((".", "!", "?", ":")) or not text else text + "."


def counted(n: int, one: str, many: str) -> str:
    """``1 sag``, ``4 sager``."""
    return f"{n} {one if n == 1 else many}"
