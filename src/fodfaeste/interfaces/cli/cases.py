"""``fodfaeste case``: begin a case, check it, and get its schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from fodfaeste.facts import Vocabulary, case_schema, load_vocabulary, write_case
from fodfaeste.foundation import Problem, ProblemError
from fodfaeste.interfaces.casefiles import misplaced, read_case_files
from fodfaeste.interfaces.cli import display
from fodfaeste.interfaces.cli.app import both, group
from fodfaeste.interfaces.cli.desk import Desk, command, today
from fodfaeste.interfaces.cli.law_check import problem_row
from fodfaeste.interfaces.cli.options import DateOption
from fodfaeste.interfaces.cli.starter import starter
from fodfaeste.interfaces.lawfiles import find_law
from fodfaeste.interfaces.wording import counted, problem_text
from fodfaeste.population import sample
from fodfaeste.rulebook import read_municipalities

CHECK_FORMAT = "fodfaeste/case-check/1"

case_app = group("case", "Sager: begynd en, tjek den, få dens skema.", "Cases: begin one, check it, get its schema.")

NewOption = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar=both("FIL", "FILE"),
        help=both("Skriv til denne fil, som ikke må findes.", "Write to this file, which may not exist."),
    ),
]
FilesArgument = Annotated[
    list[Path],
    typer.Argument(
        metavar=both("FILER", "FILES"),
        show_default=False,
        help=both(
            "Sager: .json-filer, mapper, eller tabeller i .csv eller .parquet.",
            "Cases: .json files, folders, or tables in .csv or .parquet.",
        ),
    ),
]

NumberArgument = Annotated[
    int, typer.Argument(min=1, metavar=both("ANTAL", "NUMBER"), help=both("Hvor mange sager.", "How many cases."))
]
SampleOption = Annotated[
    Path, typer.Option("--out", metavar=both("FIL", "FILE"), help=both("Skriv dertil.", "Write there."))
]
SeedOption = Annotated[int, typer.Option("--seed", help=both("Tilfældighedens frø.", "Seed of the chance."))]


def _vocabulary(desk: Desk) -> Vocabulary:
    """The vocabulary, which needs no law to be sound."""
    return load_vocabulary(find_law(desk.folder).law)


@command(
    case_app, "new", "Lav en sag at begynde på, med forklaringer.", "Make a case to begin with, with explanations."
)
def new(desk: Desk, out: NewOption = None) -> int:
    """Written to a file or to the screen; asks nothing."""
    text = starter(_vocabulary(desk), desk.lang, today())
    if desk.as_json:
        text = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("//")) + "\n"
    if out is None:
        print(text, end="")
        return 0
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise desk.refuse(
            f"{out} findes allerede; vælg et andet navn.", f"{out} exists already; choose another name."
        ) from None
    except FileNotFoundError:
        raise desk.refuse(f"{out}: mappen findes ikke.", f"{out}: there is no such folder.") from None
    display.line(
        desk.out,
        desk.pick(
            f"{out} er skrevet. Ret den, og kør: fodfaeste explain {out}",
            f"{out} is written. Change it, and run: fodfaeste explain {out}",
        ),
    )
    return 0


@command(
    case_app,
    "check",
    "Tjek sager: alle fejl på én gang, med sted og udbedring.",
    "Check cases: all problems at once, with place and mend.",
)
def check(desk: Desk, files: FilesArgument) -> int:
    """Exit code 2 when anything is wrong."""
    vocabulary = _vocabulary(desk)
    municipalities = read_municipalities(find_law(desk.folder).law)
    problems: list[Problem] = []
    read: list[str] = []
    for path in files:
        try:
            found = read_case_files(path, vocabulary, desk.track)
        except ProblemError as error:
            problems += error.problems
            continue
        read += [case.case for case in found]
        problems += misplaced(found, municipalities, str(path))
    data = {"format": CHECK_FORMAT, "cases": read, "problems": [problem_row(problem) for problem in problems]}
    n = len(read)
    desk.show(
        data,
        lambda: display.line(
            desk.out,
            desk.pick(
                f"{counted(n, 'sag', 'sager')} kan læses, {len(problems)} fejl.",
                f"{counted(n, 'case', 'cases')} can be read, {counted(len(problems), 'problem', 'problems')}.",
            ),
        ),
    )
    if not desk.as_json:
        for problem in problems:
            desk.err.print(problem_text(problem, desk.lang), markup=False, highlight=False, soft_wrap=True)
    return 2 if problems else 0


@command(
    case_app,
    "schema",
    "Skriv JSON-skemaet for en sag, til en editor.",
    "Write the JSON Schema of a case, for an editor.",
)
def schema(desk: Desk) -> int:
    """Always JSON."""
    print(json.dumps(case_schema(_vocabulary(desk)), ensure_ascii=False, indent=2))
    return 0


@command(
    case_app,
    "sample",
    "Lav opdigtede sager til at prøve med, trukket af offentliggjorte tal.",
    "Make invented cases to try with, drawn from published figures.",
)
def sample_cases(
    desk: Desk,
    number: NumberArgument,
    out: SampleOption,
    seed: SeedOption = 1,
    date: DateOption = None,
) -> int:
    """No real person: ids are running numbers; the same seed gives the same cases."""
    vocabulary = _vocabulary(desk)
    found = sample(vocabulary, number, seed, desk.day(date))
    try:
        text = json.dumps({"cases": [write_case(case) for case in found]}, ensure_ascii=False)
        with out.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise desk.refuse(
            f"{out} findes allerede; vælg et andet navn.", f"{out} exists already; choose another name."
        ) from None
    except FileNotFoundError:
        raise desk.refuse(
            f"{out} kan ikke skrives; vælg en fil i en mappe, der findes.",
            f"{out} cannot be written; name a file in a folder that exists.",
        ) from None
    display.line(
        desk.out,
        desk.pick(
            f"{counted(number, 'opdigtet sag', 'opdigtede sager')} er skrevet til {out}.",
            f"{counted(number, 'invented case is', 'invented cases are')} written to {out}.",
        ),
    )
    return 0
