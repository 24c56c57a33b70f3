"""The guide and the example folder say what the importer does."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.courses.reading import cases_of
from fodfaeste.interfaces.exchange.extracts.files import ENDINGS
from fodfaeste.interfaces.exchange.extracts.tables import tables
from fodfaeste.interfaces.exchange.extracts.weeks import statuses
from tests.architecture.source import ROOT
from tests.exchange.folders import Folder, rejected, vocabulary

GUIDE = (ROOT / "docs" / "guide" / "extracts.md").read_text(encoding="utf-8")


def chapter(name: str) -> str:
    return GUIDE.split(f"### {name}\n", 1)[1].split("\n### ", 1)[0].split("\n## ", 1)[0]


def test_the_guide_names_every_table_and_column() -> None:
    assert all(ending in GUIDE for ending in ENDINGS)
    for spec in tables().values():
        said = chapter(spec.name)
        for start in spec.files:
            assert f"`{start}`" in said
        for column in spec.columns.values():
            shown = f"**`{column.name}`**" if column.required else f"`{column.name}`"
            [line] = [line for line in said.splitlines() if line.startswith(f"| {shown} |")]
            assert all(other in line for other in column.also), line
        for name, also in spec.names.items():
            assert f"| `{name}` | attribute | {', '.join(also)} |" in said


def test_the_guide_names_nothing_else() -> None:
    headings = [line.removeprefix("### ") for line in GUIDE.splitlines() if line.startswith("### ")]
    assert headings == list(tables())


def test_the_example_folder_has_every_table_and_goes_in_whole(taken: Callable[..., Any]) -> None:
    folder = ROOT / "examples" / "extracts"
    assert {path.stem for path in folder.iterdir()} == set(tables())
    done = taken(Folder(folder))
    assert rejected(done) == []
    assert done.unread == {}
    cases = cases_of(Course.objects.all(), vocabulary()).values()
    assert sorted(len(case.spells) + len(case.events) for case in cases) == [5, 10]


def test_every_code_of_dream_says_what_the_vocabulary_knows() -> None:
    words = vocabulary().enums
    found = statuses()
    assert len(found) == 131
    assert {one.benefit for one in found.values() if one.benefit} <= set(words["ydelse"].values)
    assert found["217"].offer == '{"sektor": "privat", "type": "virksomhedspraktik"}'
    assert (found["111"].offer, found["0"].benefit, found["114"].benefit) == (None, None, None)


def test_the_codes_are_those_of_the_list() -> None:
    listed = (Path(__file__).parents[2] / "src/fodfaeste/interfaces/exchange/extracts/dream.csv").read_text(
        encoding="utf-8"
    )
    assert len(listed.splitlines()) - 1 == len(statuses())
