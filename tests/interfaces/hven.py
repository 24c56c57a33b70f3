"""The island of Hven as the doors see it: its law, a keeper's case, and a way to run a command."""

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from typer.testing import CliRunner

from fodfaeste.interfaces.cli import main
from fodfaeste.interfaces.lawfiles import open_law
from fodfaeste.rulebook import Law
from tests.architecture.source import ROOT

TOY = ROOT / "toylaw"

KEEPER: dict[str, Any] = {
    "format": "fodfaeste/case/1",
    "case": "tyge",
    "facts": {"born": "1980-01-01", "islander": True, "lamp": "oil", "children": 2, "married": False},
    "spells": [{"kind": "service", "trade": "keeper", "from": "2024-06-01"}],
    "events": [
        {"kind": "oath", "date": "2024-06-20"},
        {"kind": "watch", "lamp": "oil", "alone": True, "date": "2024-06-21"},
    ],
}


class Answer(NamedTuple):
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found


@cache
def hven() -> Law:
    return open_law(TOY)


def run(*args: str | Path, law: Path | None = TOY) -> Answer:
    """Run a command against the law of Hven, as a user would."""
    chosen = [] if law is None else ["--law", str(law)]
    result = CliRunner().invoke(main, [*map(str, args), *chosen])
    assert "Traceback" not in result.output
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Answer(result.exit_code, result.stdout, result.stderr)


def write_case(folder: Path, **changes: Any) -> Path:
    file = folder / f"{changes.get('case', KEEPER['case'])}.json"
    file.write_text(json.dumps({**KEEPER, **changes}), encoding="utf-8")
    return file
