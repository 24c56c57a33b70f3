"""What changed in the law between two rulebooks, as rows of data and in words."""

from __future__ import annotations

from typing import Any

from fodfaeste.interfaces.lawrows import in_words, labels_of
from fodfaeste.interfaces.wording import Words, phrase, plain_fields
from fodfaeste.rulebook import Change, ir


def change_row(change: Change, old: Words, new: Words) -> dict[str, Any]:
    """A norm that is new, gone or changed; ``fields`` as the law files have them, ``in_words`` as people read them."""
    side = change.after or change.before
    assert side is not None
    return {
        "norm": change.norm,
        "what": change.what,
        "label": labels_of(side.norm.label),
        "kind": side.norm.kind,
        "ref": {
            "before": change.before.ref if change.before else None,
            "after": change.after.ref if change.after else None,
        },
        "fields": {name: {"before": _json(one), "after": _json(two)} for name, (one, two) in change.fields.items()},
        "in_words": in_both(change, old, new),
    }


def _json(value: Any) -> Any:
    return value if isinstance(value, bool | int | float | None) else plain_fields(value)


def in_both(change: Change, old: Words, new: Words) -> dict[str, dict[str, str]]:
    """The parts that read otherwise, before and after."""
    before = in_words(change.before.version, old) if change.before else {}
    after = in_words(change.after.version, new) if change.after else {}
    keys = [key for key in dict.fromkeys([*before, *after]) if before.get(key) != after.get(key)]
    return {key: {"before": before.get(key, ""), "after": after.get(key, "")} for key in keys}


def conditions(change: Change, old: Words, new: Words) -> list[tuple[str, str]] | None:
    """The conditions that went (``−``) or came (``+``); None when the wordings share none or one is missing."""
    if change.before is None or change.after is None:
        return None
    before, after = _conditions(change.before.version.applies, old), _conditions(change.after.version.applies, new)
    if not set(before) & set(after):
        return None
    gone = [("−", one) for one in before if one not in after]
    return gone + [("+", one) for one in after if one not in before]


def _conditions(node: ir.Node, words: Words) -> list[str]:
    parts = node.args if isinstance(node, ir.Bool) and node.op == "and" else (node,)
    return [phrase(words, part) for part in parts]
