"""A regime with another number in one of the norms it adds: the same text, read and checked as in its file."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from typing import Any, cast

from fodfaeste.foundation import Problem, ProblemError
from fodfaeste.rulebook.norms import Law, Regime
from fodfaeste.rulebook.reading import Document, Place
from fodfaeste.rulebook.regimes import read_regime


@dataclass
class _Text:
    """Stands for the file a regime was read from, where only its name is asked for."""

    shown: str

    def problem(self, place: Place, message: str, mend: str, where: str | None = None) -> Problem:
        return Problem(self.shown, None, where or ".".join(map(str, place)), message, mend)


def varied(law: Law, regime: str, norm: str, value: int) -> tuple[Law, str]:
    """The law with ``regime`` once more, where ``norm`` (which it adds) has another value; and that regime's id.

    Raises ProblemError where there is no such regime, it adds no such norm, or the value does not fit it.
    """
    found = law.regimes.get(regime)
    if found is None:
        mend = "name a regime of fodfaeste regimes"
        raise ProblemError([Problem(regime, None, "", f"there is no regime '{regime}'", mend)])
    raw = copy.deepcopy(found.raw)
    versions = _versions(raw, norm)
    if not versions or any("value" not in version for version in versions):
        numbers = ", ".join(sorted(one.id for one in found.added if one.kind == "rate")) or "none"
        mend = f"name a rate it adds: {numbers}"
        raise ProblemError([Problem(found.file, None, norm, f"the regime '{regime}' adds no rate '{norm}'", mend)])
    for version in versions:
        version["value"] = value
    problems: list[Problem] = []
    made = read_regime(cast("Document", _Text(found.file)), raw, law, law.assembler, problems)
    if made is None:
        raise ProblemError(problems)
    id_ = f"{regime}={value}"
    made = replace(made, id=id_)
    return replace(law, regimes={**law.regimes, id_: made}), id_


def _versions(raw: dict[str, Any], norm: str) -> list[dict[str, Any]]:
    """The wordings of a rate that a regime adds."""
    return [
        version
        for edit in raw.get("edits") or []
        if edit.get("op") == "add" and edit["norm"].get("id") == norm and edit["norm"].get("kind") == "rate"
        for version in edit["norm"].get("versions") or []
    ]


def rates_of(regime: Regime) -> list[str]:
    """Ids of the rates a regime adds: what can be varied in it."""
    return [norm.id for norm in regime.added if norm.kind == "rate"]
