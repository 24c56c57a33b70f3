"""Whatever stands in a table: every row goes in, stands there already, or is rejected as it stood."""

from typing import Any

from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from fodfaeste.casework.access.models import Kommune
from fodfaeste.casework.courses.models import Event, Spell
from fodfaeste.casework.intake.models import Rejection
from tests.exchange.folders import ADA, BO, Folder, take

PEOPLE = st.sampled_from([ADA, BO, ADA, BO, f"{ADA[:6]}-{ADA[6:]}", "6105901235", "", "12", "x"])
DAYS = st.sampled_from(
    ["02-04-2026", "2026-04-02", "03-04-2026", "2026-04-30", "31-02-2026", "", "i går", "2031-01-01"]
)
KINDS = st.sampled_from(["jobsamtale", "cv-samtale", "Jobsamtale holdt", "jobsamtal", ""])
FORMS = st.sampled_from(["telefon", "Video", "", "", "brevdue"])
IDS = st.sampled_from(["", "", "", "1", "2", "A 3"])
CODES = st.sampled_from(["111", "111", "890", "0", "888", ""])
WEEKS = st.sampled_from(["2026-W10", "202611", "2026-W12", "2026-W13", "2026-W60", ""])
GROUPS = st.sampled_from(["dp", "syg", "jaf", "ukendt"])

talks = st.lists(st.tuples(IDS, PEOPLE, DAYS, KINDS, FORMS), max_size=25)
weeks = st.lists(st.tuples(PEOPLE, WEEKS, CODES), max_size=25)
groups = st.lists(st.tuples(PEOPLE, GROUPS, DAYS, DAYS), max_size=15)


class NothingIsLost(TestCase):
    """Each example in a transaction of its own."""

    @settings(max_examples=15)
    @given(talks, weeks, groups)
    def test_rows_in_are_rows_told_of(self, talks: Any, weeks: Any, groups: Any) -> None:
        import tempfile
        from pathlib import Path

        with tempfile.TemporaryDirectory() as made, transaction.atomic():
            kommune = Kommune.objects.get_or_create(code=461, defaults={"name": "Odense", "slug": "odense"})[0]
            folder = Folder(Path(made))
            folder.write("borgere", "cpr;navn;sag åbnet", f"{ADA};Ada;01-03-2026", f"{BO};Bo;01-03-2026")
            folder.write("samtaler", "id;cpr;dato;art;form", *map(";".join, talks))
            folder.write("ydelsesuger", "cpr;uge;kode", *map(";".join, weeks))
            folder.write("maalgrupper", "cpr;gruppe;fra;til", *map(";".join, groups))
            given = {"samtaler": talks, "ydelsesuger": weeks, "maalgrupper": groups}
            first = take(folder, kommune)  # which sees that every row is told of once
            for file in first.files:
                told = given.get(file.table)
                if told is None:
                    continue
                assert file.rows == sum(any(cells) for cells in told)
                kept = Rejection.objects.filter(file=file)
                assert file.rejected == kept.count()
                for one in kept:
                    stood = (cell or None for cell in told[one.row - 2])
                    assert one.raw == dict(zip(file.columns, stood, strict=True))
            lines = [Event.objects.count(), Spell.objects.count()]
            second = take(folder, kommune)
            assert [Event.objects.count(), Spell.objects.count()] == lines
            assert [file.rejected for file in second.files] == [file.rejected for file in first.files]
            assert all(file.new == file.changed == 0 for file in second.files)
