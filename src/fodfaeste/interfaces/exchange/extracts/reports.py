"""What an import rejected: to read, and as files to mend and import again."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from typing import Any

from fodfaeste.casework.access.models import Kommune
from fodfaeste.casework.intake.models import Batch, BatchFile, Rejection
from fodfaeste.interfaces.exchange.extracts.faults import sentences
from fodfaeste.interfaces.exchange.extracts.run import bound
from fodfaeste.interfaces.wording import Language, pick


def report(kommune: Kommune, number: int | None, lang: Language) -> dict[str, Any] | None:
    """An import of a municipality (the last, when no number is given), and each rejected row; None: no such import."""
    with bound(kommune.pk):
        batches = Batch.objects.filter(kommune=kommune)
        batch = batches.filter(pk=number).first() if number is not None else batches.first()
        if batch is None:
            return None
        found = Rejection.objects.filter(file__batch=batch).select_related("file")
        return {
            "batch": batch.pk,
            "folder": batch.folder,
            "state": batch.state,
            "day": batch.day.isoformat(),
            "rejected": [
                {"file": one.file.name, "table": one.file.table, "row": one.row, "raw": one.raw,
                 "problems": [_said(problem, lang) for problem in one.problems]}
                for one in found
            ],
        }  # fmt: skip


def _said(problem: dict[str, Any], lang: Language) -> dict[str, Any]:
    message, mend = sentences(problem, lang)
    return {"field": problem["field"], "given": problem["given"], "message": message, "mend": mend}


def write_rejected(kommune: Kommune, number: int, folder: Path, lang: Language) -> list[Path]:
    """One CSV for each file with rejected rows: its own columns, and what is wrong in a last one."""
    folder.mkdir(parents=True, exist_ok=True)
    rows: dict[int, list[Rejection]] = defaultdict(list)
    with bound(kommune.pk):
        for one in Rejection.objects.filter(file__batch=number):
            rows[one.file_id].append(one)
        files = {file.pk: file for file in BatchFile.objects.filter(pk__in=rows)}
    written = []
    for pk, rejections in rows.items():
        path = folder / f"{files[pk].table}-{number}-{pk}.csv"
        wrong = pick(lang, "Fejl", "Problem")
        head = list(dict.fromkeys([*files[pk].columns, *(column for one in rejections for column in one.raw)]))
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            out = csv.DictWriter(stream, [*head, wrong], delimiter=";")
            out.writeheader()
            for one in rejections:
                told = " | ".join(
                    f"{problem['field']}: {what} – {mend}"
                    for problem in one.problems
                    for what, mend in [sentences(problem, lang)]
                )
                out.writerow({**one.raw, wrong: told})
        written.append(path)
    return written
