"""Names of rules and schemes in a text of the law's files: ``{{ note|named }}``."""

from __future__ import annotations

import re

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.public.addresses import norm_address, regime_address
from fodfaeste.interfaces.wording import label_of, quoted
from fodfaeste.rulebook import Law

register = template.Library()

_ID = re.compile(r"(?<![\w.-])[a-z][a-z0-9]*(?:[.-][a-z0-9]+)+(?![\w-])")
"""What may be the id of a norm (``lab.31.naer``) or a regime (``fk1-process``)."""


@register.filter
def named(text: str) -> SafeString:
    """The text with the name and address of each rule and scheme in place of its id; an unknown id stays."""
    law, parts, end = rulebooks.law(), [], 0
    for found in _ID.finditer(text):
        link = _link(found[0], law)
        if link:
            parts += [conditional_escape(text[end : found.start()]), link]
            end = found.end()
    return mark_safe("".join([*parts, conditional_escape(text[end:])]))  # noqa: S308 - each part is escaped


def _link(id_: str, law: Law) -> SafeString | None:
    lang = rulebooks.language()
    if id_ in law.norms:
        return format_html(
            '<a href="{}">{}</a>', norm_address(id_, law), quoted(label_of(law.norms[id_].label, lang), lang)
        )
    if id_ in law.regimes:
        return format_html(
            '<a href="{}">{}</a>', regime_address(id_), quoted(label_of(law.regimes[id_].title, lang), lang)
        )
    return None
