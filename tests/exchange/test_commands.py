"""``fodfaeste import`` and ``fodfaeste demo``."""

import json
from pathlib import Path
from typing import Any

import pytest

from fodfaeste.casework.access.models import User
from fodfaeste.casework.contacts.models import Appointment
from fodfaeste.casework.courses.models import Course, Event, Spell
from fodfaeste.casework.courses.reading import cases_of
from fodfaeste.casework.people.models import Citizen
from fodfaeste.casework.plans.models import Step, Words
from tests.exchange.folders import ADA, Folder, vocabulary
from tests.interfaces.hven import run


@pytest.mark.django_db
def test_an_import_tells_what_became_of_every_row(folder: Folder) -> None:
    folder.write("samtaler", "cpr;dato;art;farve", f"{ADA};02-04-2026;jobsamtale;blå", f"{ADA};31-02-2026;jobsamtale;")
    said = run("import", folder.path, "--kommune", "odense", "--date", "2026-11-22", law=None)
    assert said.code == 1
    assert "samtaler.csv" in said.out
    assert "kolonner, der ikke læses: farve" in said.out
    again = run("import", folder.path, "--date", "2026-11-22", "--json", law=None)
    assert again.data["format"] == "fodfaeste/import/1"
    [talks] = [file for file in again.data["files"] if file["table"] == "samtaler"]
    assert (talks["rows"], talks["unchanged"], talks["rejected"]) == (2, 1, 1)


@pytest.mark.django_db
def test_the_report_is_read_and_written(folder: Folder, tmp_path: Path) -> None:
    folder.write("samtaler", "cpr;dato;art", f"{ADA};31-02-2026;jobsamtale")
    run("import", folder.path, "--kommune", "461", "--date", "2026-11-22", law=None)
    said = run("import", "report", "--csv", tmp_path / "rettes", "--lang", "en", law=None)
    assert said.code == 1
    assert "is not a date" in said.out
    [path] = (tmp_path / "rettes").iterdir()
    assert "31-02-2026" in path.read_text(encoding="utf-8-sig")
    data = json.loads(run("import", "report", "--json", law=None).out)
    assert data["rejected"][0]["problems"][0]["field"] == "dato"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--kommune", "Atlantis"], "'Atlantis' er ikke en af de 98 kommuner; vælg en af Aabenraa"),
        ([], "Skriv, hvilken kommune udtrækkene kommer fra"),
        (["--kommune", "Odense"], "mappen findes ikke — angiv en mappe, der findes"),
    ],
)
def test_nothing_is_imported_from_a_wrong_call(given: list[str], said: str) -> None:
    answer = run("import", "/ingen/mappe", *given, law=None)
    assert answer.code == 2
    assert said in answer.err


@pytest.mark.django_db
def test_the_demonstration_goes_through_the_importer(tmp_path: Path) -> None:
    out = tmp_path / "udtræk"
    said = run("demo", "--municipality", "250", "--on", "2026-11-22", "--out", out, "--json", law=None)
    assert said.code == 0
    files: list[dict[str, Any]] = said.data["files"]
    assert {file["file"].split(".")[0] for file in files} == {path.stem for path in out.iterdir()}
    assert sum(file["rejected"] for file in files) == 10
    assert Citizen.objects.count() == Course.objects.count() == 250
    assert all(model.objects.exists() for model in (Event, Spell, Words, Step, Appointment))
    can_be_picked = User.objects.filter(is_active=True).values_list("username", "role")
    assert set(can_be_picked) == {
        ("mette", "caseworker"), ("viggo", "caseworker"), ("line", "caseworker"), ("jonas", "caseworker"),
        ("amina", "caseworker"), ("lars", "leader"), ("judith", "jurist"), ("borger-dagpenge", "citizen"),
        ("borger-syg", "citizen"), ("borger-laenge", "citizen"), ("a-kasse", "partner"), ("arbejdsgiver", "partner"),
    }  # fmt: skip
    assert not any(user.has_usable_password() for user in User.objects.all())
    cases = cases_of(Course.objects.all(), vocabulary())
    assert all(case.spells for case in cases.values())
    again = run("demo", "--municipality", "250", "--on", "2026-11-22", "--json", law=None)
    assert all(file["new"] == file["changed"] == 0 for file in again.data["files"])


def test_extracts_alone_need_no_database(tmp_path: Path) -> None:
    said = run(
        "demo", "--municipality", "20", "--only-extracts", "--out", tmp_path / "x", "--on", "2026-11-22", law=None
    )
    assert said.code == 0
    assert (tmp_path / "x" / "borgere.csv").is_file()
    assert run("demo", "--only-extracts", law=None).code == 2
