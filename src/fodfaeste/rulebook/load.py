"""Loading a law folder: every file read, every norm typed, all problems told at once."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from fodfaeste.facts.vocabulary import Vocabulary, load_vocabulary
from fodfaeste.foundation import Problem, ProblemError
from fodfaeste.rulebook.assemble import Assembler
from fodfaeste.rulebook.check import check_law
from fodfaeste.rulebook.compiler import day, words
from fodfaeste.rulebook.examples import read_examples
from fodfaeste.rulebook.norms import Law, Regime, Section
from fodfaeste.rulebook.reading import Document
from fodfaeste.rulebook.regimes import read_regime
from fodfaeste.rulebook.sections import read_rate, read_section
from fodfaeste.rulebook.shapes import EXAMPLE, PROTECTED, shaped_rows, shaped_table

_NOT_ACTS = {"vocabulary", "rates", "examples"}


def load_law(folder: Path | str, regimes: Path | str | None = None, checked: bool = True) -> Law:
    """The law in ``folder`` and the regimes in ``regimes``.

    Raises ProblemError with every problem found (file, line, what, how to mend it). ``checked`` False
    skips the checks across files, for tools that look at unfinished law.
    """
    law, problems = read_law(Path(folder), Path(regimes) if regimes else None, checked)
    if problems:
        raise ProblemError(problems)
    assert law is not None
    return law


def read_law(folder: Path, regimes: Path | None, checked: bool = True) -> tuple[Law | None, list[Problem]]:
    """As load_law, but gives the problems instead of raising them (the law may then lack what is wrong)."""
    problems: list[Problem] = []
    try:
        vocabulary = load_vocabulary(folder)
    except ProblemError as error:
        return None, error.problems
    documents: list[Document] = []
    assembler = Assembler(vocabulary, problems)
    sections = _read_files(folder, vocabulary, documents, assembler, problems)
    law = Law(
        vocabulary=vocabulary,
        norms=assembler.norms(),
        names=assembler.names,
        sections=tuple(sections),
        sources=_mapping(folder, "sources.yaml", documents, problems),
        doubts=_mapping(folder, "doubts.yaml", documents, problems),
        protected=tuple(_list(folder, "protected.yaml", documents, problems)),
        examples=tuple(read_examples(documents, problems)),
        municipalities=_mapping(folder, "municipalities.yaml", documents, problems),
        begins=_begins(folder, documents, problems),
    )
    loaded = _read_regimes(regimes, law, assembler, documents, problems) if regimes and regimes.is_dir() else {}
    digest = hashlib.sha256("".join([vocabulary.digest, *(d.digest for d in documents)]).encode()).hexdigest()
    law = replace(law, regimes=loaded, file_digest=digest, assembler=assembler)
    if checked:
        check_law(law, assembler, {d.shown: d for d in documents}, problems)
    return law, problems


def _read_files(
    folder: Path,
    vocabulary: Vocabulary,
    documents: list[Document],
    assembler: Assembler,
    problems: list[Problem],
) -> list[Section]:
    sections: list[Section] = []
    for path in sorted(folder.glob("*/*.yaml")):
        room = path.parent.name
        if room == "vocabulary":
            continue
        document = Document(path, folder)
        documents.append(document)
        content = document.content(problems)
        if room == "examples":
            document.examples = shaped_rows(document, content, EXAMPLE, problems)
        elif room == "rates":
            read_rate(document, content, assembler, problems)
        else:
            section = read_section(document, content, room, vocabulary, assembler, problems)
            if section is not None:
                sections.append(section)
    return sections


def _mapping(folder: Path, name: str, documents: list[Document], problems: list[Problem]) -> dict[str, Any]:
    document, content = _content(folder, name, documents, problems)
    return shaped_table(document, content, problems) if document is not None else {}


def read_municipalities(folder: Path) -> dict[str, Any]:
    """The municipalities of a law folder alone, without its norms; empty when the file is not there or broken."""
    return _mapping(folder, "municipalities.yaml", [], [])


def _list(folder: Path, name: str, documents: list[Document], problems: list[Problem]) -> list[Any]:
    document, content = _content(folder, name, documents, problems)
    rows = shaped_rows(document, content, PROTECTED, problems) if document is not None else []
    return [{**row, "norms": words(row, "norms")} for row in rows]


def _begins(folder: Path, documents: list[Document], problems: list[Problem]) -> int | None:
    """The first day the files mean to cover, as ``encoded.yaml`` says; None where it is not there."""
    document, content = _content(folder, "encoded.yaml", documents, problems)
    if document is None:
        return None
    given = content.get("from") if isinstance(content, dict) and set(content) == {"from"} else None
    try:
        if given is not None:
            return day(given)
    except ValueError:
        pass
    message = "the file does not say from which day the law is written"
    problems.append(
        document.problem(
            ("from",), message, "write from: and the first day they cover, as year-month-day; nothing else", "from"
        )
    )
    return None


def _content(
    folder: Path, name: str, documents: list[Document], problems: list[Problem]
) -> tuple[Document | None, Any]:
    path = folder / name
    if not path.exists():
        return None, None
    document = Document(path, folder)
    documents.append(document)
    return document, document.content(problems)


def _read_regimes(
    folder: Path, law: Law, assembler: Assembler, documents: list[Document], problems: list[Problem]
) -> dict[str, Regime]:
    found: dict[str, Regime] = {}
    for path in sorted(folder.glob("**/*.yaml")):
        document = Document(path, folder)
        documents.append(document)
        regime = read_regime(document, document.content(problems), law, assembler, problems)
        if regime is None:
            continue
        if regime.id in found:
            message = f"the regime '{regime.id}' is also in {found[regime.id].file}"
            problems.append(document.problem(("id",), message, "give each regime its own id"))
        found[regime.id] = regime
    return found
