"""The tree of commands, its help in two languages, and how a wrong call is answered: one sentence, exit code 2."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer import rich_utils
from typer.core import TyperGroup

from fodfaeste import __version__
from fodfaeste.interfaces.wording import Language, pick, reworded

BOTH = " ¦ "
"""Stands between the Danish and the English of a help text until it is known which is wanted."""

FAULT = 3
"""Exit code when the program itself is at fault."""

_USAGE_ERROR: Any = typer.BadParameter.__mro__[2]  # Click's own, whichever Click Typer brings
_HELP = ("Vis denne hjælp og stop.", "Show this help and stop.")
_PANELS = {"argument": ("Angiv", "Arguments"), "option": ("Valg", "Options"), "command": ("Kommandoer", "Commands")}


def both(da: str, en: str) -> str:
    """A help text in both languages."""
    return f"{da}{BOTH}{en}"


def language_of(arguments: Sequence[str]) -> Language:
    """The language asked for on the line, else in $FODFAESTE_LANG, else Danish."""
    wanted = os.environ.get("FODFAESTE_LANG", "da")
    for position, here in enumerate(arguments):
        if here == "--lang":
            wanted = arguments[position + 1] if position + 1 < len(arguments) else wanted
        elif here.startswith("--lang="):
            wanted = here.removeprefix("--lang=")
    return "en" if wanted == "en" else "da"


_ORDER = (
    "explain",
    "duties",
    "receipt",
    "quota",
    "benefits",
    "case",
    "law",
    "regime",
    "refusion",
    "nation",
    "vocabulary",
    "import",
    "demo",
    "serve",
    "user",
    "db",
)


class Commands(TyperGroup):
    """The commands, speaking the reader's language."""

    def list_commands(self, ctx: Any) -> list[str]:
        """What most people come for stands first."""
        return sorted(self.commands, key=lambda name: (_ORDER.index(name) if name in _ORDER else len(_ORDER), name))

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        """Run a command line; ends the process with 0, 1, 2, or 3 when the program itself is at fault."""
        arguments = list(sys.argv[1:] if args is None else args)
        lang = language_of(arguments)
        _translate(self, lang)
        rich_utils.REQUIRED_LONG_STRING = pick(lang, "[skal angives]", "[required]")
        rich_utils.DEFAULT_STRING = pick(lang, "[ellers {}]", "[default: {}]")
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")  # a terminal without » and § shows ? instead of failing
        arguments = self._language_inside(arguments)
        extra["standalone_mode"] = False
        sys.exit(_run(lambda: super(Commands, self).main(arguments, *rest, **extra), lang))

    def _language_inside(self, arguments: list[str]) -> list[str]:
        """``--lang`` may stand anywhere, also before the command; a group of commands needs it for its help alone."""
        rest: list[str] = []
        given: list[str] = []
        waiting = list(arguments)
        while waiting:
            one = waiting.pop(0)
            if one == "--lang" and waiting:
                given = [one, waiting.pop(0)]
            elif one.startswith("--lang="):
                given = [one]
            else:
                rest.append(one)
        command: Any = self
        for position, one in enumerate(rest, 1):
            command = getattr(command, "commands", {}).get(one, command)
            if not hasattr(command, "commands"):
                return [*rest[:position], *given, *rest[position:]]
        return rest


def _run(work: Any, lang: Language) -> int:
    try:
        code = work()
    except _USAGE_ERROR as error:
        return _refuse(error, lang)
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - whoever read has gone
        return 0
    except typer.Abort:
        return 130
    except Exception as error:
        if os.environ.get("FODFAESTE_TRACE"):
            raise
        name = type(error).__name__
        said = pick(
            lang,
            f"Programmet fejlede ({name}: {error}). Det er en fejl i programmet; sæt FODFAESTE_TRACE=1 og prøv igen "
            "for at se, hvor.",
            f"The program failed ({name}: {error}). This is a fault in the program; set FODFAESTE_TRACE=1 and try "
            "again to see where.",
        )
        print(said, file=sys.stderr)
        return FAULT
    return code if isinstance(code, int) else 0


def _refuse(error: Any, lang: Language) -> int:
    if type(error).__name__ == "NoArgsIsHelpError":
        return 0  # the help has been shown
    said = reworded(" ".join(error.format_message().split()).strip(), lang).rstrip(".") + "."
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "fodfaeste"
    print(pick(lang, f"{said} Se {path} --help.", f"{said} See {path} --help."), file=sys.stderr)
    return 2


def _translate(command: Any, lang: Language) -> None:
    command.help = _half(command.help, lang)
    command.short_help = _half(command.short_help, lang)
    command.rich_help_panel = pick(lang, *_PANELS["command"])
    for parameter in command.params:
        parameter.help = _half(getattr(parameter, "help", None), lang)
        parameter.metavar = _half(getattr(parameter, "metavar", None), lang)
        parameter.rich_help_panel = pick(lang, *_PANELS[parameter.param_type_name])
    _translate_help_option(command, lang)
    for below in getattr(command, "commands", {}).values():
        _translate(below, lang)


def _translate_help_option(command: Any, lang: Language) -> None:
    made = command.get_help_option

    def get_help_option(context: Any) -> Any:
        option = made(context)
        if option is not None:
            option.help = pick(lang, *_HELP)
            option.rich_help_panel = pick(lang, *_PANELS["option"])
        return option

    command.get_help_option = get_help_option


def _half(text: str | None, lang: Language) -> str | None:
    if text is None or BOTH not in text:
        return text
    return pick(lang, *text.split(BOTH, 1))


def group(name: str, da: str, en: str) -> typer.Typer:
    """A named group of commands."""
    made = typer.Typer(name=name, help=both(da, en), no_args_is_help=True, add_completion=False)
    app.add_typer(made)
    return made


app = typer.Typer(
    name="fodfaeste",
    cls=Commands,
    help=both(
        "Fodfæste: beskæftigelseslovgivningen som kode – slå regler op, forklar en sag, sammenlign datoer og reformer.",
        "Fodfæste: Danish employment-service law as code – look up rules, explain a case, compare dates and reforms.",
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"fodfaeste {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_print_version,
            is_eager=True,
            help=both("Vis versionen og stop.", "Show the version and stop."),
        ),
    ] = False,
) -> None:
    pass
