"""What an expression may refer to where it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fodfaeste.facts.vocabulary import Vocabulary


class GrammarError(Exception):
    """An expression breaks the grammar or its types; ``mend`` says how to put it right."""

    def __init__(self, message: str, mend: str) -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend


@dataclass(frozen=True)
class Scope:
    """Vocabulary, the names of norms, and the spell or event an ``each`` norm is judged for."""

    vocabulary: Vocabulary
    norm_of_name: dict[str, str]
    type_of_norm: Callable[[str], str]
    each: str | None = None
    last_day: bool | None = None  # stated rounding of month arithmetic; None = not stated

    def enum_size(self, type_: str) -> int:
        """Number of values of an enum type, 0 for other types."""
        enum = self.vocabulary.enums.get(type_)
        return len(enum.values) if enum else 0

    def attributes(self, kind: str) -> Mapping[str, str]:
        """Attribute types of an event or spell kind. Raises GrammarError when there is no such kind."""
        if kind in self.vocabulary.events:
            return self.vocabulary.events[kind].attrs
        if kind in self.vocabulary.spells:
            return self.vocabulary.spells[kind].attrs
        raise GrammarError(f"'{kind}' is neither an event nor a spell", nearest(kind, self.kinds()))

    def kinds(self) -> list[str]:
        """Every event and spell kind."""
        return [*self.vocabulary.events, *self.vocabulary.spells]

    def is_spell(self, kind: str) -> bool:
        """Whether a kind is a spell (it lasts) rather than an event."""
        return kind in self.vocabulary.spells


def nearest(word: object, choices: list[str]) -> str:
    """A mend that names the closest known word."""
    from difflib import get_close_matches

    close = get_close_matches(str(word), choices, n=1)
    return f"did you mean '{close[0]}'?" if close else "use a name that the vocabulary or a norm defines"
