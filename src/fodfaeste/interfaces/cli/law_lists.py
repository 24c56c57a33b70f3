"""Lists of the law: norms, a search, coverage section by section, and who reads whom."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Annotated, Any

import typer

from fodfaeste.facts.scalars import suggest
from fodfaeste.interfaces import lawrows
from fodfaeste.interfaces.cli import display
from fodfaeste.interfaces.cli.app import both
from fodfaeste.interfaces.cli.desk import Desk, command
from fodfaeste.interfaces.cli.law_group import law_app
from fodfaeste.interfaces.cli.options import DateOption
from fodfaeste.interfaces.wording import LANGUAGES, Words, day_short, label_of
from fodfaeste.rulebook import Law, Norm
from fodfaeste.rulebook.graph import norm_references
from fodfaeste.rulebook.norms import KINDS
from fodfaeste.rulebook.scope import nearest
from fodfaeste.rulebook.texts import in_all, in_language

LIST_FORMAT = "fodfaeste/law-list/1"
SEARCH_FORMAT = "fodfaeste/law-search/1"
COVERAGE_FORMAT = "fodfaeste/law-coverage/1"
GRAPH_FORMAT = "fodfaeste/law-graph/1"

ActOption = Annotated[
    str | None,
    typer.Option(
        "--act", metavar=both("LOV", "ACT"), help=both("Kun denne lov, fx lab.", "Only this act, such as lab.")
    ),
]
KindOption = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar=both("SLAGS", "KIND"),
        help=both(f"Kun denne slags: {', '.join(KINDS)}.", f"Only this kind: {', '.join(KINDS)}."),
    ),
]
DotOption = Annotated[
    bool, typer.Option("--dot", help=both("Skriv grafen til Graphviz.", "Write the graph for Graphviz."))
]
DepthOption = Annotated[
    int,
    typer.Option(
        "--depth",
        min=1,
        max=20,
        metavar="N",
        help=both("Så mange led ud til hver side.", "So many steps to either side."),
    ),
]
WordsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar=both("ORD", "WORDS"),
        show_default=False,
        help=both("Ord, der alle skal findes.", "Words that must all be found."),
    ),
]
NormArgument = Annotated[
    str, typer.Argument(metavar="NORM", show_default=False, help=both("Normens id.", "The norm's id."))
]


@command(law_app, "list", "Vis alle normer på én linje hver.", "Show every norm on a line of its own.")
def list_norms(desk: Desk, act: ActOption = None, kind: KindOption = None, date: DateOption = None) -> int:
    """All norms; with a date only those with a wording in force that day."""
    law = desk.law()
    if act is not None and act not in {norm.act for norm in law.norms.values()}:
        near = desk.said(suggest(act, {norm.act for norm in law.norms.values()}))
        raise desk.refuse(f"Der er ingen lov '{act}'; {near}", f"There is no act '{act}'; {near}")
    if kind is not None and kind not in KINDS:
        raise desk.refuse(
            f"'{kind}' er ingen slags norm; vælg {', '.join(KINDS)}.",
            f"'{kind}' is no kind of norm; choose {', '.join(KINDS)}.",
        )
    day = None if date is None else desk.day(date)
    if day is not None:
        desk.about(law, day)
    found = [
        norm
        for norm in law.norms.values()
        if act in (None, norm.act)
        and kind in (None, norm.kind)
        and (day is None or any(version.span.covers(day) for version in norm.versions))
    ]
    words = desk.words(law)
    data = {"format": LIST_FORMAT, "norms": [norm_line(norm, day) for norm in found]}
    desk.show(data, lambda: _draw_norms(desk, found, day, words))
    return 0


def norm_line(norm: Norm, day: int | None = None) -> dict[str, Any]:
    """A norm in a list."""
    return {
        "norm": norm.id,
        "kind": norm.kind,
        "act": norm.act,
        "section": norm.section,
        "ref": lawrows.ref_on(norm, day),
        "label": lawrows.labels_of(norm.label),
        "versions": len(norm.versions),
    }


def _draw_norms(desk: Desk, found: list[Norm], day: int | None, words: Words) -> None:
    display.table(
        desk.out,
        (desk.pick("Norm", "Norm"), desk.pick("Slags", "Kind"), desk.pick("Hvor", "Where"), desk.pick("Regel", "Rule")),
        [(norm.id, words.kind_of_norm(norm.kind), lawrows.ref_on(norm, day), words.norm(norm.id)) for norm in found],
        wrap={2: 2, 3: 4},
    )
    display.line(desk.out, desk.pick(f"{len(found)} normer", f"{len(found)} norms"))


# -- search ------------------------------------------------------------------------------------------------------------


@command(
    law_app,
    "search",
    "Søg i normer, paragraffer, noter, eksempler og regelregimer.",
    "Search norms, sections, notes, examples and regimes.",
)
def search(desk: Desk, text: WordsArgument) -> int:
    """Everything in which all the words occur; exit code 1 when there is nothing."""
    law = desk.law()
    words = desk.words(law)
    wanted = [_folded(word) for word in " ".join(text).split()]
    scored = [(score, row) for row, texts in _searched(law, words) if (score := _score(wanted, texts)) > 0]
    found = [row for _, row in sorted(scored, key=lambda pair: (-pair[0], pair[1]["id"]))]
    data = {"format": SEARCH_FORMAT, "words": wanted, "found": found}
    desk.show(data, lambda: _draw_found(desk, found, words))
    return 0 if found else 1


def _searched(law: Law, words: Words) -> Iterable[tuple[dict[str, Any], tuple[str, ...]]]:
    """Everything that can be found, with its texts in both languages: the first weighs most."""
    for norm in law.norms.values():
        label = lawrows.labels_of(norm.label)
        refs = " ".join(version.ref for version in norm.versions)
        notes = " ".join(in_all(version.raw.get("note") or "") for version in norm.versions)
        row = {"what": "norm", "id": norm.id, "ref": lawrows.ref_on(norm, None), "label": label}
        yield row, (f"{label['da']} {label['en']}", f"{norm.id} {norm.name or ''} {refs}", notes)
    for section in law.sections:
        label = lawrows.labels_of(section.title)
        reasons = " ".join(f"{one.get('ref', '')} {in_all(one.get('why') or '')}" for one in section.not_modelled)
        row = {"what": "section", "id": f"{section.act} {section.section}", "ref": section.file, "label": label}
        yield row, (f"{label['da']} {label['en']}", f"{section.act} {section.section}", reasons)
    for regime in law.regimes.values():
        label = lawrows.labels_of(regime.title)
        basis = lawrows.str_of(regime.raw.get("legal_basis"))
        row = {"what": "regime", "id": regime.id, "ref": words.text(basis), "label": label}
        yield row, (f"{label['da']} {label['en']}", regime.id, f"{regime.raw.get('purpose', '')} {in_all(basis)}")
    for example in law.examples:
        says = {lang: in_language(example.says, lang) for lang in LANGUAGES}
        row = {"what": "example", "id": example.id, "ref": example.file, "label": says}
        yield row, ("", example.id, f"{in_all(example.says)} {' '.join(example.expect)}")


def _folded(text: str) -> str:
    for letter, plain in (("æ", "ae"), ("ø", "oe"), ("å", "aa"), ("§", " ")):
        text = text.casefold().replace(letter, plain)
    return text.strip()


def _score(wanted: list[str], texts: tuple[str, ...]) -> int:
    """How well all words occur: 3 in the label, 2 in the id or section, 1 elsewhere; 0 when one is missing."""
    folded = [_folded(text) for text in texts]
    best = [max((3 - i for i, text in enumerate(folded) if word in text), default=0) for word in wanted]
    return 0 if not best or 0 in best else sum(best)


_WHATS = {
    "norm": ("norm", "norm"),
    "section": ("paragraf", "section"),
    "regime": ("regelregime", "regime"),
    "example": ("eksempel", "example"),
}


def _draw_found(desk: Desk, found: list[dict[str, Any]], words: Words) -> None:
    if not found:
        display.line(desk.out, desk.pick("Intet fundet.", "Nothing found."))
        return
    display.table(
        desk.out,
        (desk.pick("Slags", "Sort"), "Id", desk.pick("Hvor", "Where"), desk.pick("Tekst", "Text")),
        [(words.pick(*_WHATS[row["what"]]), row["id"], row["ref"], row["label"][desk.lang]) for row in found],
        wrap={1: 3, 2: 2, 3: 5},
    )


# -- coverage ----------------------------------------------------------------------------------------------------------


@command(
    law_app,
    "coverage",
    "Hvor meget af loven er skrevet som regler: paragraf for paragraf.",
    "How much of the law is modelled: section by section.",
)
def coverage(desk: Desk, act: ActOption = None) -> int:
    """Modelled, partly, not modelled with why, and until when verified."""
    law = desk.law()
    rows = [lawrows.coverage_row(section, law, desk.lang) for section in law.sections if act in (None, section.act)]
    rates = [norm for norm in law.norms.values() if norm.act == "rates"]
    provisions = {p for norm in law.norms.values() for version in norm.versions for p in version.provisions}
    data = {
        "format": COVERAGE_FORMAT,
        "sections": rows,
        "rates": len(rates),
        "norms": len(law.norms),
        "provisions": len(provisions),
    }
    desk.show(data, lambda: _draw_coverage(desk, law, data))
    return 0


_STATES = {"modelled": ("✓ skrevet", "✓ modelled"), "partly": ("◐ delvis", "◐ partly"), "not": ("– ikke", "– not")}


def _draw_coverage(desk: Desk, law: Law, data: dict[str, Any]) -> None:
    from datetime import date

    by_act: dict[str, list[dict[str, Any]]] = {}
    for row in data["sections"]:
        by_act.setdefault(row["act"], []).append(row)
    for act, rows in by_act.items():
        known = law.vocabulary.acts.get(act, {})
        display.heading(desk.out, f"{known.get('short', act)} · {known.get('name', '')}")
        cells = []
        for row in rows:
            until = row["verified_until"]
            seen = day_short(date.fromisoformat(until), desk.lang) if until else desk.pick("ikke", "never")
            why = "; ".join(f"{one['ref']}: {one['why']}" for one in row["not_modelled"])
            title = f"{row['title'][desk.lang]}" + (f"\n{desk.pick('Mangler', 'Missing')}: {why}" if why else "")
            cells.append(
                (
                    f"§ {row['section']}",
                    title,
                    desk.pick(*_STATES[row["state"]]),
                    str(row["norms"]),
                    str(row["provisions"]),
                    seen,
                )
            )
        display.table(
            desk.out,
            (
                "§",
                desk.pick("Paragraf", "Section"),
                desk.pick("Tilstand", "State"),
                desk.pick("Normer", "Norms"),
                desk.pick("Rækker", "Rows"),
                desk.pick("Set", "Seen"),
            ),
            cells,
            right=(3, 4, 5),
            wrap={1: 1},
        )
        desk.out.print()
    n = len(data["sections"])
    counts = {state: sum(row["state"] == state for row in data["sections"]) for state in _STATES}
    display.line(
        desk.out,
        desk.pick(
            f"{n} paragraffer: {counts['modelled']} skrevet, {counts['partly']} delvis, {counts['not']} ikke. "
            f"{data['norms']} normer (heraf {data['rates']} satser) dækker {data['provisions']} rækker "
            "af det juridiske datasæt.",
            f"{n} sections: {counts['modelled']} modelled, {counts['partly']} partly, {counts['not']} not. "
            f"{data['norms']} norms (of which {data['rates']} rates) encode {data['provisions']} rows "
            "of the legal data set.",
        ),
    )


# -- graph -------------------------------------------------------------------------------------------------------------


@command(law_app, "graph", "Hvad en norm læser, og hvem der læser den.", "What a norm reads, and what reads it.")
def graph(desk: Desk, norm: NormArgument, depth: DepthOption = 2, dot: DotOption = False) -> int:
    """Both directions as a tree, or for Graphviz."""
    law = desk.law()
    id_ = law.names.get(norm, norm)
    if id_ not in law.norms:
        near = desk.said(nearest(norm, [*law.norms, *law.names]))
        raise desk.refuse(f"Der er ingen norm '{norm}'; {near}", f"There is no norm '{norm}'; {near}")
    reads = {one.id: norm_references(one, law) for one in law.norms.values()}
    read_by: dict[str, set[str]] = {one: set() for one in reads}
    for one, others in reads.items():
        for other in others:
            read_by[other].add(one)
    down, up = _edges(id_, reads, depth), _edges(id_, read_by, depth)
    words = desk.words(law)
    if dot:
        print(_dot(id_, down, up, words))
        return 0
    data = {
        "format": GRAPH_FORMAT,
        "norm": id_,
        "reads": [{"from": a, "to": b} for a, b in down],
        "read_by": [{"from": b, "to": a} for a, b in up],
        "labels": {one: lawrows.labels_of(law.norms[one].label) for one in sorted({id_, *chain(*down, *up)})},
    }
    desk.show(data, lambda: _draw_graph(desk, id_, reads, read_by, depth, words))
    return 0


def _edges(root: str, links: dict[str, set[str]], depth: int) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    seen, layer = {root}, [root]
    for _ in range(depth):
        below = []
        for one in layer:
            for other in sorted(links[one]):
                found.append((one, other))
                if other not in seen:
                    seen.add(other)
                    below.append(other)
        layer = below
    return found


def _tree(id_: str, links: dict[str, set[str]], depth: int, words: Words, at: int = 0) -> Iterable[tuple[int, str]]:
    for other in sorted(links[id_]):
        yield at, f"{words.norm(other)} (norm {other})"
        if at + 1 < depth:
            yield from _tree(other, links, depth, words, at + 1)


def _draw_graph(
    desk: Desk, id_: str, reads: dict[str, set[str]], read_by: dict[str, set[str]], depth: int, words: Words
) -> None:
    display.heading(desk.out, words.norm(id_), f"norm {id_}")
    for name, links in ((desk.pick("Læser", "Reads"), reads), (desk.pick("Læses af", "Read by"), read_by)):
        display.section(desk.out, f"{name} ({len(links[id_])})")
        lines = [(at + 1, text) for at, text in _tree(id_, links, depth, words)]
        display.tree(desk.out, lines or [(0, desk.pick("ingen", "none"))], indent=0)


def _dot(id_: str, down: list[tuple[str, str]], up: list[tuple[str, str]], words: Words) -> str:
    nodes = sorted({id_, *(one for pair in (*down, *up) for one in pair)})
    labels = [
        f'  "{one}" [label="{label_of({"da": words.norm(one)}, "da")}\\n{one}"];'.replace("»", "").replace("«", "")
        for one in nodes
    ]
    edges = [f'  "{a}" -> "{b}";' for a, b in dict.fromkeys([*down, *((b, a) for a, b in up)])]
    return "\n".join(["digraph law {", "  rankdir=LR;", "  node [shape=box];", *labels, *edges, "}"])
