"""Where on the pages a section, a norm or a regime stands."""

from __future__ import annotations

from pathlib import PurePath

from django.urls import reverse

from fodfaeste.rulebook import Law, Norm
from fodfaeste.rulebook.norms import Section

RATES = "rates"
"""The act of the norms that are rates."""


def slug_of(section: Section | Norm) -> str:
    """The section's name in an address: that of its file."""
    return PurePath(section.file).stem


def section_address(section: Section) -> str:
    """The page of a section."""
    return reverse("public:law-section", args=[section.act, slug_of(section)])


def regime_address(id_: str) -> str:
    """The page of a regime."""
    return reverse("public:law-regime", args=[id_])


def norm_address(id_: str, law: Law) -> str:
    """The norm on the page of its section, among the rates, or in the regime that adds it; empty when there is none."""
    norm = law.norms.get(id_)
    if norm is None:
        regime = next((r for r in law.regimes.values() if any(one.id == id_ for one in r.added)), None)
        return f"{regime_address(regime.id)}#{id_}" if regime else ""
    if norm.act == RATES:
        return f"{reverse('public:law-rates')}#{id_}"
    return f"{reverse('public:law-section', args=[norm.act, slug_of(norm)])}#{id_}"
