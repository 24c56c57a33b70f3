"""Every page is whole in both languages."""

from __future__ import annotations

import pytest

from fodfaeste.interfaces.site import made
from tests.django_site import ROOT
from tools import translations as words

TEMPLATES = words.templates()


def test_every_string_has_an_english_text() -> None:
    missing = [str(one) for one in words.without_english(words.all_said())]
    assert missing == [], "run: python -m tools.translations, then write the English"


def test_a_string_reads_the_same_in_every_catalogue() -> None:
    """Django puts the catalogues together: of two English texts for one Danish one would silently win."""
    texts: dict[object, set[object]] = {}
    for path in made.catalogues():
        for one in words.catalogue_of(path):
            if one.id and one.string and any(one.string):
                texts.setdefault((str(one.id), one.context), set()).add(str(one.string))
    assert {name: found for name, found in texts.items() if len(found) > 1} == {}


def test_no_catalogue_keeps_what_nobody_says() -> None:
    left = {path.relative_to(ROOT).as_posix(): texts for path, texts in words.left_over(words.all_said()).items()}
    assert left == {}, "run: python -m tools.translations --prune"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: "/".join(path.parts[-3:]))
def test_no_template_speaks_one_language_only(path) -> None:
    assert words.bare_text(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("<p>Hej</p>", ["Hej"]),
        ('<img alt="Et billede">', ["Et billede"]),
        ('{% load i18n %}<p>{% translate "Hej" %}, du</p>', [", du"]),
        ("{% load i18n %}{% blocktranslate %}Hej{% endblocktranslate %}", []),
        ('<button lang="en">English</button>', []),
        ("<p>§ {{ number }} · 12</p>", []),
        ("<script>let a = 1;</script>", []),
    ],
)
def test_bare_text_is_seen(source: str, seen: list[str]) -> None:
    assert words.bare_text(source) == seen


def test_strings_are_found_as_django_looks_them_up() -> None:
    source = (
        "{% load i18n %}{% translate 'En' %}"
        "{% if a %}{% translate 'To' context 'c' %}{% else %}{{ _('Tre') }}{% endif %}"
        "{% blocktranslate count n=n trimmed %}\n {{ n }} dag\n{% plural %}{{ n }} dage{% endblocktranslate %}"
    )
    found = {(one.text, one.plural, one.context) for one in words.said_in_template(source, TEMPLATES[0])}
    assert found == {("En", "", ""), ("To", "", "c"), ("Tre", "", ""), ("%(n)s dag", "%(n)s dage", "")}
    code = "from django.utils.translation import gettext_lazy as _, ngettext\n_('Fire')\nngettext('fem', 'femmer', n)\n"
    found = {(one.text, one.plural, one.context) for one in words.said_in_python(code, TEMPLATES[0])}
    assert found == {("Fire", "", ""), ("fem", "femmer", "")}
