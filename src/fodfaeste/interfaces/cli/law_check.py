"""``fodfaeste law check``: load the law, check it, and run every worked example."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any

import typer

from fodfaeste.foundation import Problem
from fodfaeste.interfaces.cli import display
from fodfaeste.interfaces.cli.app import both
from fodfaeste.interfaces.cli.desk import Desk, command
from fodfaeste.interfaces.cli.law_group import law_app
from fodfaeste.interfaces.lawfiles import find_law
from fodfaeste.interfaces.wording import plain_fields, problem_text
from fodfaeste.reasoning import ExampleResult, run_example
from fodfaeste.rulebook import Law, read_law
from fodfaeste.rulebook.norms import EXAMPLE_SOURCES
from fodfaeste.rulebook.texts import in_language

FORMAT = "fodfaeste/law-check/1"

OnlyOption = Annotated[
    str,
    typer.Option(
        "--only",
        metavar=both("TEKST", "TEXT"),
        help=both(
            "Kun eksempler i filer, hvis navn indeholder teksten.",
            "Only examples in files whose name contains the text.",
        ),
    ),
]


@command(
    law_app, "check", "Indlæs loven, tjek den, og kør alle eksempler.", "Load the law, check it, and run all examples."
)
def check(desk: Desk, only: OnlyOption = "") -> int:
    """Exit code 2 when the law has a problem, 1 when an example does not hold."""
    files = find_law(desk.folder)
    law, problems = read_law(files.law, files.regimes)
    chosen = [example for example in law.examples if only in example.file] if law else []
    results: list[ExampleResult] = []
    for example in desk.track(chosen, len(chosen), "examples"):
        assert law is not None
        results += run_example(law, example)
    failed = [result for result in results if not result.passed]
    data: dict[str, Any] = {
        "format": FORMAT,
        "law": str(files.law),
        "norms": len(law.norms) if law else 0,
        "regimes": len(law.regimes) if law else 0,
        "examples": {source: n for source in EXAMPLE_SOURCES if (n := sum(e.source_type == source for e in chosen))},
        "expectations": len(results),
        "failed": [_failed_row(result, desk) for result in failed],
        "problems": [problem_row(problem) for problem in problems],
    }
    desk.show(data, lambda: _draw(desk, law, data, failed))
    if not desk.as_json:
        for problem in problems:
            desk.err.print(problem_text(problem, desk.lang), markup=False, highlight=False, soft_wrap=True)
    return 2 if problems else 1 if failed else 0


def problem_row(problem: Problem) -> dict[str, Any]:
    """A problem as JSON has it."""
    row: dict[str, Any] = {"file": problem.file, "line": problem.line, "where": problem.where}
    return {**row, "message": problem.message, "mend": problem.mend}


def _failed_row(result: ExampleResult, desk: Desk) -> dict[str, Any]:
    example = result.example
    row: dict[str, Any] = {
        "example": example.id,
        "file": example.file,
        "from": example.source_type,
        "says": in_language(example.says, desk.lang),
    }
    return {**row, "norm": result.norm, "expected": result.expected, "got": result.got}


def _draw(desk: Desk, law: Law | None, data: dict[str, Any], failed: list[ExampleResult]) -> None:
    if law is None:
        display.line(desk.out, desk.pick("Loven kan ikke læses.", "The law cannot be read."), style="bold red")
        return
    words = desk.words(law)
    display.heading(
        desk.out,
        desk.pick(
            f"{data['norms']} normer, {data['regimes']} regelregimer, {sum(data['examples'].values())} eksempler",
            f"{data['norms']} norms, {data['regimes']} regimes, {sum(data['examples'].values())} examples",
        ),
        data["law"],
    )
    desk.out.print()
    missed = Counter(example.source_type for example in {r.example.id: r.example for r in failed}.values())
    display.table(
        desk.out,
        (
            desk.pick("Hvem siger det", "Who says so"),
            desk.pick("Eksempler", "Examples"),
            desk.pick("Holder ikke", "Do not hold"),
        ),
        [(words.example_source(source), str(n), str(missed[source] or "")) for source, n in data["examples"].items()],
        right=(1, 2),
    )
    for result in failed:
        desk.out.print()
        display.line(desk.out, f"{result.example.file}: {result.example.id}: {result.norm}", style="bold")
        display.line(desk.out, in_language(result.example.says, desk.lang), 2)
        display.line(desk.out, desk.pick("ventet: ", "expected: ") + plain_fields(result.expected), 2)
        display.line(desk.out, desk.pick("fik:    ", "got:      ") + plain_fields(result.got), 2)
    desk.out.print()
    n, wrong = len(failed), len(data["problems"])
    held = desk.pick(
        f"{data['expectations'] - n} af {data['expectations']} forventninger holder",
        f"{data['expectations'] - n} of {data['expectations']} expectations hold",
    )
    told = desk.pick(
        f"{wrong} fejl i loven (se nedenfor)" if wrong else "ingen fejl i loven",
        f"{wrong} problems in the law (see below)" if wrong else "no problem in the law",
    )
    display.line(desk.out, f"{held}; {told}.", style="bold red" if wrong or n else "bold green")
