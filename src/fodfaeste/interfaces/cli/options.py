"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fodfaeste.interfaces.cli.app import both

LawOption = Annotated[
    Path | None,
    typer.Option(
        "--law",
        metavar=both("MAPPE", "FOLDER"),
        help=both(
            "Lovens mappe (ellers $FODFAESTE_LAW, ellers den medfølgende lov).",
            "The law folder (else $FODFAESTE_LAW, else the law that comes along).",
        ),
    ),
]
DraftOption = Annotated[
    bool,
    typer.Option(
        "--draft",
        help=both(
            "Svar, selv om loven har fejl; antallet siges på stderr.",
            "Answer even though the law has problems; their number is told on stderr.",
        ),
    ),
]
LangOption = Annotated[
    str,
    typer.Option(
        "--lang",
        metavar="da|en",
        envvar="FODFAESTE_LANG",
        show_envvar=False,
        show_default=False,
        help=both("Sprog: dansk eller engelsk.", "Language: Danish or English."),
    ),
]
JsonOption = Annotated[
    bool,
    typer.Option(
        "--json",
        help=both(
            "Svar som JSON (beskrevet i docs/guide/command-line.md).",
            "Answer as JSON (described in docs/guide/command-line.md).",
        ),
    ),
]
DateOption = Annotated[
    str | None,
    typer.Option(
        "--date",
        metavar=both("DATO", "DATE"),
        help=both(
            "Den dag, der spørges om, som år-måned-dag eller dag-måned-år. Ellers i dag.",
            "The day asked about, as year-month-day or day-month-year. Else today.",
        ),
    ),
]
PlaceOption = Annotated[
    str | None,
    typer.Option(
        "--place",
        metavar=both("KOMMUNE", "PLACE"),
        help=both("Kommunen: navn, kort navn eller nummer.", "The municipality: name, slug or code."),
    ),
]
RegimeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--regime",
        metavar=both("ID|FIL|ingen", "ID|FILE|none"),
        help=both(
            "Præcis disse regelregimer (id eller fil; flere gange; 'ingen' for almindelig lov). "
            "Ellers dem, der gjaldt der og da.",
            "Exactly these regimes (id or file; repeatable; 'none' for general law). "
            "Else those in force there and then.",
        ),
    ),
]
