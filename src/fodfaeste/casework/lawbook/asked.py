"""What somebody who searches the law asked for: sections named in one of the many ways people write them, and words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fodfaeste.rulebook import Law
from fodfaeste.rulebook.norms import Section

_STK = re.compile(r"\bstk\.?\s*(\d+)\b", re.IGNORECASE)
_NR = re.compile(r"\bn(?:r|os?)\.?\s*\d+\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?P<mark>§+)?\s*\b(?P<digits>\d{1,4})(?:\s?(?P<letter>[a-z]))?\b(?!\s*[./-]\s*\d)", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_MOST_NUMBERS = 5


@dataclass(frozen=True)
class Asked:
    """Acts and sections that were named, the paragraph (stk.) if one was, and the words that are left."""

    acts: tuple[str, ...]
    sections: tuple[Section, ...]
    stk: int | None
    words: tuple[str, ...]


def asked(text: str, law: Law) -> Asked:
    """Read ``§31``, ``31 stk 3``, ``LAB 31``, ``sygedagpengeloven § 13 d``, and words among them.

    A number without § or the name of an act is a section only when nothing else is asked: ``26 uger`` are words.
    """
    paragraph = _STK.search(text)
    rest = _NR.sub(" ", _STK.sub(" ", text))
    acts, rest = _acts(rest, law)
    numbers: list[str] = []
    marked = bool(acts) or paragraph is not None

    def take(match: re.Match[str]) -> str:
        if not (match["mark"] or marked or not _WORD.search(_NUMBER.sub(" ", rest))):
            return match[0]
        numbers.append(match["digits"] + (match["letter"] or "").casefold())
        return " "

    left = _NUMBER.sub(take, rest).replace("§", " ")
    sections = tuple(
        section
        for number in numbers[:_MOST_NUMBERS]
        for section in law.sections
        if _number(section) == number and (not acts or section.act in acts)
    )
    if numbers and not sections:  # no such section: what was typed is looked for as it stands
        left = f"{left} {' '.join(numbers)}"
    named = [] if sections else [str(law.vocabulary.acts[act].get("short", act)) for act in sorted(acts)]
    words = tuple(dict.fromkeys(word.casefold() for word in [*named, *_WORD.findall(left)]))
    return Asked(tuple(sorted(acts)), sections, int(paragraph[1]) if paragraph else None, words)


def _number(section: Section) -> str:
    """``105a`` of ``105 a``, ``13b`` of ``13b, form``."""
    return re.split(r"[,(]", section.section.casefold().replace(" ", ""))[0]


def _acts(text: str, law: Law) -> tuple[set[str], str]:
    """The acts a text names, and the text without them."""
    found: set[str] = set()
    for name, acts in sorted(act_names(law).items(), key=lambda pair: -len(pair[0])):
        pattern = re.compile(rf"(?<![\w-]){re.escape(name)}s?(?![\w-])", re.IGNORECASE)
        if pattern.search(text) and (re.search(r"\d", text) or pattern.fullmatch(text.strip())):
            found |= acts
            text = pattern.sub(" ", text)
    return found, text


def act_names(law: Law) -> dict[str, set[str]]:
    """What people call an act → its id: LAB, its full name, and ``…loven`` of the thing it is a law of."""
    names: dict[str, set[str]] = {}
    for act, row in law.vocabulary.acts.items():
        full = str(row.get("name", "")).casefold()
        said = [str(row.get("short", act)).casefold(), full]
        subject = re.match(r"lov om (?:en )?(.+?)(?: m\.v\.)?$", full)
        if subject:
            parts = subject[1].split()
            said += [f"{part}{joint}loven" for part in {parts[0], parts[-1]} for joint in ("", "s")]
        for name in said:
            if name:
                names.setdefault(name, set()).add(act)
    return names
