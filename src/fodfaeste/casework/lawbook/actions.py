"""Writes of the lawbook: the passages, all at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from django.db import transaction

from fodfaeste.casework.lawbook.models import Edition, Kind, Passage

_WORD = re.compile(r"[^\W\d_]{4,}")
_BATCH = 500


@transaction.atomic
def replace_passages(digest: str, passages: Iterable[Passage]) -> int:
    """Put these passages in place of those there are, and give their number. Readers see the old until all are in."""
    made = list(passages)
    counts: dict[str, Counter[str]] = {}
    for passage in made:
        found = counts.setdefault(passage.language, Counter())
        if passage.kind == Kind.REGIME:
            continue  # what a regime changes is quoted from the files, where words have no Danish letters
        found.update(set(_WORD.findall(f"{passage.title} {passage.body}".casefold())))
    Passage.objects.all().delete()
    Passage.objects.bulk_create(made, batch_size=_BATCH)
    words = {language: [word for word, _ in found.most_common()] for language, found in counts.items()}
    Edition.objects.all().delete()
    Edition.objects.create(digest=digest, words=words)
    return len(made)
