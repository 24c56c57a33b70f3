"""Full-text search of the law: ranked, with the words found marked, forgiving of spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import lru_cache, reduce
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from fodfaeste.casework.lawbook.models import CONFIGURATIONS, Edition, Kind, Passage

OPEN, CLOSE = "\ue000", "\ue001"
"""Around a word that was found, in ``Hit.title`` and ``Hit.excerpt``; the rest is plain text, not HTML."""

_LETTERS = (("æ", "ae"), ("ø", "oe"), ("å", "aa"))
_MOST_COMPOUNDS = 12
_SHORTEST_PART = 4
_ASIDE, _OVER = 0.5, 0.2  # how much less examples and regimes weigh, and what is no longer in force
_ENDINGS = re.compile(r"(erne|ernes|ene|enes|en|et|er|es|e|s|ne)$")


@dataclass(frozen=True)
class Hit:
    """A passage that was found; ``title`` and ``excerpt`` carry marks around the words, ``over`` is what has ended."""

    kind: str
    key: str
    act: str
    section: str
    title: str
    excerpt: str
    over: bool


@dataclass(frozen=True)
class Found:
    """A page of hits, how many there are by kind, and what was meant by words nobody uses."""

    hits: tuple[Hit, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    unknown: dict[str, tuple[str, ...]] = field(default_factory=dict)
    language: str = "da"

    @property
    def total(self) -> int:
        """How many passages were found."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class Lexicon:
    """The words of the law in one language: as they are, and with plain letters."""

    words: tuple[str, ...]
    folded: dict[str, str]

    def near(self, word: str) -> tuple[str, ...]:
        """Words that look like this one, nearest first."""
        near = get_close_matches(fold(word), self.folded, n=3, cutoff=0.74)
        return tuple(self.folded[one] for one in near)

    def with_part(self, word: str) -> list[str]:
        """Words that begin or end with this one, as Danish compounds do; and the same word with Danish letters."""
        word = self.folded.get(fold(word), word)
        stem = _ENDINGS.sub("", word) if len(word) > _SHORTEST_PART + 1 else word
        if len(stem) < _SHORTEST_PART:
            return []
        plain = fold(stem)
        return [self.folded[one] for one in self.folded if plain in one and self._is_part(plain, one)]

    @staticmethod
    def _is_part(part: str, word: str) -> bool:
        return word.startswith(part) or len(word) - word.rindex(part) - len(part) <= len("ernes")


def fold(word: str) -> str:
    """A word as somebody writes it who has no æ, ø and å."""
    for letter, plain in _LETTERS:
        word = word.casefold().replace(letter, plain)
    return word


def edition() -> str:
    """The digest of the law that can be searched; empty before any has been indexed."""
    return Edition.objects.values_list("digest", flat=True).first() or ""


def lexicon(language: str) -> Lexicon:
    """The words of the law that can be searched."""
    return _lexicon(edition(), language)


@lru_cache(maxsize=4)
def _lexicon(digest: str, language: str) -> Lexicon:
    row = Edition.objects.filter(digest=digest).first()
    words = tuple(row.words.get(language, ())) if row else ()
    return Lexicon(words, {fold(word): word for word in reversed(words)})


def search(
    words: Sequence[str],
    language: str,
    today: date,
    *,
    kind: str = "",
    first: int = 0,
    size: int = 20,
    within: Iterable[tuple[str, str]] = (),
) -> Found:
    """Passages in which all the words occur, the best first; only ``within`` these (act, section) if any are given.

    A word nobody uses in the law is told in ``unknown``, with those it may have been meant for.
    """
    known = lexicon(language)
    compounds = {word: known.with_part(word) for word in words}
    unknown = {
        word: known.near(word) for word, others in compounds.items() if not others and not _occurs(word, language)
    }
    if not words:
        return Found(language=language)
    exact = _all(SearchQuery(word, config=config) for word in words for config in [CONFIGURATIONS[language]])
    wide = _all(_wide(word, compounds[word], language) for word in words)
    rows = Passage.objects.filter(language=language, vector=wide)
    places = [Q(act=act, section=section) for act, section in within]
    if places:
        rows = rows.filter(reduce(lambda one, other: one | other, places))
    counts = {row["kind"]: row["n"] for row in rows.values("kind").annotate(n=Count("pk")).order_by()}
    if kind:
        rows = rows.filter(kind=kind)
    return Found(tuple(_hits(rows, exact, wide, language, today, first, size)), counts, unknown, language)


def _occurs(word: str, language: str) -> bool:
    return Passage.objects.filter(language=language, vector=_wide(word, (), language)).exists()


def _wide(word: str, compounds: Iterable[str], language: str) -> Any:
    """A word in its forms, as it stands in names, in English notes, as the beginning or a part of another word."""
    own = CONFIGURATIONS[language]
    parts = [SearchQuery(word, config=own), SearchQuery(word, config="simple"), SearchQuery(word, config="english")]
    letters = re.sub(r"[^\w]", "", word)
    if len(letters) >= _SHORTEST_PART:
        parts.append(SearchQuery(f"{letters}:*", config="simple", search_type="raw"))
    parts += [SearchQuery(one, config=own) for one in list(compounds)[:_MOST_COMPOUNDS]]
    return reduce(lambda one, other: one | other, parts)


def _all(queries: Iterable[Any]) -> Any:
    return reduce(lambda one, other: one & other, queries)


def _hits(
    rows: QuerySet[Passage], exact: Any, wide: Any, language: str, today: date, first: int, size: int
) -> Iterable[Hit]:
    marks: dict[str, Any] = {"start_sel": OPEN, "stop_sel": CLOSE}
    cut: dict[str, Any] = {"max_words": 32, "min_words": 14, "max_fragments": 2, "fragment_delimiter": " … "}
    weight = Case(
        When(until__lt=today, then=Value(_OVER)),
        When(kind__in=[Kind.EXAMPLE, Kind.REGIME], then=Value(_ASIDE)),
        default=Value(1.0),
    )
    ranked = rows.annotate(
        rank=(SearchRank(F("vector"), exact) * Value(4) + SearchRank(F("vector"), wide, normalization=Value(1)))
        * weight,
    ).order_by("-rank", "kind", "key")[first : first + size]
    shown = ranked.annotate(
        in_title=SearchHeadline("title", wide, config=CONFIGURATIONS[language], highlight_all=True, **marks),
        in_body=SearchHeadline("body", wide, config=CONFIGURATIONS[language], **marks, **cut),
        in_notes=SearchHeadline("notes", wide, config=CONFIGURATIONS[language], **marks, **cut),
    )
    for row in shown.values_list("kind", "key", "act", "section", "until", "in_title", "in_body", "in_notes"):
        kind, key, act, section, until, title, body, notes = row
        excerpt = notes if OPEN not in body and OPEN in notes else body
        yield Hit(kind, key, act, section, title, excerpt, until is not None and until < today)
