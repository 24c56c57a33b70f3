"""How hard a text is to read, by Björnsson's LIX: words in a sentence, and words of more than six letters in a hundred.

Below 25 is a children's book, 40 a newspaper, above 50 a statute. A heading or a label is no sentence, so blocks of
less than ``SHORTEST`` words are left out: they would make every page look easy. What others wrote is left out too: the
law's own words (``data-law``) and people's own words (``data-own``).
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

SHORTEST = 4
_INLINE = {"span", "a", "strong", "em", "time", "q", "b", "i"}
_SILENT = ("script", "style", "svg", "textarea", "blockquote", "select")
_NO_END = {"input", "br", "hr", "img", "meta", "link", "use", "path"}
_LONG = 6


class _Blocks(HTMLParser):
    """The text of a page, one string for each block; marked parts and what is not shown are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[list[str]] = [[]]
        self.open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        silent = tag in _SILENT or "data-law" in names or "data-own" in names
        if tag not in _NO_END:
            self.open.append((tag, silent))
        if tag not in _INLINE:
            self.blocks.append([])

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place][0] == tag:
                del self.open[place:]
                break
        if tag not in _INLINE:
            self.blocks.append([])

    def handle_data(self, data: str) -> None:
        if not any(silent for _, silent in self.open):
            self.blocks[-1].append(data)


def blocks_of(html: str) -> list[str]:
    """The blocks of a page that have at least one sentence's worth of words."""
    parser = _Blocks()
    parser.feed(html)
    texts = [" ".join("".join(parts).split()) for parts in parser.blocks]
    return [text for text in texts if len(words_in(text)) >= SHORTEST]


def words_in(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def lix(texts: list[str]) -> float:
    """The LIX of some blocks of text; the end of a block ends a sentence. 0 where there is no text."""
    words = [word for text in texts for word in words_in(text)]
    if not words:
        return 0.0
    sentences = sum(max(1, len(re.findall(r"[.!?:](?=\s|$|[»\"])", text))) for text in texts)
    return len(words) / sentences + 100 * sum(len(word) > _LONG for word in words) / len(words)
