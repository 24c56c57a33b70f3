"""Which norm reads which: order of evaluation, circles, and the graph people look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fodfaeste.rulebook import ir
from fodfaeste.rulebook.norms import Law, Must, Norm, Version


def version_references(version: Version) -> set[str]:
    """Ids of the norms a version reads."""
    return {id_ for node in version_nodes(version) for id_ in ir.references(node)}


def version_nodes(version: Version) -> list[ir.Node]:
    """Every expression of a version."""
    nodes = (version.applies, version.value, version.requires, version.lapses_when)
    promised = (version.promise, version.promise_from)
    return [node for node in (*nodes, *promised, *must_nodes(version.must)) if node is not None]


def must_nodes(must: Must | None) -> tuple[ir.Node | None, ...]:
    """The expressions of a demand."""
    if must is None:
        return ()
    return (must.start, must.last, must.count_from, must.needed)


def norm_references(norm: Norm, law: Law) -> set[str]:
    """Everything that must be known before a norm can be judged, in any version."""
    return all_references(law.norms, [norm.id])[norm.id]


def all_references(
    norms: Mapping[str, Norm], only: Iterable[str] | None = None, acting: Mapping[str, list[str]] | None = None
) -> dict[str, set[str]]:
    """As norm_references, of every norm (or of ``only`` these), by norm id. ``acting``: acting_on, if known."""
    acting = acting_on(norms) if acting is None else acting
    return {id_: _references(norms[id_], acting) & norms.keys() for id_ in (norms if only is None else only)}


def acting_on(norms: Mapping[str, Norm]) -> dict[str, list[str]]:
    """Norm id → the norms that override it, take exception to it or fill it."""
    found: dict[str, list[str]] = {}
    for norm in norms.values():
        for target in (*norm.overrides, *(norm.excepts.norms if norm.excepts else ()), norm.fills):
            if target:
                found.setdefault(target, []).append(norm.id)
    return found


def _references(norm: Norm, acting: Mapping[str, list[str]]) -> set[str]:
    found = {id_ for version in norm.versions for id_ in version_references(version)}
    if norm.governed_by is not None:
        found |= ir.references(norm.governed_by)
    found.update(acting.get(norm.id, ()))
    if norm.of:
        found.add(norm.of)
    return found


def circle(references: dict[str, set[str]], roots: Iterable[str] | None = None) -> list[str]:
    """A circle of references, or an empty list. ``roots``: where to look from, if the rest is known to be sound."""
    done: set[str] = set()
    for root in references if roots is None else roots:
        path: list[str] = []
        found = _descend(root, references, done, path)
        if found:
            return found
    return []


def _descend(id_: str, references: dict[str, set[str]], done: set[str], path: list[str]) -> list[str]:
    if id_ in path:
        return [*path[path.index(id_) :], id_]
    if id_ in done:
        return []
    path.append(id_)
    for other in sorted(references.get(id_, ())):
        found = _descend(other, references, done, path)
        if found:
            return found
    path.pop()
    done.add(id_)
    return []


def in_order(references: dict[str, set[str]]) -> list[str]:
    """Ids so that what is read comes before what reads it. Raises ValueError with a sentence for a circle."""
    order: list[str] = []
    done: set[str] = set()
    open_: set[str] = set()
    for root in references:
        stack: list[tuple[str, bool]] = [(root, False)]
        while stack:
            id_, ready = stack.pop()
            if ready:
                open_.discard(id_)
                done.add(id_)
                order.append(id_)
            elif id_ in open_:
                raise ValueError(
                    f"under these regimes the norms go in a circle at '{id_}'; change the edit that closes it"
                )
            elif id_ not in done:
                open_.add(id_)
                stack.append((id_, True))
                stack += [
                    (other, False) for other in sorted(references.get(id_, ()), reverse=True) if other not in done
                ]
    return order
