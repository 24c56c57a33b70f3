"""The law of Hven for tests: whole, with one change, or a few norms of one's own on its vocabulary."""

import shutil
from functools import cache
from pathlib import Path

from fodfaeste.foundation import Problem, parse_day
from fodfaeste.rulebook import Law, Rulebook, ir, load_law, resolve
from fodfaeste.rulebook.grammar import parse
from fodfaeste.rulebook.load import read_law
from fodfaeste.rulebook.scope import GrammarError, Scope

TOYLAW = Path(__file__).parents[2] / "toylaw"
SHARED = ("sources.yaml", "doubts.yaml", "protected.yaml", "municipalities.yaml")


@cache
def hven() -> Law:
    """The whole law of the island, loaded once."""
    return load_law(TOYLAW / "law", TOYLAW / "regimes")


def rulebook(on: str, place: str | None = None, regimes: list[str] | None = None, law: Law | None = None) -> Rulebook:
    return resolve(law or hven(), parse_day(on), place, regimes)


def scope(each: str | None = None, last_day: bool | None = True) -> Scope:
    """What an expression on Hven may refer to."""
    law = hven()
    return Scope(law.vocabulary, law.names, law.assembler.type_of, each, last_day)


def read(expression: str, expect: str | None = None, each: str | None = None, last_day: bool | None = True) -> ir.Node:
    return parse(expression, scope(each, last_day), expect)


def refusal(expression: str, expect: str | None = None, each: str | None = None, last_day: bool | None = True) -> str:
    """The sentence an expression is refused with; '' when it is read."""
    try:
        read(expression, expect, each, last_day)
    except GrammarError as error:
        return f"{error.message} — {error.mend}"
    return ""


def copy(folder: Path) -> Path:
    """A copy of the toy law in ``folder`` (which may be a test's tmp_path), to change."""
    for room in ("law", "regimes"):
        shutil.copytree(TOYLAW / room, folder / room)
    return folder


def load_copy(folder: Path) -> Law:
    return load_law(folder / "law", folder / "regimes")


def change(folder: Path, file: str, old: str, new: str) -> Law:
    """The law of Hven with one edit: ``old`` must stand in the file exactly once."""
    if not (folder / "law").exists():
        copy(folder)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return load_copy(folder)


def island(folder: Path, *norms: str, month_end: str = "last_day", regimes: dict[str, str] | None = None) -> Law:
    """A law of these norms alone, on the vocabulary of Hven. Raises ProblemError."""
    law, problems = try_island(folder, *norms, month_end=month_end, regimes=regimes)
    assert problems == [], "\n".join(map(str, problems))
    assert law is not None
    return law


def try_island(
    folder: Path, *norms: str, month_end: str = "last_day", regimes: dict[str, str] | None = None
) -> tuple[Law | None, list[Problem]]:
    """As ``island``, with the problems."""
    shutil.rmtree(folder / "law", ignore_errors=True)
    shutil.copytree(TOYLAW / "law" / "vocabulary", folder / "law" / "vocabulary")
    for name in SHARED:
        shutil.copy(TOYLAW / "law" / name, folder / "law" / name)
    (folder / "law" / "protected.yaml").write_text("[]\n", encoding="utf-8")
    (folder / "law" / "lighthouse").mkdir()
    head = f'act: lighthouse\nsection: "1"\ntitle: {{da: Prøve, en: Trial}}\nmonth_end: {month_end}\nnorms:\n'
    (folder / "law" / "lighthouse" / "1.yaml").write_text(head + "".join(norms), encoding="utf-8")
    (folder / "regimes").mkdir(exist_ok=True)
    for slug, text in (regimes or {}).items():
        (folder / "regimes" / f"{slug}.yaml").write_text(text, encoding="utf-8")
    return read_law(folder / "law", folder / "regimes")


def norm(id_: str, kind: str, version: str = "", more: str = "", versions: tuple[str, ...] = ()) -> str:
    """A norm in YAML: ``version`` holds the fields of its only version, ``more`` those of the norm."""
    lines = [f"- id: {id_}", f"  kind: {kind}", "  label: {da: Prøve, en: Trial}", "  no_example: it is a trial"]
    lines += [f"  {line}" for line in more.splitlines()]
    lines.append("  versions:")
    for fields in versions or (f"in_force: {{from: 2020-01-01, to: null}}, {version}",):
        lines.append(f"  - {{ref: FYR § 1, source: [book-1], {fields}}}")
    return "\n".join(lines) + "\n"


def regime(id_: str, *edits: str, **header: str) -> str:
    """A regime in YAML, proposed for all in 2024 unless ``header`` says otherwise."""
    fields = {
        "kind": "trial", "status": "proposed", "title": "{da: Prøve, en: Trial}", "purpose": "{da: Prøve, en: Trial}",
        "saving": "none claimed", "who": "all", "window": "{from: 2024-01-01, to: 2024-12-31}",
        "safeguards": "[none]", "evaluation": "none", "stop_rule": "none", "running_cases": "run on",
        "source": "[book-1]", **header,
    }  # fmt: skip
    lines = [f"id: {id_}", *(f"{key}: {value}" for key, value in fields.items()), "edits:"]
    return "\n".join([*lines, *(f"- {edit}" for edit in edits)]) + "\n"
