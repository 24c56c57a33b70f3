"""The command line as a real process: what a shell, a pipe and a terminal without Danish letters see."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from fodfaeste.interfaces.cli import main
from fodfaeste.interfaces.cli.app import BOTH
from tests.architecture.source import ROOT
from tests.interfaces.hven import TOY, run, write_case

START = [sys.executable, "-c", "from fodfaeste.interfaces.cli import main; main(prog_name='fodfaeste')"]


def process(*args: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("FODFAESTE_")}
    return subprocess.run(
        [*START, *map(str, args)], capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False,
        env={**clean, "PYTHONPATH": str(ROOT / "src"), "FODFAESTE_LAW": str(TOY), **env},
    )  # fmt: skip


def test_a_pipe_gets_plain_text(tmp_path: Path) -> None:
    done = process("explain", write_case(tmp_path), "--date", "2024-06-28")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 100


def test_json_is_all_there_is_on_stdout(tmp_path: Path) -> None:
    done = process("explain", write_case(tmp_path), "--date", "2024-06-28", "--json", FODFAESTE_LANG="en")
    assert json.loads(done.stdout)["groups"]["open"][0]["why"][0].startswith("Applies")


def test_a_refusal_goes_to_stderr_with_exit_code_2() -> None:
    done = process("law", "diff", "i går")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "'i går' er ikke en dato; skriv år-måned-dag.\n"


def test_a_terminal_without_danish_letters_does_not_fail() -> None:
    done = process("law", "show", "lighthouse.2.watches", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0


def test_a_fault_in_the_program_is_a_sentence() -> None:
    code = (
        "import fodfaeste.interfaces.cli.law_lists as m\n"
        "def broken(*_): raise RuntimeError('broken')\n"
        "m.norm_line = broken\n"
        "from fodfaeste.interfaces.cli import main; main(['law', 'list'], prog_name='fodfaeste')"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "FODFAESTE_LAW": str(TOY)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=False)
    assert done.returncode == 3
    assert "Programmet fejlede (RuntimeError: broken)" in done.stderr
    assert "Traceback" not in done.stderr


def test_version_and_no_words() -> None:
    assert process("--version").stdout.startswith("fodfaeste ")
    assert "explain" in process().stdout


@pytest.mark.parametrize(
    ("args", "danish", "english"),
    [
        (["explian"], "Der er ingen kommando 'explian'. Mente du 'explain'?", "No such command 'explian'."),
        (["explain"], "Angiv", "Missing argument"),
        (["explain", "--foo"], "Der er intet valg --foo.", "No such option: --foo"),
        (["law", "graph", "x", "--depth", "0"], "--depth kan ikke bruges: værdien skal være mindst 1", "Invalid value"),
        (["law", "graph", "x", "y"], "Der er skrevet for meget", "Got unexpected extra argument"),
        (["law", "graph", "--depth"], "skal have en værdi", "requires an argument"),
    ],
)
def test_a_wrong_call_is_one_sentence_in_either_language(args: list[str], danish: str, english: str) -> None:
    said = run(*args, law=None)
    assert said.code == 2
    assert danish in said.err
    assert "--help" in said.err
    assert english in run("--lang=en", *args, law=None).err


def commands(group: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    for name, one in getattr(group, "commands", {}).items():
        yield f"{path} {name}".strip(), one
        yield from commands(one, f"{path} {name}".strip())


def test_every_help_text_is_in_both_languages() -> None:
    for name, one in commands(typer.main.get_command(main)):
        texts = [one.help, *(parameter.help for parameter in one.params if parameter.name not in ("help", "version"))]
        assert all(text and BOTH in text for text in texts), name


@pytest.mark.parametrize("name", [name for name, _ in commands(typer.main.get_command(main))])
def test_help_is_in_the_readers_language(name: str) -> None:
    danish, english = (
        run(*name.split(), "--help", law=None).out,
        run(*name.split(), "--help", "--lang=en", law=None).out,
    )
    assert BOTH.strip() not in danish + english
    assert "Vis denne hjælp" in danish
    assert "Show this help" in english or english == ""
