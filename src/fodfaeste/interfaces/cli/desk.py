"""What every command has at hand: language, form of the answer, the law, and a way to refuse."""

from __future__ import annotations

import functools
import inspect
import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import typer
from rich.console import Console

from fodfaeste.foundation import ProblemError, parse_day, to_day
from fodfaeste.interfaces.cli.app import both
from fodfaeste.interfaces.cli.options import DraftOption, JsonOption, LangOption, LawOption
from fodfaeste.interfaces.lawfiles import is_regime_file, open_draft, open_law, with_regime_files
from fodfaeste.interfaces.wording import LANGUAGES, Language, Words, before_law, pick, problem_text, reworded, words_of
from fodfaeste.rulebook import Law, ResolveError, Rulebook, resolve

WIDTH = 100
"""No line of a table or a text is wider, however wide the terminal."""

_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DANISH_DAY = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")

_NO_REGIME = ("ingen", "none")


class Refusal(Exception):  # noqa: N818 - not a fault: an answer
    """A question that cannot be answered: one sentence, exit code 2."""


@dataclass(frozen=True)
class Desk:
    """The language, the form of the answer, and where the law stands."""

    lang: Language
    as_json: bool
    folder: Path | None
    draft: bool
    out: Console
    err: Console
    _days: dict[int, str] = field(default_factory=dict)  # days the answer is about, and what to say beside it

    def pick(self, da: str, en: str) -> str:
        """The text in the reader's language."""
        return pick(self.lang, da, en)

    def refuse(self, da: str, en: str) -> Refusal:
        """The sentence of a refusal, to be raised."""
        return Refusal(self.pick(da, en))

    def said(self, text: str) -> str:
        """A sentence of the rooms below in the reader's language."""
        return reworded(text, self.lang)

    def law(self) -> Law:
        """The law, checked; with ``--draft`` what can be read of an unfinished one."""
        if not self.draft:
            return open_law(self.folder)
        law, problems = open_draft(self.folder)
        if problems:
            self.warn(
                f"Udkast: loven har {problems} fejl; svaret kan være forkert. Se fodfaeste law check.",
                f"Draft: the law has {problems} problems; the answer may be wrong. See fodfaeste law check.",
            )
        return law

    def warn(self, da: str, en: str) -> None:
        """A word on stderr, which disturbs no pipe."""
        self.err.print(self.pick(da, en), highlight=False, markup=False)

    def words(self, source: Law | Rulebook) -> Words:
        """The words of a law or rulebook in the reader's language."""
        return words_of(source, self.lang)

    def near(self, word: str, choices: list[str], command: str) -> str:
        """How to mend a name that is not there: the nearest, else the command that shows them all."""
        close = get_close_matches(word, choices, n=1)
        if close:
            return self.pick(f"mente du '{close[0]}'?", f"did you mean '{close[0]}'?")
        return self.pick(f"se dem med fodfaeste {command}.", f"see them with fodfaeste {command}.")

    def day(self, text: str | None) -> int:
        """A day given on the line; today when none is."""
        if text is None:
            return to_day(today())
        found = parsed_day(text)
        if found is None and (_DANISH_DAY.fullmatch(text) or _ISO_DAY.fullmatch(text)):
            raise self.refuse(
                f"'{text}' findes ikke i kalenderen; skriv en dag, der findes.",
                f"'{text}' is not in the calendar; write a day that exists.",
            )
        if found is None:
            raise self.refuse(
                f"'{text}' er ikke en dato; skriv år-måned-dag.", f"'{text}' is not a date; write year-month-day."
            )
        return found

    def rulebook(self, law: Law, day: int, place: str | None, regimes: list[str] | None) -> tuple[Law, Rulebook]:
        """The rulebook asked for, and the law with the regimes that were given as files."""
        self.about(law, day)
        if regimes is None or not regimes:
            return law, resolve(law, day, place)
        if set(regimes) & set(_NO_REGIME):
            return law, resolve(law, day, place, [])
        law, ids = with_regime_files(law, regimes)
        return law, resolve(law, day, place, ids)

    def about(self, law: Law, day: int) -> None:
        """The answer is about this day: when it lies before the law begins, that is said beside it."""
        self._days[day] = before_law(law, day, self.lang)

    def show(self, data: dict[str, Any], render: Callable[[], None], sealed: bool = False) -> None:
        """The answer: as JSON, or drawn. To what is ``sealed`` nothing may be added: then warnings stand on stderr."""
        warnings = [said for said in self._days.values() if said]
        if self.as_json:
            for said in warnings if sealed else ():
                self.warn(said, said)
            told = {"warnings": warnings} if self._days and not sealed else {}
            print(json.dumps(data | told, ensure_ascii=False, indent=2))
            return
        for said in warnings:
            self.out.print(f"! {said}\n", style="bold yellow", markup=False)
        render()

    def track(self, things: Iterable[Any], total: int, what: str) -> Iterator[Any]:
        """Go through things with a bar on stderr when it takes a while; nothing when stderr is no terminal."""
        said = self.pick(*_TRACKED.get(what, (what, what)))
        if not self.err.is_terminal or total < _WORTH_A_BAR:
            yield from things
            return
        from rich.progress import track

        yield from track(things, description=said, total=total, console=self.err, transient=True)


_TRACKED = {
    "cases": ("Læser sager", "Reading cases"),
    "duties": ("Regner pligter ud", "Working out duties"),
    "quotas": ("Tæller andelskrav op", "Counting quotas"),
    "examples": ("Kører eksempler", "Running examples"),
}
_WORTH_A_BAR = 50


def today() -> date:
    """The day on the wall."""
    return datetime.now().astimezone().date()


def parsed_day(text: str) -> int | None:
    """The day a text names, or None."""
    match = _DANISH_DAY.fullmatch(text)
    try:
        if match is None:
            return parse_day(text)
        return to_day(date(int(match[3]), int(match[2]), int(match[1])))
    except ValueError:
        return None


def looks_like_regime(text: str) -> bool:
    """Whether what stands where a date or a regime may be is a regime."""
    return parsed_day(text) is None and (is_regime_file(text) or not text[:1].isdigit())


def width_of(console_width: int, terminal: bool) -> int:
    """As wide as the terminal, but never wider than a page."""
    return min(console_width, WIDTH) if terminal else WIDTH


def _console(stderr: bool) -> Console:
    made = Console(stderr=stderr, highlight=False)
    made.width = width_of(made.width, made.is_terminal)
    return made


def command(
    app: typer.Typer, name: str, da: str, en: str
) -> Callable[[Callable[..., int | None]], Callable[..., None]]:
    """Make a function a command: it gets a desk, its refusals become sentences, its answer the exit code."""

    def wrap(function: Callable[..., int | None]) -> Callable[..., None]:
        @functools.wraps(function)
        def run(**given: Any) -> None:
            desk = _desk(given)
            code = 2
            with _refusals(desk):
                code = function(desk, **given) or 0
            raise typer.Exit(code)

        signature = inspect.signature(function, eval_str=True)
        own = [p.replace(kind=p.KEYWORD_ONLY) for p in list(signature.parameters.values())[1:]]
        run.__signature__ = signature.replace(parameters=[*own, *_SHARED], return_annotation=None)  # type: ignore[attr-defined]
        run.__annotations__ = {p.name: p.annotation for p in (*own, *_SHARED)}
        app.command(name, help=both(da, en))(run)
        return run

    return wrap


def _parameter(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


_SHARED = (
    _parameter("as_json", JsonOption, False),
    _parameter("lang", LangOption, "da"),
    _parameter("law_folder", LawOption, None),
    _parameter("draft", DraftOption, False),
)


def _desk(given: dict[str, Any]) -> Desk:
    lang = given.pop("lang")
    as_json, folder, draft = given.pop("as_json"), given.pop("law_folder"), given.pop("draft")
    if lang not in LANGUAGES:
        print(
            f"'{lang}' er ikke et sprog her; skriv da eller en. / is no language here; write da or en.", file=_stderr()
        )
        raise typer.Exit(2)
    return Desk(lang, as_json, folder, draft, _console(False), _console(True))


def _stderr() -> Any:
    import sys

    return sys.stderr


@contextmanager
def _refusals(desk: Desk) -> Iterator[None]:
    """Whatever is wrong with what was given becomes sentences on stderr."""
    try:
        yield
    except ProblemError as error:
        told = [problem_text(problem, desk.lang) for problem in error.problems]
    except ResolveError as error:
        told = [reworded(str(error), desk.lang)]
    except Refusal as error:
        told = [str(error)]
    except KeyError as error:
        if not desk.draft:
            raise
        told = [
            desk.pick(f"Udkastet kan ikke bruges: {error} mangler.", f"The draft cannot be used: {error} is missing.")
        ]
    except PermissionError as error:
        name = error.filename or ""
        told = [desk.pick(f"{name}: der er ikke adgang til filen.", f"{name}: there is no access to the file.")]
    else:
        return
    for line in told:
        print(line, file=_stderr())
    raise typer.Exit(2)
