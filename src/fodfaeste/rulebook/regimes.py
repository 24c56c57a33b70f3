"""Reading regimes and refusing those that remove a right, dangle, or have no end."""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import Any

from fodfaeste.foundation import Problem
from fodfaeste.rulebook.assemble import Assembler
from fodfaeste.rulebook.compiler import FieldError, span
from fodfaeste.rulebook.edits import added_norm
from fodfaeste.rulebook.graph import all_references
from fodfaeste.rulebook.norms import Edit, Law, Norm, Regime, Span
from fodfaeste.rulebook.pieces import edited
from fodfaeste.rulebook.reading import Document
from fodfaeste.rulebook.scope import GrammarError, nearest
from fodfaeste.rulebook.shapes import REGIME, shaped, shaped_edit

Report = Callable[[str, str, str], None]
"""Tells what is wrong with a field of a regime: the field, what, how to mend it."""

KINDS = ("frikommune", "welfare-agreement", "trial", "proposal", "reform", "local")
STATUSES = ("never-in-force", "expired", "in-force", "superseded", "proposed", "agreed", "planned")
OPS = ("set_aside", "replace", "set_rate", "add", "narrow", "extend", "promise")
"""What an edit may do to a norm."""

_NEEDS = {"replace": "with", "set_rate": "value", "add": "norm", "narrow": "applies", "extend": "applies"}
_HEADER = (
    "title",
    "purpose",
    "saving",
    "who",
    "safeguards",
    "evaluation",
    "stop_rule",
    "running_cases",
    "source",
)
_KEYS = {
    "id", "kind", "status", "legal_basis", "window", "assumed_window", "edits", "interpretation", "note",
    "superseded_by", "assumptions", "data", *_HEADER,
}  # fmt: skip


def read_regime(document: Document, raw: Any, law: Law, assembler: Assembler, problems: list[Problem]) -> Regime | None:
    """A checked regime, or None after reporting why not."""
    if not isinstance(raw, dict) or not raw.get("id"):
        problems.append(
            document.problem((), "the file is not a regime", "begin with id:, kind:, status:, title:", "file")
        )
        return None
    found: list[Problem] = []
    raw = shaped(document, {**raw, "id": str(raw["id"])}, REGIME, (), found, str(raw["id"]))

    def report(field: str, message: str, mend: str) -> None:
        found.append(document.problem(tuple(field.split(".")), message, mend, f"{raw['id']}.{field}"))

    _header(raw, law, report)
    window = _window(raw, report)
    edits: list[Edit] = []
    added: list[Norm] = []
    overlay = assembler.overlay()
    given = enumerate(raw.get("edits") or [])
    listed = [shaped_edit(document, edit, index, found, raw["id"]) for index, edit in given]
    gone = {_target(edit) for edit in listed if isinstance(edit, dict) and edit.get("op") == "set_aside"}
    for index, edit in enumerate(listed):
        problem = _edit_problem(edit, law, gone)
        if problem:
            found.append(document.problem(("edits", index), *problem, f"{raw['id']}.edits.{index}"))
        else:
            edits.append(Edit(edit["op"], _target(edit), edit))
            _try(edits[-1], law, overlay, document, index, raw["id"], found, added)
    problems += found
    if found:
        return None
    who = None if raw["who"] == "all" else tuple(_slug(name, law) or name for name in raw["who"])
    title = raw["title"] if isinstance(raw["title"], dict) else {"da": raw["title"], "en": raw["title"]}
    return Regime(
        id=raw["id"],
        kind=raw["kind"],
        status=raw["status"],
        title=title,
        window=window,
        who=who,
        edits=tuple(edits),
        added=tuple(added),
        raw=raw,
        file=document.shown,
        assembler=overlay,
    )


def _window(raw: dict[str, Any], report: Report) -> Span:
    """When the regime runs; it must have an end."""
    try:
        window = span(raw.get("window"), "window")
    except FieldError as error:
        report("window", error.message, error.mend)
        return Span(None, None)
    if window.last is None:
        report(
            "window",
            "the regime has no end date",
            "add window: {from: …, to: …}; nobody is set free for ever",
        )
    return window


def _header(raw: dict[str, Any], law: Law, report: Report) -> None:
    for key in sorted(set(raw) - _KEYS, key=str):
        report(key, f"a regime has no field '{key}'", nearest(key, sorted(_KEYS)))
    for key in _HEADER:
        if raw.get(key) in (None, "", []):
            report(key, f"the regime does not state its {key}", f"add {key}:")
    if raw.get("kind") not in KINDS:
        report("kind", f"'{raw.get('kind')}' is no kind of regime", f"use one of {', '.join(KINDS)}")
    if raw.get("status") not in STATUSES:
        report("status", f"'{raw.get('status')}' is no status", f"use one of {', '.join(STATUSES)}")
    sources = raw.get("source") or []
    for source in sources if isinstance(sources, list) else [sources]:
        if source not in law.sources:
            report("source", f"the source '{source}' does not exist", nearest(str(source), list(law.sources)))
    who = raw.get("who")
    if who and who != "all" and not isinstance(who, list):
        report("who", f"'{who}' is not a list", "write [name, …], or all")
    if isinstance(who, list) and law.municipalities:
        for name in who:
            if _slug(name, law) is None:
                report("who", f"'{name}' is no municipality", nearest(str(name), list(law.municipalities)))


def _slug(name: Any, law: Law) -> str | None:
    if str(name) in law.municipalities:
        return str(name)
    return next((slug for slug, row in law.municipalities.items() if row.get("name") == name), None)


def _target(edit: dict[str, Any]) -> str:
    norm = edit.get("norm")
    return str(norm.get("id")) if isinstance(norm, dict) else str(norm)


def _edit_problem(edit: Any, law: Law, gone: set[str]) -> tuple[str, str] | None:
    """What is wrong with an edit, before it is tried; ``gone`` is all that the regime sets aside."""
    if not isinstance(edit, dict) or edit.get("op") not in OPS:
        op = edit.get("op") if isinstance(edit, dict) else edit
        return f"'{op}' is no edit", f"use one of {', '.join(OPS)}"
    op, target = edit["op"], _target(edit)
    if op in _NEEDS and _NEEDS[op] not in edit:
        return f"the edit does not say its {_NEEDS[op]}", f"add {_NEEDS[op]}:"
    if op == "add" and not (isinstance(edit["norm"], dict) and edit["norm"].get("id")):
        return "the norm it adds lacks its id", "add `norm: {id: …}`"
    if op != "add" and target not in law.norms:
        return f"it edits '{target}', which does not exist", nearest(target, list(law.norms))
    if op == "set_rate" and law.norms[target].kind not in ("rate", "definition"):
        return f"'{target}' is a {law.norms[target].kind}, not a rate", "replace its value instead"
    for norm in _weakened(edit, target, law):
        right = protection(norm, law)
        if right is not None:
            return (
                f"'{norm}' protects a right no regime may remove: {right}",
                "leave it, or replace another norm",
            )
    return _orphans(target, law, gone) if op == "set_aside" else None


def _weakened(edit: dict[str, Any], target: str, law: Law) -> list[str]:
    """Norms that an edit may take something from: its own, and those that its norm overrides or excepts."""
    op = edit["op"]
    if op == "promise":
        return []  # more than the law gives takes nobody's right away
    norm = law.norms.get(target)
    own = [] if op == "extend" or norm is None else [target]
    if op == "add":
        raw = edit["norm"]
        excepts = raw.get("excepts") or {}
        aside = raw.get("overrides") or []
        excepted, effect = excepts.get("norms") or [], excepts.get("effect", "waive")
    else:
        assert norm is not None
        aside = norm.overrides
        excepted, effect = (norm.excepts.norms, norm.excepts.effect) if norm.excepts else ((), "")
    wider, narrower = op in ("add", "extend", "replace"), op in ("set_aside", "narrow", "replace")
    excepted = [excepted] if isinstance(excepted, str) else excepted
    if wider:
        own += aside
    if narrower if effect == "restore" else wider:
        own += excepted
    return own


def protection(norm: str, law: Law) -> str | None:
    """The protected right a norm belongs to, in English, or None."""
    for right in law.protected:
        if any(fnmatchcase(norm, pattern) for pattern in right.get("norms", ())):
            label = right.get("right") or {}
            return str(label.get("en") if isinstance(label, dict) else label)
    return None


def _orphans(target: str, law: Law, gone: set[str]) -> tuple[str, str] | None:
    """A definition or rate others read cannot be set aside: they would dangle."""
    norm = law.norms[target]
    if norm.kind not in ("definition", "rate"):
        return None
    readers = sorted(id_ for id_, reads in all_references(law.norms).items() if target in reads and id_ not in gone)
    if not readers:
        return None
    return (
        f"{len(readers)} norms read '{target}', among them {readers[0]}",
        "replace it instead, or set them aside too",
    )


def _try(
    edit: Edit, law: Law, overlay: Assembler, document: Document, index: int, regime: str,
    found: list[Problem], added: list[Norm],
) -> None:  # fmt: skip
    """Type the edit against every version it touches, so that a wrong one fails at load."""
    overlay.problems = found
    try:
        if edit.op == "add":
            norm = added_norm(edit, document, overlay, regime, index)
            added += [norm] if norm is not None else []
            return
        for version in law.norms[edit.norm].versions:
            edited(law, law.norms[edit.norm], version, edit, overlay)
    except (FieldError, GrammarError) as error:
        found.append(document.problem(("edits", index), error.message, error.mend, f"{regime}.edits.{index}"))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        message = f"the edit cannot be read: {error}"
        found.append(
            document.problem(("edits", index), message, "compare it with the norm guide", f"{regime}.edits.{index}")
        )
