"""Checks across files: what no single expression can show to be wrong."""

from __future__ import annotations

from dataclasses import replace
from fnmatch import fnmatchcase

from fodfaeste.facts.case import read_case
from fodfaeste.foundation import Problem, ProblemError
from fodfaeste.rulebook import ir
from fodfaeste.rulebook.assemble import Assembler
from fodfaeste.rulebook.compiler import FieldError
from fodfaeste.rulebook.graph import acting_on, all_references, circle
from fodfaeste.rulebook.norms import CONFIDENCES, NATURES, Law, Norm, Regime, Version
from fodfaeste.rulebook.pieces import edited
from fodfaeste.rulebook.ranges import check_ranges
from fodfaeste.rulebook.reading import Document, Place
from fodfaeste.rulebook.scope import nearest
from fodfaeste.rulebook.weave import effect_of

_FOREVER = 10**9


def check_law(law: Law, assembler: Assembler, documents: dict[str, Document], problems: list[Problem]) -> None:
    """Add every problem of a loaded law to ``problems``."""
    checker = _Checker(law, assembler)
    for norm in law.norms.values():
        checker.norm(norm)
    checker.exceptions()
    acting = acting_on(law.norms)
    found = all_references(law.norms, None, acting)
    reads = {id_: read | checker.effects.get(id_, set()) for id_, read in found.items()}
    closed = circle(reads)
    if closed:
        raw = assembler.raw[closed[0]]
        assembler.report(raw, ("versions",), f"the norms go in a circle: {' → '.join(closed)}", "break the circle")
    checker.protected(documents, problems)
    checker.examples(documents, problems)
    for regime in law.regimes.values() if not problems else ():
        _check_regime(law, regime, reads, acting, documents[regime.file], problems)
    if not problems:
        check_ranges(law, documents, problems)


def check_norm(law: Law, norm: Norm, assembler: Assembler) -> None:
    """Report every problem of one norm to the assembler, for tools that change one norm at a time."""
    _Checker(law, assembler).norm(norm)


def _check_regime(
    law: Law, regime: Regime, reads: dict[str, set[str]], acting: dict[str, list[str]],
    document: Document, problems: list[Problem],
) -> None:  # fmt: skip
    """What a regime adds is a whole norm, and its edits let no norm read itself.

    ``reads`` and ``acting``: what each norm of the law reads, and which norms act on it.
    """
    norms = {**law.norms, **{norm.id: norm for norm in regime.added}}
    changed = replace(law, norms=norms)
    regime.assembler.problems = problems
    checker = _Checker(changed, regime.assembler)
    for norm in regime.added:
        checker.norm(norm)
    if regime.added:
        checker.exceptions({norm.id for norm in regime.added})
    for edit in regime.edits:
        if edit.op != "add":
            norm = norms[edit.norm]
            versions = (edited(law, norm, version, edit, regime.assembler) for version in norm.versions)
            norms[edit.norm] = replace(norm, versions=tuple(v for v in versions if v is not None))
    touched = {edit.norm for edit in regime.edits} | checker.effects.keys()
    for norm in regime.added:
        touched |= {
            *norm.overrides,
            *(norm.excepts.norms if norm.excepts else ()),
            *filter(None, (norm.fills,)),
        } & norms.keys()
    again = all_references(norms, touched, acting_on(norms) if regime.added else acting)
    new = {id_: read | checker.effects.get(id_, set()) for id_, read in again.items()}
    found = circle({**reads, **new}, sorted(touched))  # the law has none, so one goes through what is touched
    if found:
        message = f"with its edits the norms go in a circle: {' → '.join(found)}"
        problems.append(document.problem(("edits",), message, "break the circle", f"{regime.id}.edits"))


class _Checker:
    def __init__(self, law: Law, assembler: Assembler) -> None:
        self.law, self.assembler = law, assembler
        self.effects: dict[str, set[str]] = {}  # norm id → what the effects of its exceptions read

    def report(self, norm: Norm, place: Place, message: str, mend: str) -> None:
        """Add a problem at a place in a norm."""
        self.assembler.report(self.assembler.raw[norm.id], place, message, mend)

    def norm(self, norm: Norm) -> None:
        """The fields every norm needs, and what its kind needs."""
        if not (norm.label.get("da") and norm.label.get("en")):
            self.report(norm, ("label",), "the label lacks Danish or English", "write label: {da: …, en: …}")
        for actor in (norm.owed_by, norm.owed_to):
            if actor is not None and actor not in self.law.vocabulary.actors:
                self.report(
                    norm,
                    ("owed_by",),
                    f"'{actor}' is no actor",
                    nearest(actor, list(self.law.vocabulary.actors)),
                )
        if norm.nature is not None and norm.nature not in NATURES:
            self.report(norm, ("nature",), f"'{norm.nature}' is no nature", f"use one of {', '.join(NATURES)}")
        self.links(norm)
        self.overlaps(norm)
        self.governed(norm)
        for index, version in enumerate(norm.versions):
            self.version(norm, index, version)

    def links(self, norm: Norm) -> None:
        """The norms it overrides, fills, counts or takes exception to exist and are judged for the same thing."""
        excepted = norm.excepts.norms if norm.excepts else ()
        for id_ in (*norm.overrides, *excepted, *filter(None, (norm.fills, norm.of))):
            other = self.law.norms.get(id_)
            if other is None:
                self.report(
                    norm,
                    (),
                    f"it refers to '{id_}', which does not exist",
                    nearest(id_, list(self.law.norms)),
                )
            elif norm.each not in (None, other.each) and id_ != norm.of:
                message = f"it is judged for each {norm.each}, but '{id_}' is not"
                self.report(norm, (), message, "add the same each: to both, or leave it out of both")
        filled = self.law.norms.get(norm.fills or "")
        if filled is not None and (filled.kind, filled.type) != ("definition", norm.type):
            message = f"it fills '{norm.fills}', a {filled.kind} of type '{filled.type}', with '{norm.type}'"
            self.report(norm, ("fills",), message, "fill a definition of the same type")
        if norm.excepts and (
            norm.type != "bool" or any(v.value is None for v in norm.versions if norm.kind == "condition")
        ):
            self.report(norm, ("excepts",), "an exception is either true or false", "make it a condition with value:")

    def overlaps(self, norm: Norm) -> None:
        """No day has two versions."""
        for earlier, later in zip(norm.versions, norm.versions[1:], strict=False):
            end = earlier.span.last if earlier.span.last is not None else _FOREVER
            start = later.span.first if later.span.first is not None else -_FOREVER
            if end >= start:
                message = f"two versions are in force at once ({earlier.ref} and {later.ref})"
                self.report(norm, ("versions",), message, "let one end the day before the other begins")

    def governed(self, norm: Norm) -> None:
        """Where another day than today governs, the versions may differ in days and numbers, not in what is done."""
        shapes = {
            (m.form, m.kind, m.filters, m.pauses) if (m := version.must) is not None else None
            for version in norm.versions
        }
        if norm.governed_by is not None and len(shapes) > 1:
            message = "its versions demand different things, and another day than today governs"
            self.report(norm, ("governed_by",), message, "make a norm of each, with applies: for its days")

    def version(self, norm: Norm, index: int, version: Version) -> None:
        """Reference, source and validity; and the expressions the kind demands."""
        raws = self.assembler.raw[norm.id].raw["versions"]
        place: Place = ("versions", next((i for i, raw in enumerate(raws) if raw is version.raw), index))
        if not version.ref:
            self.report(norm, place, "the version has no ref", "add ref: LAB § …")
        if "in_force" not in version.raw:
            self.report(norm, place, "the version has no in_force", "add in_force: {from: …, to: …}")
        if not version.sources:
            self.report(norm, place, "the version has no source", "add source: [slug]")
        for source in version.sources:
            if source not in self.law.sources:
                mend = nearest(source, list(self.law.sources))
                self.report(norm, (*place, "source"), f"the source '{source}' does not exist", mend)
        for doubt in version.assumptions:
            if doubt not in self.law.doubts:
                self.report(
                    norm,
                    (*place, "assumptions"),
                    f"the doubt '{doubt}' does not exist",
                    "add it to doubts.yaml",
                )
        if version.confidence not in CONFIDENCES:
            message = f"'{version.confidence}' is no confidence"
            self.report(norm, (*place, "confidence"), message, "use high, medium or low")
        self.content(norm, place, version)

    def content(self, norm: Norm, place: Place, version: Version) -> None:
        """What its kind demands that a version says, and that it can read what it names."""
        missing = {
            "duty": version.must is None and version.not_modelled is None and "a must",
            "quota": (version.share is None or norm.of is None) and "a share and an `of`",
            "rate": version.value is None and "a value",
            "definition": not _says(version) and "a value, blank or table",
            "condition": not _says(version) and "a value or requires",
            "sanction": version.judged is None and version.not_modelled is None and "a `judged` field: a named human",
        }.get(norm.kind)
        if missing:
            self.report(norm, place, f"a {norm.kind} needs {missing}", "see the table of kinds in the norm guide")
        for node in (*_nodes(version), norm.governed_by):
            self.readable(norm, place, node)

    def readable(self, norm: Norm, place: Place, node: ir.Node | None) -> None:
        """What an expression names has a value, and one for this person or item."""
        for part in ir.walk(node) if node is not None else ():
            other = self.law.norms.get(part.norm) if isinstance(part, ir.NormRef) else None
            if other is None:
                continue
            if other.each not in (None, norm.each):
                self.report(
                    norm,
                    place,
                    f"'{part.text}' is judged for another kind",
                    "refer to norms about the person",
                )
            if other.kind == "condition" and any(v.value is None for v in other.versions):
                self.report(
                    norm,
                    place,
                    f"'{part.text}' is a demand and has no value",
                    "refer to a condition with value:",
                )

    def exceptions(self, only: set[str] | None = None) -> None:
        """Two exceptions to one norm that disagree need different ranks. ``only``: those these norms take part in."""
        by_target: dict[str, list[Norm]] = {}
        for norm in self.law.norms.values():
            for target in norm.excepts.norms if norm.excepts else ():
                by_target.setdefault(target, []).append(norm)
        for target, norms in by_target.items():
            for norm in norms:
                if only is None or norm.id in only:
                    self.effect(norm, target)
            for i, one in enumerate(norms):
                for other in norms[i + 1 :]:
                    assert one.excepts is not None
                    assert other.excepts is not None
                    if only is not None and not only & {one.id, other.id}:
                        continue
                    if one.excepts.rank == other.excepts.rank and one.excepts.effect != other.excepts.effect:
                        message = f"{one.id} and {other.id} disagree about {target} and have the same rank"
                        self.report(other, ("excepts", "rank"), message, "give the stronger one a higher rank")

    def effect(self, norm: Norm, target: str) -> None:
        """The effect of an exception fits the norm it is an exception to."""
        other = self.law.norms.get(target)
        if other is None or norm.excepts is None:
            return
        effect, place = norm.excepts.effect, ("excepts", "effect")
        valued = other.kind in ("definition", "rate") or (
            other.kind == "condition" and other.versions[0].value is not None
        )
        if effect in ("waive", "restore"):
            if other.kind in ("definition", "rate"):
                self.report(norm, place, f"nothing in '{target}' can be waived", "write the value it has instead")
        elif not valued:
            self.report(
                norm,
                place,
                f"'{target}' has no value that '{effect}' could stand for",
                "write waive or restore",
            )
        else:
            try:
                node = effect_of(norm, other, self.law, self.assembler)
            except FieldError as error:
                self.report(norm, place, error.message, error.mend)
                return
            self.effects.setdefault(target, set()).update(ir.references(node))
            self.readable(replace(norm, each=other.each), place, node)

    def protected(self, documents: dict[str, Document], problems: list[Problem]) -> None:
        """Every protected pattern must protect something."""
        document = next((d for name, d in documents.items() if name.endswith("/protected.yaml")), None)
        for index, right in enumerate(self.law.protected):
            for pattern in right.get("norms", ()):
                if not any(fnmatchcase(id_, pattern) for id_ in self.law.norms) and document is not None:
                    mend = nearest(pattern, list(self.law.norms))
                    problems.append(document.problem((index, "norms"), f"'{pattern}' protects no norm", mend))

    def examples(self, documents: dict[str, Document], problems: list[Problem]) -> None:
        """Expected norms exist, cases can be read, and every duty has an example nobody here invented."""
        real: set[str] = set()
        known = {*self.law.norms, *(norm.id for regime in self.law.regimes.values() for norm in regime.added)}
        for example in self.law.examples:
            document = documents[example.file]
            index = next((i for i, raw in enumerate(document.examples) if raw.get("id") == example.id), 0)
            here = (*document.examples_place, index)
            for id_ in example.expect:
                if id_ not in known and (self.law.regimes or not example.regimes):
                    mend = nearest(id_, sorted(known))
                    problems.append(document.problem(here, f"the norm '{id_}' does not exist", mend, example.id))
            for id_ in example.regimes or () if self.law.regimes else ():
                if id_ not in self.law.regimes:
                    mend = nearest(id_, list(self.law.regimes))
                    problems.append(document.problem(here, f"the regime '{id_}' does not exist", mend, example.id))
            if example.source_type != "invented":
                real |= set(example.expect)
            for source in example.sources:
                if source not in self.law.sources:
                    mend = nearest(source, list(self.law.sources))
                    problems.append(document.problem(here, f"the source '{source}' does not exist", mend, example.id))
            try:
                read_case({"case": example.id, **example.case}, self.law.vocabulary, file=example.file)
            except ProblemError as error:
                line = document.line(here)
                problems += [
                    Problem(document.shown, line, f"{example.id}.{p.where}", p.message, p.mend) for p in error.problems
                ]
        for norm in self.law.norms.values():
            if norm.kind == "duty" and norm.id not in real and not norm.no_example:
                message = "no example of this duty comes from anyone but us"
                self.report(norm, ("no_example",), message, "add one, or say why with no_example:")


def _says(version: Version) -> bool:
    """Whether a definition or condition says what it is, or why it does not."""
    raw = version.raw
    return raw.get("needs") is not None or bool({"value", "blank", "table", "requires", "not_modelled"} & set(raw))


def _nodes(version: Version) -> list[ir.Node]:
    must = version.must
    nodes = [version.applies, version.value, version.requires, version.lapses_when]
    if must is not None:
        nodes += [must.start, must.last, must.count_from, version.promise]
    return [node for node in nodes if node is not None]
