"""A case to begin with: the common words, and a comment above each line that says what to write."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from fodfaeste.facts import FORMAT, EventKind, SpellKind, Vocabulary
from fodfaeste.interfaces.wording import Language, label_of, pick

_SUGGESTED = ("maalgruppe", "ydelse", "tilmelding", "dp-indplacering", "jobsamtale")
_SUGGESTED_FACTS = ("foedt", "i_job", "erhvervskompetencegivende_uddannelse", "hjemmeboende_boern", "forventet_rask")
_SHOWN = 5


def starter(vocabulary: Vocabulary, lang: Language, day: date) -> str:
    """A case to begin with: what is common, the rest as comments; it can be read as it stands."""
    begun = (day.replace(day=1) - timedelta(days=1)).replace(day=1).isoformat()
    observed = [field for field in vocabulary.fields.values() if field.kind == "observed"]
    facts = [vocabulary.fields[name] for name in _SUGGESTED_FACTS if name in vocabulary.fields] or observed[:_SHOWN]
    spells, events = _suggested(vocabulary.spells), _suggested(vocabulary.events)
    say = _COMMENTS[lang]
    lines = ["{", f"  // {say['case']}", f'  "format": "{FORMAT}",', f"  // {say['id']}"]
    lines += [
        f'  "case": {json.dumps(pick(lang, "min-sag", "my-case"))},',
        f"  // {say['place']}",
        '  // "municipality": "Odense",',
    ]
    lines += ["", f"  // {say['facts']}", f"  // {say['dates']}", '  "facts": {']
    for number, field in enumerate(facts):
        comma = "," if number < len(facts) - 1 else ""
        asked = f"{label_of(field.ask, lang)} ({type_text(field.type, vocabulary, lang)})"
        lines += [f"    // {asked}", f'    "{field.name}": null{comma}']
    lines += [
        "  },",
        "",
        f"  // {say['spells']}",
        '  "spells": [',
        *_lines_of(spells, {"from": begun}, vocabulary, lang),
    ]
    lines += [
        "  ],",
        "",
        f"  // {say['events']}",
        '  "events": [',
        *_lines_of(events, {"date": begun}, vocabulary, lang),
    ]
    return "\n".join([*lines, "  ],", "", f"  // {say['unobserved']}", '  "unobserved": []', "}", ""])


_COMMENTS: dict[Language, dict[str, str]] = {
    "da": {
        "case": "En sag. Linjer, der begynder med //, er forklaringer og læses ikke.",
        "id": "Et id, der ikke nævner nogen; aldrig et personnummer.",
        "place": "Kommunen, når den er kendt: fjern de to skråstreger.",
        "facts": "Oplysninger om personen. null er »uvist«, som ikke er det samme som nej.",
        "dates": "Datoer er år-måned-dag. Alle felter: fodfaeste vocabulary",
        "spells": "Det, der varer: fra og til, begge dage med. Udelad to, så længe det løber.",
        "events": "Det, der er sket på en dag. Det, der ikke står her, er ikke sket …",
        "unobserved": "… medmindre slagsen nævnes her: af den kan der være mere, end der er noteret.",
    },
    "en": {
        "case": "A case. Lines that begin with // are explanations and are not read.",
        "id": "An id that names nobody; never a person number.",
        "place": "The municipality, when it is known: remove the two slashes.",
        "facts": "Facts about the person. null is unknown, which is not the same as no.",
        "dates": "Dates are year-month-day. All fields: fodfaeste vocabulary",
        "spells": "What lasts: from and to, both days included. Leave out to while it runs.",
        "events": "What happened on a day. What does not stand here did not happen …",
        "unobserved": "… unless its kind is named here: of that there may be more than is recorded.",
    },
}


def _suggested(kinds: Mapping[str, EventKind] | Mapping[str, SpellKind]) -> list[EventKind | SpellKind]:
    """The common kinds; of another vocabulary the first few."""
    found: list[EventKind | SpellKind] = [kinds[name] for name in _SUGGESTED if name in kinds]
    return found or [*kinds.values()][:2]


def _lines_of(
    kinds: list[EventKind | SpellKind], days: dict[str, str], vocabulary: Vocabulary, lang: Language
) -> list[str]:
    lines = []
    for number, kind in enumerate(kinds):
        attrs = {name: _example_value(type_, vocabulary) for name, type_ in kind.attrs.items()}
        entry = json.dumps({"kind": kind.name, **attrs, **days}, ensure_ascii=False)
        told = "; ".join(f"{name}: {type_text(type_, vocabulary, lang)}" for name, type_ in kind.attrs.items())
        label = label_of(kind.label, lang)
        lines.append(f"    // {label}. {told}" if told else f"    // {label}.")
        lines.append(f"    {entry}{',' if number < len(kinds) - 1 else ''}")
    return lines


def _example_value(type_: str, vocabulary: Vocabulary) -> Any:
    enum = vocabulary.enums.get(type_)
    return enum.values[0] if enum else None


_TYPES = {
    "bool": ("true eller false", "true or false"),
    "date": ("en dato", "a date"),
    "int": ("et helt tal", "a whole number"),
    "days": ("et antal dage", "a number of days"),
    "money": ("kroner", "kroner"),
    "hours": ("timer", "hours"),
    "percent": ("pct.", "per cent"),
}
_VALUES_SHOWN = 6


def type_text(type_: str, vocabulary: Vocabulary, lang: Language) -> str:
    """How a value of the type is written, in a few words."""
    if type_ in _TYPES:
        return pick(lang, *_TYPES[type_])
    values = vocabulary.enums[type_].values
    more = " …" if len(values) > _VALUES_SHOWN else ""
    return ", ".join(values[:_VALUES_SHOWN]) + more
