"""Changes: what would flip an answer, what a regime edits, what differs between two rulebooks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from fodfaeste.interfaces.wording.language import sentence
from fodfaeste.interfaces.wording.outcomes import outcome_text
from fodfaeste.interfaces.wording.words import Words
from fodfaeste.reasoning import Flip

_EDITS = {
    "set_aside": ("sættes ud af kraft", "is set aside"),
    "replace": ("får en anden ordlyd", "is replaced"),
    "set_rate": ("får en anden sats", "gets another rate"),
    "add": ("kommer til", "is added"),
    "narrow": ("gælder færre", "is narrowed"),
    "extend": ("gælder flere", "is extended"),
    "promise": ("får et løfte oven på loven", "gets a promise above the law"),
}
_FIELDS = {
    "ref": ("henvisning", "reference"),
    "applies": ("gælder", "applies"),
    "value": ("indhold", "content"),
    "requires": ("krav", "requirement"),
    "must": ("pligt", "demand"),
    "promise": ("løfte", "promise"),
    "paused_by": ("pauser", "pauses"),
    "lapses_when": ("bortfalder", "lapses"),
    "share": ("andel", "share"),
    "group": ("gruppe", "group"),
    "not_modelled": ("ikke skrevet som regel", "not modelled"),
    "exceptions": ("undtagelser", "exceptions"),
    "edits": ("regelregimer", "regimes"),
}
_PROMISED = {
    "by": ("inden {}", "within {}"),
    "within": ("inden for {}", "within {}"),
    "until": ("indtil {}", "until {}"),
    "every": ("højst {} imellem", "never more than {} between"),
}
"""The words of a promise in the files, and how they are said."""

_UNITS = {
    "day": (("dag", "day"), ("dage", "days")),
    "workday": (("arbejdsdag", "working day"), ("arbejdsdage", "working days")),
    "week": (("uge", "week"), ("uger", "weeks")),
    "month": (("måned", "month"), ("måneder", "months")),
    "year": (("år", "year"), ("år", "years")),
}
_WHATS = {"new": ("ny", "new"), "gone": ("bortfalder", "gone"), "changed": ("ændret", "changed")}
_REGIME_KINDS = {
    "frikommune": ("frikommuneforsøg", "free-municipality trial"),
    "welfare-agreement": ("velfærdsaftale", "welfare agreement"),
    "trial": ("forsøg", "trial"),
    "proposal": ("forslag", "proposal"),
    "reform": ("reform", "reform"),
    "local": ("lokal beslutning", "local decision"),
}
_REGIME_STATUSES = {
    "never-in-force": ("aldrig i kraft", "never in force"),
    "expired": ("udløbet", "expired"),
    "in-force": ("i kraft", "in force"),
    "superseded": ("afløst af lov", "superseded by law"),
    "proposed": ("foreslået", "proposed"),
    "agreed": ("aftalt", "agreed"),
    "planned": ("planlagt", "planned"),
}


def flip_text(flip: Flip, words: Words, type_: str = "") -> str:
    """A nearest change in a sentence: what would be otherwise, and what would follow."""
    return sentence(f"{_condition(flip, words)}: {outcome_text(flip.gives, words, type_)}")


def _condition(flip: Flip, words: Words) -> str:
    if flip.what == "day":
        return words.pick(
            f"sker der intet, er svaret {_any(flip.then, words)}", f"if nothing happens, on {_any(flip.then, words)}"
        )
    if flip.what == "fact":
        name = words.quote(words.field(flip.name))
        return words.pick(f"hvis {name} var {_any(flip.then, words)}", f"if {name} were {_any(flip.then, words)}")
    name = words.quote(words.kind(flip.name)) + words.described(flip.name, flip.given)
    now, then = flip.now, flip.then
    if flip.what == "event":
        return _event(name, now, then, words)
    return _spell(name, now, then, words)


def _event(name: str, now: Any, then: Any, words: Words) -> str:
    if now is None:
        return words.pick(f"hvis {name} sker {_any(then, words)}", f"if {name} happens on {_any(then, words)}")
    if then is None:
        return words.pick(
            f"hvis {name} {_any(now, words)} ikke var sket", f"if {name} of {_any(now, words)} had not happened"
        )
    return words.pick(
        f"hvis {name} var sket {_any(then, words)} i stedet for {_any(now, words)}",
        f"if {name} had happened on {_any(then, words)} instead of {_any(now, words)}",
    )


def _spell(name: str, now: Any, then: Any, words: Words) -> str:
    if now is None and isinstance(then, date):
        return words.pick(f"hvis {name} begynder {_any(then, words)}", f"if {name} begins on {_any(then, words)}")
    if isinstance(now, date) and isinstance(then, date):
        return words.pick(
            f"hvis {name} var begyndt {_any(then, words)} i stedet for {_any(now, words)}",
            f"if {name} had begun on {_any(then, words)} instead of {_any(now, words)}",
        )
    return words.pick(
        f"hvis {name} var {_any(then, words)} i stedet for {_any(now, words)}",
        f"if {name} were {_any(then, words)} instead of {_any(now, words)}",
    )


def _any(value: Any, words: Words) -> str:
    return words.any(value)


def edit_text(edit: Mapping[str, Any], norm: str, words: Words) -> str:
    """What one edit of a regime does to a norm, in a sentence."""
    label = words.quote(words.norm(norm))
    if edit.get("op") == "add" and isinstance(edit.get("norm"), Mapping):
        given = edit["norm"].get("label") or {}
        label = words.quote(str(given.get(words.lang) or given.get("da") or norm))
    said = f"{label} {op_text(str(edit.get('op')), words)}"
    detail = promise_text(edit, words) if edit.get("op") == "promise" else _detail(edit)
    return sentence(f"{said}: {detail}" if detail else said)


def _detail(edit: Mapping[str, Any]) -> str:
    match edit.get("op"):
        case "replace":
            return plain_fields(edit.get("with") or {})
        case "set_rate":
            return str(edit.get("value"))
        case "narrow" | "extend":
            return str(edit.get("applies"))
    return ""


def promise_text(edit: Mapping[str, Any], words: Words) -> str:
    """What an edit promises above the law: ``inden 4 dage``, ``hver 3 måneder``."""
    said = [
        words.pick(*_PROMISED[name]).format(_length_text(str(edit[name]), words)) for name in _PROMISED if name in edit
    ]
    return ", ".join(said)


def _length_text(length: str, words: Words) -> str:
    """``4 days`` as the files have it; anything else as it stands."""
    number, _space, unit = length.partition(" ")
    known = _UNITS.get(unit.removesuffix("s"))
    if known is None or not number.isdecimal():
        return length
    one, more = known
    return f"{number} {words.pick(*(one if number == '1' else more))}"


def op_text(op: str, words: Words) -> str:
    """What an edit does, as a verb."""
    return words.pick(*_EDITS.get(op, (op, op)))


def plain_fields(value: Any) -> str:
    """A value of the law files on one line, as a jurist would read it aloud."""
    if isinstance(value, Mapping):
        return ", ".join(
            f"{key}: ({plain_fields(inner)})" if isinstance(inner, Mapping) else f"{key}: {plain_fields(inner)}"
            for key, inner in value.items()
        )
    if isinstance(value, list | tuple):
        return ", ".join(plain_fields(inner) for inner in value)
    if isinstance(value, bool):
        return str(value).lower()
    return "–" if value is None else " ".join(str(value).split())


def change_text(what: str, words: Words) -> str:
    """new, gone or changed."""
    return words.pick(*_WHATS.get(what, (what, what)))


def field_text(name: str, words: Words) -> str:
    """The word for a field of a version."""
    return words.pick(*_FIELDS.get(name, (name, name)))


def regime_kind_text(kind: str, words: Words) -> str:
    """The word for a kind of regime."""
    return words.pick(*_REGIME_KINDS.get(kind, (kind, kind)))


def regime_status_text(status: str, words: Words) -> str:
    """The word for the status of a regime."""
    return words.pick(*_REGIME_STATUSES.get(status, (status, status)))
