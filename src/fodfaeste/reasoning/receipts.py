"""Receipts: what an answer rested on, so that it can be explained again years later."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from fodfaeste.facts.view import View
from fodfaeste.foundation import from_day
from fodfaeste.reasoning.because import explain
from fodfaeste.rulebook.rulebook import Rulebook

FORMAT = "fodfaeste/receipt/1"
"""Version of the shape of a receipt."""

EVALUATOR = "fodfaeste-reference/2"
"""Version of the evaluator's meaning; changes only when an answer could change with the same rulebook."""


def receipt(rulebook: Rulebook, view: View, norm: str) -> dict[str, Any]:
    """The receipt of a norm's outcome for a view: rulebook, norm versions, facts, outcome, evaluator; hashed.

    Raises KeyError for a norm that is not in the rulebook.
    """
    explained = explain(rulebook, view, norm)
    ids = list(dict.fromkeys(id_ for one in explained for id_ in one.norms()))
    facts = list(
        {json.dumps(f.as_dict(), sort_keys=True): f.as_dict() for one in explained for f in one.facts()}.values()
    )
    body: dict[str, Any] = {
        "format": FORMAT,
        "evaluator": EVALUATOR,
        "rulebook": rulebook.digest,
        "day": from_day(rulebook.day).isoformat(),
        "on": from_day(view.on).isoformat(),
        "place": rulebook.place,
        "regimes": list(rulebook.regimes),
        "norm": norm,
        "outcome": [one.outcome.as_dict() for one in explained],
        "norms": {
            id_: {"ref": rulebook.norms[id_].ref, "digest": rulebook.norms[id_].digest}
            for id_ in ids
            if id_ in rulebook.norms
        },
        "facts": [{key: row[key] for key in ("kind", "name", "text", "value", "rows") if key in row} for row in facts],
        "assumptions": list(dict.fromkeys(a for one in explained for a in one.assumptions(rulebook))),
    }
    return {**body, "digest": digest(body)}


def digest(body: dict[str, Any]) -> str:
    """Hash of a receipt's content, whatever the order of its keys."""
    content = {key: value for key, value in body.items() if key != "digest"}
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def check_receipt(found: dict[str, Any], rulebook: Rulebook) -> list[str]:
    """What speaks against a receipt: altered content, or norms that read otherwise now. Empty when nothing does."""
    problems = []
    if found.get("digest") != digest(found):
        problems.append("the receipt was altered after it was made; ask for the original")
    for id_, norm in found.get("norms", {}).items():
        now = rulebook.norms.get(id_)
        if now is None or now.digest != norm["digest"]:
            problems.append(
                f"{id_} ({norm['ref']}) reads otherwise in this rulebook; resolve the law of {found.get('day')}"
            )
    return problems
