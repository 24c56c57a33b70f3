"""The one field for a day: it reads what Danes write, says how to mend what it cannot read, and loses nothing."""

from __future__ import annotations

import ast
from datetime import date, time
from pathlib import Path

import pytest
from django import forms
from django.utils.translation import override

from fodfaeste.interfaces import web
from fodfaeste.interfaces.web.days import ClockField, DayField


class Asked(forms.Form):
    day = DayField("Dag")
    clock = ClockField("Klokken", required=False)


@pytest.mark.parametrize("typed", ["2026-11-23", "23.11.2026", "23-11-2026", "23/11/2026", "23.11.26"])
def test_a_day_is_read_as_danes_write_it(typed: str) -> None:
    with override("da"):
        form = Asked({"day": typed, "clock": "10.30"})
        assert form.is_valid(), form.errors
    assert (form.cleaned_data["day"], form.cleaned_data["clock"]) == (date(2026, 11, 23), time(10, 30))


def test_what_cannot_be_read_is_said_and_stays_where_a_calendar_would_show_nothing() -> None:
    with override("da"):
        form = Asked({"day": "i morgen", "clock": "ti"})
        assert form.errors["day"] == ["Det er ikke en dag. Skriv dag, måned og år, for eksempel 31.1.2026."]
        assert form.errors["clock"] == ["Det er ikke et klokkeslæt. Skriv time og minut, for eksempel 10.30."]
        for field, typed in (("day", "i morgen"), ("clock", "ti")):
            assert f'value="{typed}"' in str(form[field])
            assert 'type="text"' in str(form[field])


def test_a_day_that_can_be_read_is_picked_in_the_browsers_calendar() -> None:
    shown = str(Asked(initial={"day": date(2026, 1, 31)})["day"])
    assert 'type="date"' in shown
    assert 'value="2026-01-31"' in shown


def test_every_form_has_this_one() -> None:
    """No form makes a field for a day or a time of day of its own."""
    own = {
        f"{path.name}:{node.lineno}"
        for path in Path(web.__file__).parent.rglob("*.py")
        if path.name != "days.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("DateField", "DateInput", "TimeField", "TimeInput")
        and not path.name.startswith("0")
    }  # fmt: skip
    assert own == set()
