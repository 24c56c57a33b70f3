"""What ``fodfaeste serve --demo`` sets up: the invented municipality, its day, and what is due in it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

from fodfaeste.interfaces.cli.desk import Desk
from fodfaeste.interfaces.cli.lived import live
from fodfaeste.interfaces.cli.personas import has_citizens, outside_personas, staff_personas
from fodfaeste.interfaces.lawfiles import OWN_REGIMES
from fodfaeste.population.municipality import PROMISES

if TYPE_CHECKING:
    from fodfaeste.casework.access.models import Kommune

_REAL = r"^[0-3]"
"""An invented person number has sixty added to its day."""


def set_up(desk: Desk) -> None:
    """Make what is missing; a broken-off start goes on from there. Raises Refusal, also where citizens are real.

    Afterwards $FODFAESTE_TODAY is the day the municipality stands at, unless somebody chose another.
    """
    day = _imported_on(desk)
    with_promises()
    if day is None:
        _run(desk, "demo")
        day = _imported_on(desk)
    if day is not None:
        _with_citizens(desk, day)
        os.environ.setdefault("FODFAESTE_TODAY", day.isoformat())
    if not _up_to_date(desk):
        _run(desk, "index", "build")


def with_promises() -> None:
    """Let the law be read with what the invented municipality has promised, unless somebody named regimes herself."""
    os.environ.setdefault(OWN_REGIMES, str(PROMISES))


def _with_citizens(desk: Desk, day: date) -> None:
    """A municipality that was made before citizens could sign in gets its citizens now."""
    from fodfaeste.foundation import to_day
    from fodfaeste.rulebook import resolve

    for kommune in _kommuner():
        if not has_citizens(kommune):
            staff_personas(kommune)
            outside_personas(kommune, day)
            live(kommune, resolve(desk.law(), to_day(day), kommune.slug), day)


def _imported_on(desk: Desk) -> date | None:
    """The day of the latest finished import; None when there is none."""
    from django.db import transaction

    from fodfaeste.casework.access.protection import bind
    from fodfaeste.casework.intake.models import Batch
    from fodfaeste.casework.people.models import Citizen

    days = []
    for kommune in _kommuner():
        with transaction.atomic():
            bind(kommune.pk)
            if Citizen.objects.filter(kommune=kommune, person_number__regex=_REAL).exists():
                raise desk.refuse(
                    f"Databasen har borgere fra {kommune}, som ikke er opdigtede, og i en demonstration kan enhver "
                    "være enhver. Brug fodfaeste serve uden --demo, eller en anden FODFAESTE_HOME.",
                    f"The database has citizens of {kommune} who are not invented, and in a demonstration anyone may "
                    "be anyone. Use fodfaeste serve without --demo, or another FODFAESTE_HOME.",
                )
            found = Batch.objects.filter(kommune=kommune, state=Batch.State.DONE).first()
        days += [found.day] if found else []
    return max(days, default=None)


def _up_to_date(desk: Desk) -> bool:
    """Whether every index is of this law and this day."""
    from django.db import transaction

    from fodfaeste.casework.access.protection import bind
    from fodfaeste.casework.access.today import today
    from fodfaeste.casework.inbox.queries import derivation_of
    from fodfaeste.foundation import to_day
    from fodfaeste.rulebook import resolve

    law, day = desk.law(), today()
    for kommune in _kommuner():
        with transaction.atomic():
            bind(kommune.pk)
            found = derivation_of(kommune.pk)
        if found is None or found.on != day or found.digest != resolve(law, to_day(day), kommune.slug).digest:
            return False
    return True


def _kommuner() -> list[Kommune]:
    from fodfaeste.casework.access.models import Kommune

    return list(Kommune.objects.order_by("code"))


def _run(desk: Desk, *line: str) -> None:
    """Run one of our own commands in a process of its own, so that the server need not carry what it loaded."""
    from django.db import connection

    connection.close()
    program = "from fodfaeste.interfaces.cli import main; main()"
    told = sys.stderr if desk.as_json else None
    code = subprocess.run(  # noqa: S603 - our own commands
        [sys.executable, "-c", program, *line, "--lang", desk.lang], check=False, stdout=told
    ).returncode
    if code:
        raise desk.refuse(
            "Den opdigtede kommune kunne ikke laves færdig; se ovenfor, ret det, og start igen: det, der er gjort, "
            "gøres ikke om.",
            "The invented municipality could not be finished; see above, mend it, and start again: what is done is "
            "not done twice.",
        )
