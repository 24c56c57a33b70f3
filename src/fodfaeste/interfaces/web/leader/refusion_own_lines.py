"""The municipality's own weeks in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fodfaeste.economy.bands import Band
from fodfaeste.interfaces.web.leader.refusion_lines import benefit_word, kroner, span
from fodfaeste.interfaces.web.leader.refusion_own import Own


@dataclass(frozen=True)
class OwnLine:
    """Weeks of a benefit in a step; amounts of the weeks with a known price, ``unpriced`` the others."""

    step: str
    weeks: int
    total: str
    state: str
    municipality: str
    unpriced: int


@dataclass(frozen=True)
class OwnGroup:
    """A benefit: its steps, and their sum."""

    benefit: str
    average: str
    lines: tuple[OwnLine, ...]
    sum: OwnLine


@dataclass(frozen=True)
class OwnTable:
    """All benefits, what they come to, and what the state's extract says of the same weeks."""

    groups: tuple[OwnGroup, ...]
    sum: OwnLine
    extract_total: str
    extract_own: str
    unnumbered: int


def own_table(own: Own) -> OwnTable:
    """Benefits with most weeks first; steps in their order, and at last the weeks whose number is not known."""
    by_benefit: dict[str | None, list[Band]] = {}
    for band in own.bands:
        by_benefit.setdefault(band.benefit, []).append(band)
    groups = [
        OwnGroup(
            benefit_word(benefit) if benefit else _("Ydelse, som måske står uden for trappen"),
            kroner(own.averages[benefit]) if benefit and benefit in own.averages else "",
            tuple(_line(_step(band), [band]) for band in sorted(bands, key=_order)),
            _line(_("I alt"), bands),
        )
        for benefit, bands in sorted(by_benefit.items(), key=lambda one: -sum(band.weeks for band in one[1]))
    ]
    borne = [one.own for one in own.paid]
    return OwnTable(
        tuple(groups), _line(_("I alt"), own.bands), kroner(sum(one.total for one in own.paid) if own.paid else None),
        kroner(None if not borne or None in borne else sum(one or 0 for one in borne)),
        sum(band.weeks for band in own.bands if band.first is None),
    )  # fmt: skip


def _line(step: str, bands: Iterable[Band]) -> OwnLine:
    found = list(bands)
    weeks, priced = sum(band.weeks for band in found), sum(band.priced for band in found)
    state, municipality = sum(band.state for band in found), sum(band.municipality for band in found)
    if not priced:
        return OwnLine(step, weeks, "?", "?", "?", weeks)
    return OwnLine(step, weeks, kroner(state + municipality), kroner(state), kroner(municipality), weeks - priced)


def _step(band: Band) -> str:
    if band.first is None:
        return _("ugens nummer kendes ikke")
    if band.first == 0:
        return _("uden for trappen") if band.shared else _("deles ikke")
    return span(band.first, band.last)


def _order(band: Band) -> int:
    return 1 << 20 if band.first is None else band.first
