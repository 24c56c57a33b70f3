"""Which strings of the pages have no English text. The source is Danish; English lies in catalogues beside each area.

    python -m tools.translations [AREA …]   adds what is missing to the catalogues, with an empty text, and lists it
    python -m tools.translations --prune    takes out what nobody says any more

A catalogue belongs to an area: ``interfaces/web/<area>/locale``, ``interfaces/web/locale`` for the frame and the site,
``casework/<app>/locale``.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import normalize, read_po

ROOM = Path(__file__).resolve().parents[1] / "src" / "fodfaeste"
WEB = ROOM / "interfaces" / "web"
SOURCES = (ROOM / "casework", WEB, ROOM / "interfaces" / "site")
CALLS = {
    "gettext": 0, "gettext_lazy": 0, "gettext_noop": 0, "ngettext": 0, "ngettext_lazy": 0,
    "pgettext": 1, "pgettext_lazy": 1, "npgettext": 1, "npgettext_lazy": 1,
}  # fmt: skip
"""Functions of ``django.utils.translation``, and where the text stands among their arguments."""

HEAD = """msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""

SPOKEN = ("alt", "aria-label", "aria-description", "placeholder", "title", "label")
"""Attributes that people hear or read."""
SILENT = ("script", "style", "code", "kbd")


@dataclass(frozen=True)
class Said:
    """A string to translate, where it stands."""

    text: str
    plural: str
    context: str
    file: Path
    line: int

    @property
    def catalogue(self) -> Path:
        """The file its English belongs in."""
        return area_of(self.file) / "locale" / "en" / "LC_MESSAGES" / "django.po"

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOM)}:{self.line}: {self.text!r}"


def area_of(file: Path) -> Path:
    """The area of a file: its folder under ``web`` if that has addresses of its own, else ``web``; else its app."""
    if file.is_relative_to(ROOM / "casework"):
        return ROOM / "casework" / file.relative_to(ROOM / "casework").parts[0]
    if file.is_relative_to(WEB):
        own = WEB / file.relative_to(WEB).parts[0]
        return own if (own / "urls.py").exists() else WEB
    return WEB


def templates() -> list[Path]:
    """Every template."""
    return sorted(path for source in SOURCES for path in source.glob("**/templates/**/*") if path.is_file())


def all_said() -> list[Said]:
    """Every string the pages and casework ask to have translated, once for each place."""
    found: dict[Said, None] = {}
    for source in SOURCES:
        for path in sorted(source.glob("**/*.py")):
            found |= dict.fromkeys(said_in_python(path.read_text(encoding="utf-8"), path))
    for path in templates():
        found |= dict.fromkeys(said_in_template(path.read_text(encoding="utf-8"), path))
    return list(found)


def said_in_python(code: str, path: Path) -> Iterator[Said]:
    """The strings a module hands to Django's translation, under whatever name it imported it."""
    tree = ast.parse(code)
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        function = names.get(called, called if called in CALLS else "")
        if function in CALLS:
            texts = [str(part.value) for part in node.args if isinstance(part, ast.Constant)]
            place = CALLS[function]
            if len(texts) <= place:
                raise ValueError(f"{path}:{node.lineno}: {called} wants the text itself, so that it can be found")
            plural = texts[place + 1] if function.startswith(("n", "np")) else ""
            yield Said(texts[place], plural, texts[0] if place else "", path, node.lineno)


def said_in_template(source: str, path: Path) -> Iterator[Said]:
    """The strings of a template, exactly as Django will look them up."""
    from django.template import Template

    for node in _nodes(Template(source).nodelist):
        line = node.token.lineno if getattr(node, "token", None) else 0
        kind = type(node).__name__
        if kind == "BlockTranslateNode":
            text, _ = node.render_token_list(node.singular)
            plural = node.render_token_list(node.plural)[0] if node.plural else ""
            yield Said(text, plural, _literal(node.message_context), path, line)
        elif kind == "TranslateNode":
            text = _literal(node.filter_expression)
            if text:
                yield Said(text, "", _literal(node.message_context), path, line)
        else:
            for text in _constants(node):
                yield Said(text, "", "", path, line)


def _nodes(nodelist: Any) -> Iterator[Any]:
    for node in nodelist:
        yield node
        for name in ("nodelist", "nodelist_loop", "nodelist_empty", "nodelist_true", "nodelist_false"):
            yield from _nodes(getattr(node, name, None) or [])
        for _, below in getattr(node, "conditions_nodelists", []):
            yield from _nodes(below)


def _literal(expression: Any) -> str:
    found = getattr(expression, "var", None)
    found = getattr(found, "literal", found)
    return found if isinstance(found, str) else ""


def _constants(node: Any) -> Iterator[str]:
    """Constants written as ``_("…")`` inside a tag or a variable; Django made them texts that wait for a language."""
    from django.template.base import FilterExpression
    from django.utils.functional import Promise

    waiting = list(vars(node).values())
    while waiting:
        one = waiting.pop()
        if isinstance(one, FilterExpression):
            waiting += [one.var, *(part for _, parts in one.filters for _, part in parts)]
        elif isinstance(one, Promise):
            yield str(one._args[0]).replace("%%", "%")  # type: ignore[attr-defined]  # noqa: SLF001 - nowhere else
        elif isinstance(one, list | tuple):
            waiting += [part for part in one if not hasattr(part, "render_annotated")]
        elif isinstance(one, dict):
            waiting += one.values()


def catalogue_of(path: Path) -> Catalog:
    """A catalogue, or an empty one where there is none yet."""
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as file:
        return read_po(file, locale="en")


def without_english(said: list[Said]) -> list[Said]:
    """Those that have no English text, or one somebody marked as unsure."""
    catalogues = {path: catalogue_of(path) for path in {one.catalogue for one in said}}
    missing = []
    for one in said:
        found = catalogues[one.catalogue].get(one.text, one.context or None)
        string = (found.string if found else "") or ""
        texts = [string] if isinstance(string, str) else list(string)
        if not all(texts) or (found is not None and found.fuzzy):
            missing.append(one)
    return missing


class _Bare(HTMLParser):
    """Collects text that stands in a template outside the tags that translate."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        own = "lang" in given and tag != "html"  # says itself which language it is in
        if tag not in ("input", "br", "hr", "img", "meta", "link", "use", "path", "line", "rect", "circle"):
            self.open.append((tag, own))
        self.found += [text for name in SPOKEN if _letters(text := given.get(name) or "") and not own]

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place][0] == tag:
                del self.open[place:]
                return

    def handle_data(self, data: str) -> None:
        if _letters(data) and not any(own or tag in SILENT for tag, own in self.open):
            self.found.append(" ".join(data.split()))


def _letters(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]{2}", text))


def bare_text(source: str) -> list[str]:
    """Words in a template that would be the same in every language."""
    from django.template.base import Lexer, TokenType

    kept, translating = [], False
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.BLOCK:
            word = token.contents.split(maxsplit=1)[0]
            translating = word in ("blocktranslate", "blocktrans", "comment") or (
                translating and word not in ("endblocktranslate", "endblocktrans", "endcomment")
            )
        elif token.token_type == TokenType.TEXT and not translating:
            kept.append(token.contents)
    parser = _Bare()
    parser.feed("".join(kept))
    return parser.found


def written(catalogue: Catalog) -> str:
    """A catalogue as text: what every one needs to say of itself, then its strings in the order they came."""
    parts = [HEAD]
    for message in catalogue:
        if not message.id:
            continue
        singular, *plural = [message.id] if isinstance(message.id, str) else message.id
        given = message.string or ""
        texts = [given] if isinstance(given, str) else list(given)
        texts += [""] * (1 + len(plural) - len(texts))
        lines = [f"# {comment}" for comment in message.user_comments]
        lines += [f"#: {file}" for file, _ in message.locations]
        lines += [f"msgctxt {normalize(message.context)}"] if message.context else []
        lines += [f"msgid {normalize(singular)}", *(f"msgid_plural {normalize(one)}" for one in plural)]
        if plural:
            lines += [f"msgstr[{place}] {normalize(text)}" for place, text in enumerate(texts)]
        else:
            lines.append(f"msgstr {normalize(texts[0])}")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def add(missing: list[Said]) -> None:
    """Put the strings into their catalogues, with an empty text; those that stand there already are left alone."""
    for path in sorted({one.catalogue for one in missing}):
        catalogue = catalogue_of(path)
        before = len(catalogue)
        for one in missing:
            if one.catalogue == path and catalogue.get(one.text, one.context or None) is None:
                name = (one.text, one.plural) if one.plural else one.text
                catalogue.add(name, context=one.context or None, locations=[(one.file.relative_to(ROOM).as_posix(), 0)])
        if len(catalogue) > before:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(written(catalogue), encoding="utf-8")


def left_over(said: list[Said]) -> dict[Path, list[tuple[str, str]]]:
    """By catalogue: text and context of what nobody says any more."""
    from fodfaeste.interfaces.site import made

    wanted = {(one.catalogue, one.text, one.context) for one in said}
    found: dict[Path, list[tuple[str, str]]] = {}
    for path in made.catalogues():
        for one in catalogue_of(path):
            text, context = one.id if isinstance(one.id, str) else one.id[0], one.context or ""
            if text and (path, text, context) not in wanted:
                found.setdefault(path, []).append((text, context))
    return found


def prune(left: dict[Path, list[tuple[str, str]]]) -> None:
    """Take out of the catalogues what nobody says any more."""
    for path, texts in left.items():
        catalogue = catalogue_of(path)
        for text, context in texts:
            catalogue.delete(text, context or None)
        path.write_text(written(catalogue), encoding="utf-8")


def main() -> int:
    """List what has no English and add it to the catalogues, or to those of the areas named. 1 if any is missing."""
    from fodfaeste.interfaces.site.process import make_ready

    make_ready()
    said, wanted = all_said(), [one for one in sys.argv[1:] if one != "--prune"]
    missing = [one for one in without_english(said) if not wanted or area_of(one.file).name in wanted]
    add(missing)
    if "--prune" in sys.argv:
        prune(left_over(said))
    for one in missing:
        print(one)
    print(f"{len(missing)} strings have no English text", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
