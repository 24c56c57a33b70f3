"""Where a line of a course comes from, as a person says it."""

from __future__ import annotations

from fodfaeste.interfaces.wording.language import Language, pick

EXTRACT = "Udtræk: "
"""What the import writes before the name of a table, where the table does not say itself where a line comes from."""

_TABLES: dict[str, tuple[str, str]] = {
    "borgere": ("borgere", "citizens"),
    "maalgrupper": ("målgrupper", "target groups"),
    "ydelser": ("ydelser", "benefits"),
    "ydelsesuger": ("ydelser uge for uge", "benefits week by week"),
    "tilbud": ("tilbud", "offers"),
    "fravaer": ("fravær", "absence"),
    "perioder": ("perioder", "periods"),
    "samtaler": ("samtaler", "conversations"),
    "haendelser": ("hændelser", "events"),
    "anmodninger": ("anmodninger", "requests"),
    "oplysninger": ("oplysninger", "facts"),
    "aftaler": ("aftaler", "appointments"),
}


def source_text(source: str, lang: Language) -> str:
    """``kommunens liste over målgrupper`` for a line of an extract; any other source as it was written."""
    table = source.removeprefix(EXTRACT)
    if table == source:
        return source
    da, en = _TABLES.get(table, (table, table))
    return pick(lang, f"kommunens liste over {da}", f"the municipality's list of {en}")
