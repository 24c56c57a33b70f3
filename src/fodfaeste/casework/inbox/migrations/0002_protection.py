"""One municipality at a time."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fodfaeste.casework.access.protection import protect


class Migration(migrations.Migration):
    """Row-level security on the index."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("inbox", "0001_initial"), ("access", "0002_protection")]
    operations: ClassVar[list[RunSQL]] = [
        protect("inbox_derivation"),
        protect("inbox_dutyline"),
        protect("inbox_concern"),
    ]
