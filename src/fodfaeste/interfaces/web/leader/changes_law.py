"""What changed in the law itself between two rulebooks: section by section, in words before and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fodfaeste.interfaces.lawchanges import conditions, in_both
from fodfaeste.interfaces.lawrows import between_authorities
from fodfaeste.interfaces.web.public.addresses import RATES, norm_address, slug_of
from fodfaeste.interfaces.web.public.sections import heading_of
from fodfaeste.interfaces.wording import Words, field_text, label_of, plain_fields, raised
from fodfaeste.rulebook import Change, Law, Norm, Rulebook, diff
from fodfaeste.rulebook.norms import Section

KINDS = ("duty", "right", "power", "sanction", "quota", "condition", "definition", "rate")
"""The order in which a reader wants to hear of rules: what somebody must and may before what it is reckoned from."""

_CONTENT = ("must", "requires", "value", "share", "judged")
"""What a rule is about; enough of one that came or went."""


@dataclass(frozen=True)
class LawChange:
    """One rule that is new, gone or changed, said plainly, with how it read before and reads now."""

    label: str
    address: str
    kind: str
    what: str
    said: str
    ref: str
    parts: tuple[tuple[str, str, str], ...]
    conditions: tuple[tuple[str, str], ...]
    regimes: tuple[str, ...]


@dataclass(frozen=True)
class SectionChange:
    """A section, the rules of it that changed, and how many cases get another answer in it, by how."""

    key: str
    heading: str
    title: str
    changes: tuple[LawChange, ...]
    cases: int
    unsure: bool
    whats: tuple[tuple[str, int], ...]


def key_of(norm: Norm) -> str:
    """The section a norm stands in, as the address of the page names it: ``lab/31``."""
    return f"{norm.act}/{slug_of(norm)}"


def section_changes(
    before: Rulebook,
    after: Rulebook,
    law: Law,
    words: Words,
    counts: Mapping[str, Counter[str]],
    money: bool,
) -> list[SectionChange]:
    """Every section in which the law or an answer changed: those that most cases are in come first.

    ``counts`` is section → how many cases differ there in each way, under ``""`` in any. Without ``money``
    nothing is told of what is between state and municipality alone.
    """
    changes: dict[str, list[LawChange]] = {}
    for change in diff(before, after):
        side = change.after or change.before
        assert side is not None
        if between_authorities(side.norm) and not money:
            continue
        changes.setdefault(key_of(side.norm), []).append(_said(change, law, words))
    sections = {f"{one.act}/{slug_of(one)}": one for one in law.sections}
    found = []
    for key in dict.fromkeys([*changes, *counts]):
        count = counts.get(key, Counter())
        whats = tuple((what, n) for what, n in count.items() if what and n)
        heading, title = _heading(key, sections.get(key), law, words)
        made = tuple(sorted(changes.get(key, ()), key=lambda one: KINDS.index(one.kind)))
        found.append(SectionChange(key, heading, title, made, count[""], count["unsure"] == count[""], whats))
    return sorted(found, key=lambda one: (one.unsure, -one.cases, one.key))


def _heading(key: str, section: Section | None, law: Law, words: Words) -> tuple[str, str]:
    if section is not None:
        return heading_of(section, law), label_of(section.title, words.lang)
    act, name = key.split("/", 1)
    if act == RATES:
        return _("Satser"), name
    regime = law.regimes.get(name)
    return _("Ordning"), label_of(regime.title, words.lang) if regime else name


def _said(change: Change, law: Law, words: Words) -> LawChange:
    side = change.after or change.before
    assert side is not None
    told = in_both(change, words, words)
    if change.what != "changed":
        told = {name: pair for name, pair in told.items() if name in _CONTENT}
    marks = conditions(change, words, words) if "applies" in told else None
    if marks:
        told.pop("applies")
    regimes = {id_ for id_, _op in (change.after.edits if change.after else ())}
    regimes -= {id_ for id_, _op in (change.before.edits if change.before else ())}
    parts = [(field_text(name, words), pair["before"], pair["after"]) for name, pair in told.items()]
    if change.what == "changed" and not parts and not marks:
        parts = [
            (field_text(name, words), plain_fields(one), plain_fields(other))
            for name, (one, other) in change.fields.items()
            if name not in ("edits", "ref")
        ]
    return LawChange(
        label=label_of(side.norm.label, words.lang),
        address=norm_address(change.norm, law),
        kind=side.norm.kind,
        what=change.what,
        said=_plainly(change, words),
        ref=" → ".join(dict.fromkeys(one.ref for one in (change.before, change.after) if one)),
        parts=tuple(parts),
        conditions=tuple(marks or ()),
        regimes=tuple(label_of(law.regimes[id_].title, words.lang) for id_ in sorted(regimes)),
    )


def _plainly(change: Change, words: Words) -> str:
    """A sentence about what happened to the rule."""
    side = change.after or change.before
    assert side is not None
    norm = side.norm
    said = {"kind": words.kind_of_norm(norm.kind), "who": words.actor(norm.owed_by)}
    if change.what == "new":
        return _("Ny %(kind)s for %(who)s.") % said if norm.owed_by else _("Ny %(kind)s.") % said
    if change.what == "gone":
        if norm.kind == "rate":
            return _("Der er ingen sats for dagen endnu.")
        return raised(_("%(kind)s falder væk.") % said)
    told = [text for names, text in _sentences() if names & set(change.fields)]
    if told:
        return " ".join(told)
    if set(change.fields) == {"ref"}:
        return _("Kun henvisningen er en anden; indholdet er det samme.")
    return _("Reglen er gengivet med andre ord eller bygger på andre regler.")


def _sentences() -> list[tuple[set[str], str]]:
    """Fields of a rule, and what is said when one of them is another."""
    return [
        ({"must", "requires"}, _("Hvad der kræves, er ændret.")),
        ({"value", "table", "blank", "share"}, _("Indholdet er ændret.")),
        ({"applies", "group"}, _("Hvem eller hvornår den gælder, er ændret.")),
        ({"promise"}, _("Kommunens løfte er ændret.")),
        ({"paused_by", "lapses_when"}, _("Hvad der standser den, er ændret.")),
        ({"exceptions"}, _("Undtagelserne er ændret.")),
        ({"not_modelled"}, _("Hvor meget af den der er skrevet som regel, er ændret.")),
    ]
