"""Where the law stands: the folder asked for, a working copy, or the copy that travels with the library."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from fodfaeste.foundation import Problem, ProblemError
from fodfaeste.rulebook import Law, Regime, load_law, read_law
from fodfaeste.rulebook.reading import Document
from fodfaeste.rulebook.regimes import read_regime

ENVIRONMENT = "FODFAESTE_LAW"
"""The environment variable that names the law folder when no option does."""

OWN_REGIMES = "FODFAESTE_REGIMES"
"""The environment variable that names files of regimes to be read with the law: a municipality's own promises."""

_HERE = Path(__file__).resolve()
_MOST_KEPT = 4


@dataclass(frozen=True)
class LawFiles:
    """A law folder, and the folder of regimes beside it (None when there is none)."""

    law: Path
    regimes: Path | None


def find_law(folder: Path | str | None = None) -> LawFiles:
    """The law folder to use: the one given, else $FODFAESTE_LAW, else the working copy, else the library's own.

    A folder is a law folder when it holds ``vocabulary/``; one that holds ``law/`` is taken as its parent.
    Raises ProblemError when there is no law where one was named, or nowhere.
    """
    named = folder or os.environ.get(ENVIRONMENT)
    if named:
        found = _law_in(Path(named))
        if found is None:
            mend = "name a folder that holds vocabulary/, or one that holds law/"
            raise ProblemError([Problem(str(named), None, "", "there is no law here", mend)])
        return found
    for place in (_HERE.parents[3], _HERE.parents[1] / "_data"):
        found = _law_in(place)
        if found is not None:
            return found
    mend = f"name the law folder with --law, or in ${ENVIRONMENT}"
    raise ProblemError([Problem("", None, "", "no law was found", mend)])


def _law_in(folder: Path) -> LawFiles | None:
    for law in (folder, folder / "law"):
        if (law / "vocabulary").is_dir():
            regimes = law.resolve().parent / "regimes"
            return LawFiles(law, regimes if regimes.is_dir() else None)
    return None


State = tuple[tuple[str, int, int], ...]
"""Every file of a law: name, when it was written (nanoseconds), size (bytes)."""

_KEPT: dict[LawFiles, tuple[State, Law]] = {}


def open_law(folder: Path | str | None = None) -> Law:
    """The law, with the regimes $FODFAESTE_REGIMES names; loaded and checked, and read anew once a file is another.

    Raises ProblemError with every problem at once.
    """
    files = find_law(folder)
    files = LawFiles(files.law.resolve(), files.regimes)
    own = [name for name in os.environ.get(OWN_REGIMES, "").split(os.pathsep) if name]
    state = _state_of(files, own)
    kept = _KEPT.pop(files, None)
    if kept is not None and kept[0] == state:
        law = kept[1]
    else:
        law, _ids = with_regime_files(load_law(files.law, files.regimes), own)
    while len(_KEPT) >= _MOST_KEPT:
        _KEPT.pop(next(iter(_KEPT)))
    _KEPT[files] = (state, law)
    return law


def _state_of(files: LawFiles, own: Iterable[str]) -> State:
    folders = [files.law] if files.regimes is None else [files.law, files.regimes]
    paths = [path for folder in folders for path in sorted(folder.rglob("*.yaml"))]
    found = ((str(path), path.stat()) for path in (*paths, *(Path(name) for name in own if Path(name).is_file())))
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in found)


def open_draft(folder: Path | str | None = None) -> tuple[Law, int]:
    """As much of an unfinished law as can be read, and the number of problems in it."""
    files = find_law(folder)
    law, problems = read_law(files.law, files.regimes)
    if law is None:
        raise ProblemError(problems)
    return law, len(problems)


def with_regime_files(law: Law, names: Iterable[str]) -> tuple[Law, list[str]]:
    """Regimes named by id or by file: the law with those of the files added, and all their ids.

    Raises ProblemError with everything that is wrong with the files.
    """
    problems: list[Problem] = []
    added: dict[str, Regime] = {}
    ids: list[str] = []
    for name in names:
        if not is_regime_file(name):
            ids.append(name)
            continue
        regime = _regime_file(Path(name), law, problems)
        if regime is not None:
            added[regime.id] = regime
            ids.append(regime.id)
    if problems:
        raise ProblemError(problems)
    return (replace(law, regimes={**law.regimes, **added}) if added else law), ids


def is_regime_file(name: str) -> bool:
    """Whether a regime is named by its file rather than its id."""
    return name.endswith((".yaml", ".yml"))


def _regime_file(path: Path, law: Law, problems: list[Problem]) -> Regime | None:
    if not path.is_file():
        problems.append(Problem(str(path), None, "", "there is no such file", "check the name of the file"))
        return None
    document = Document(path, path.parent)
    document.shown = str(path)
    before = len(problems)
    content = document.content(problems)
    if len(problems) > before:
        return None
    return read_regime(document, content, law, law.assembler, problems)
