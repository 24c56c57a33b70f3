"""The law at hand: read once in a process, and resolved once for each day, place and set of regimes."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.utils.translation import get_language

from fodfaeste.foundation import to_day
from fodfaeste.interfaces import library
from fodfaeste.interfaces.wording import Language, Sentences, Words, before_law, words_of
from fodfaeste.rulebook import Law, Rulebook, resolve


def law() -> Law:
    """The law that came along, or the one in $FODFAESTE_LAW."""
    return library.load()


@lru_cache(maxsize=64)
def rulebook_of(day: date, place: str | None, regimes: tuple[str, ...] | None = None) -> Rulebook:
    """The law of a day at a place (slug, name or code of a municipality); ``regimes`` None: those in force there.

    Raises ResolveError, one sentence, when a regime does not run that day or does not cover the place.
    """
    return resolve(law(), to_day(day), place, regimes)


def language() -> Language:
    """The language of the request."""
    return "en" if (get_language() or "da").startswith("en") else "da"


def before_the_law(day: date) -> str:
    """What to say beside an answer about a day before the law begins; nothing for other days."""
    return before_law(law(), to_day(day), language())


def words(book: Rulebook) -> Words:
    """The words of a rulebook in the request's language."""
    lang = language()
    found = book.cache.get(f"words-{lang}")
    if not isinstance(found, Words):
        found = book.cache[f"words-{lang}"] = words_of(book, lang)
    return found


def words_of_law() -> Words:
    """The words of the law as a whole, in the request's language."""
    return words_of(law(), language())


def sentences(book: Rulebook) -> Sentences:
    """What writes reasons from a rulebook in the request's language."""
    return Sentences(words(book), book)
