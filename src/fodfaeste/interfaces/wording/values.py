"""Values as people read them: dates, amounts, truths and the words of the vocabulary."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from fodfaeste.facts import Vocabulary, decode
from fodfaeste.foundation import FAR, format_kroner, from_day
from fodfaeste.interfaces.wording.language import Language, counted, label_of, pick

_MONTHS = {
    "da": (
        "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november",
        "december",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ),
}  # fmt: skip
_LONGEST = 4  # a month of more letters is cut to three and a full stop, where room is short
_NEVER = from_day(FAR)


def day_text(day: date, lang: Language) -> str:
    """``1. oktober 2024`` in Danish, ``1 October 2024`` in English; the end of time is ``aldrig``, ``never``."""
    if day == _NEVER:
        return pick(lang, "aldrig", "never")
    month = _MONTHS[lang][day.month - 1]
    return pick(lang, f"{day.day}. {month} {day.year}", f"{day.day} {month} {day.year}")


def day_short(day: date | None, lang: Language) -> str:
    """For a table: ``1. okt. 2024``, ``1 Oct 2024``; nothing for no day."""
    if day is None:
        return ""
    if day == _NEVER:
        return pick(lang, "aldrig", "never")
    month = _MONTHS[lang][day.month - 1]
    if lang == "en":
        return f"{day.day} {month[:3]} {day.year}"
    return f"{day.day}. {month if len(month) <= _LONGEST else month[:3] + '.'} {day.year}"


def span_text(first: date | None, last: date | None, lang: Language) -> str:
    """``1. januar 2024 – 30. juni 2026``; an open side is said in words."""
    if first is None and last is None:
        return pick(lang, "altid", "always")
    if first is None:
        assert last is not None
        return pick(lang, f"til {day_text(last, lang)}", f"until {day_text(last, lang)}")
    if last is None or last == _NEVER:
        return pick(lang, f"fra {day_text(first, lang)}", f"from {day_text(first, lang)}")
    return f"{day_text(first, lang)} – {day_text(last, lang)}"


def days_from(on: date, day: date, lang: Language) -> str:
    """How far a day lies from the day asked about: ``om 5 dage``, ``5 dage siden``, ``i dag``."""
    n = (day - on).days
    if n == 0:
        return pick(lang, "samme dag", "the same day")
    length = counted(abs(n), *pick_pair(lang, ("dag", "dage"), ("day", "days")))
    if n > 0:
        return pick(lang, f"om {length}", f"in {length}")
    return pick(lang, f"{length} siden", f"{length} ago")


def pick_pair(lang: Language, da: tuple[str, str], en: tuple[str, str]) -> tuple[str, str]:
    """Singular and plural in the language."""
    return da if lang == "da" else en


def number_text(value: Decimal | int, lang: Language) -> str:
    """A number without needless zeros: ``160,33`` in Danish, ``160.33`` in English."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",") if lang == "da" else text


def unit_text(amount: Decimal | int, type_: str, lang: Language) -> str:
    """An amount with its unit: days, months, hours, per cent or money."""
    if type_ == "money":
        return format_kroner(int(amount * 100), lang)
    if type_ == "percent":
        return pick(lang, f"{number_text(amount, lang)} pct.", f"{number_text(amount, lang)} per cent")
    one, many = {
        "days": pick_pair(lang, ("dag", "dage"), ("day", "days")),
        "months": pick_pair(lang, ("måned", "måneder"), ("month", "months")),
        "hours": pick_pair(lang, ("time", "timer"), ("hour", "hours")),
    }[type_]
    return f"{number_text(amount, lang)} {one if amount == 1 else many}"


def unknown_text(lang: Language) -> str:
    """What stands where nobody has said."""
    return pick(lang, "uvist", "unknown")


def value_text(value: Any, type_: str, vocabulary: Vocabulary, lang: Language) -> str:
    """A decoded value of a type, as a person reads it; None is the unknown."""
    if value is None:
        return unknown_text(lang)
    if isinstance(value, bool):
        return pick(lang, "ja", "yes") if value else pick(lang, "nej", "no")
    if isinstance(value, date):
        return day_text(value, lang)
    if type_ in ("days", "months", "hours", "percent", "money"):
        return unit_text(value, type_, lang)
    if isinstance(value, Decimal | int):
        return number_text(value, lang)
    enum = vocabulary.enums.get(type_)
    return label_of(enum.labels.get(value, {}), lang, str(value)) if enum else str(value)


def code_text(code: int | None, type_: str, vocabulary: Vocabulary, lang: Language) -> str:
    """An encoded value of a type, as a person reads it."""
    if code is None or (type_ == "bool" and code == 1):
        return unknown_text(lang)
    if type_ == "months":  # only ever a length in an expression, never a fact
        return unit_text(code, type_, lang)
    return value_text(decode(code, type_, vocabulary), type_, vocabulary, lang)


def any_text(value: Any, vocabulary: Vocabulary, lang: Language) -> str:
    """A decoded value whose type is not at hand; a word is looked up among all enums."""
    if isinstance(value, str):
        for enum in vocabulary.enums.values():
            if value in enum.labels:
                return label_of(enum.labels[value], lang, value)
    return value_text(value, "", vocabulary, lang)
