"""The three ways of ``intake``, each in a process of its own on the private database under ``.bench/``."""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
import time
from pathlib import Path
from typing import Any

from bench.measure import high_water, reset_high_water

DAY = dt.date(2026, 11, 22)
KOMMUNE = 461
OBJECTS = 40_000
"""Rows the loop of objects writes: it is so slow that more tell nothing more."""


def run(way: str, n: int, events: int, seed: int, threads: int) -> dict[str, Any]:
    from fodfaeste.interfaces.site.database import stop_private
    from fodfaeste.interfaces.site.process import make_ready, migrate

    make_ready()
    migrate()
    folder = _extracts(n, events, seed)
    _empty()
    answer: dict[str, Any] = {"import": _import, "copy": _copy, "objects": _objects}[way](folder)
    stop_private()
    return answer


def _extracts(n: int, events: int, seed: int) -> Path:
    """The invented municipality, made once."""
    from fodfaeste.foundation import to_day
    from fodfaeste.interfaces.site.database import home
    from fodfaeste.population.municipality import invent, write

    folder = home() / f"extracts-{n}-{events}-{seed}"
    if not (folder / "refusion.csv").exists():
        write(invent(n, to_day(DAY), seed, KOMMUNE, events), folder)
    return folder


def _empty() -> None:
    """The tables as a new installation has them."""
    from django.core.management import call_command
    from django.db import connection

    from fodfaeste.casework.access.models import Kommune
    from fodfaeste.population.municipality import PERSONAS

    call_command("flush", interactive=False, verbosity=0)
    kommune = Kommune.objects.create(code=KOMMUNE, name="Odense", slug="odense")
    for one in PERSONAS:
        kommune.users.create(username=one.username, role=one.role)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'intake'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TABLE intake."{name}"')
        cursor.execute("CHECKPOINT")


def _import(folder: Path) -> dict[str, Any]:
    import fodfaeste as ff
    from fodfaeste.casework.access.models import Kommune
    from fodfaeste.casework.courses.models import Event
    from fodfaeste.interfaces.exchange.extracts.run import import_folder

    vocabulary = ff.load().vocabulary
    kommune = Kommune.objects.get()
    reset_high_water()
    took = []
    for _ in range(2):
        began = time.perf_counter()
        done = import_folder(folder, kommune, vocabulary, DAY)
        took.append(time.perf_counter() - began)
    rows = sum(file.rows for file in done.files)
    return {
        "rows": rows,
        "rates": [rows / took[0]],
        "again": [rows / took[1]],
        "rejected": done.rejected,
        "held_events": Event.objects.count(),
        "most": high_water(),
    }


def _copy(folder: Path) -> dict[str, Any]:
    """The bytes of the same tables into bare tables of text: what the database takes in at most."""
    import polars as pl
    from django.db import connection, transaction

    from fodfaeste.interfaces.exchange.extracts.files import ROW, found, sheets

    rows, took = 0, 0.0
    with transaction.atomic(), connection.cursor() as cursor:
        for number, path in enumerate(found(folder)):
            for sheet in sheets(path):
                frame = sheet.frame.drop(ROW)
                buffer = io.BytesIO()
                frame.select(pl.all().cast(pl.String)).write_csv(buffer, include_header=False)
                columns = ", ".join(f"c{at} text" for at in range(frame.width))
                cursor.execute(f"CREATE TABLE bare_{number} ({columns})")
                began = time.perf_counter()
                with cursor.copy(f"COPY bare_{number} FROM STDIN (FORMAT csv)") as copy:
                    copy.write(buffer.getvalue())
                took += time.perf_counter() - began
                rows += frame.height
        transaction.set_rollback(True)
    return {"rows": rows, "rates": [rows / took]}


def _objects(folder: Path) -> dict[str, Any]:
    """Rows of events, one by one through the standard library and Django's objects, checked for their date alone."""
    from django.db import transaction

    from fodfaeste.casework.courses.models import Course, Event
    from fodfaeste.casework.people.models import Citizen

    with (folder / "borgere.csv").open(encoding="utf-8-sig", newline="") as stream:
        people = list(itertools.islice(csv.DictReader(stream, delimiter=";"), OBJECTS))
    citizens = Citizen.objects.bulk_create(
        [Citizen(kommune_id=KOMMUNE, person_number=p["Personnummer"], name=p["Navn"]) for p in people[:-1]]
    )
    courses = Course.objects.bulk_create([Course(kommune_id=KOMMUNE, citizen=one, opened=DAY) for one in citizens])
    of = {one.citizen.person_number: one for one in courses}
    began = time.perf_counter()
    rows = 0
    with transaction.atomic(), (folder / "haendelser.csv").open(encoding="utf-8-sig", newline="") as stream:
        reader = itertools.islice(csv.DictReader(stream, delimiter=";"), OBJECTS)
        while batch := list(itertools.islice(reader, 5_000)):
            made = [
                Event(
                    kommune_id=KOMMUNE,
                    course=of[row["Personnummer"]],
                    kind=row["Hændelse"],
                    on=dt.date.fromisoformat("-".join(reversed(row["Dato"].split("-")))),
                    attrs={name.lower(): row[name] for name in ("Type", "Udfald", "Holder", "Form") if row[name]},
                    source="Udtræk: haendelser",
                )
                for row in batch
                if row["Personnummer"] in of
            ]
            Event.objects.bulk_create(made)
            rows += len(batch)
    return {"rows": rows, "rates": [rows / (time.perf_counter() - began)]}
