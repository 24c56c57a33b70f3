"""The citizen's own words: she writes, or says them to somebody who takes them down; staff comments, beside them.

Nothing here changes a row: words and comments are only ever added, and the database refuses anything else.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.access.today import now
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.plans.models import Comment, OwnNote, Words

LONGEST = 4000
"""Letters of one text."""


@transaction.atomic
def write_words(course: Course, kind: str, text: str, by: User) -> Words | None:
    """Write down what the citizen herself wrote; the earlier text stays to be read. None when it says the same.

    Only the citizen of the course may. Raises RefusedError.
    """
    if not by.has_perm("courses.live", course):
        raise RefusedError({"text": _("Kun borgeren selv kan skrive sine egne ord. Skriv en kommentar i stedet.")})
    return _add(course, kind, text, None)


@transaction.atomic
def take_down(course: Course, kind: str, text: str, by: User) -> Words | None:
    """Write down what the citizen said, for one who does not write herself; it says who took it down.

    Raises RefusedError.
    """
    if not by.has_perm("courses.change", course):
        raise RefusedError({"text": _("Kun en sagsbehandler i kommunen kan skrive ned, hvad borgeren siger.")})
    return _add(course, kind, text, by)


@transaction.atomic
def comment(words: Words, text: str, by: User) -> Comment:
    """Answer to the citizen's words, beside them. Raises RefusedError."""
    if not by.has_perm("courses.change", words.course):
        raise RefusedError({"text": _("Kun en sagsbehandler i kommunen kan kommentere.")})
    said = _whole(text, _("Skriv din kommentar, før du gemmer."))
    return Comment.objects.create(
        kommune_id=words.kommune_id, course_id=words.course_id, words=words, text=said, by=by
    )  # fmt: skip


@transaction.atomic
def write_note(course: Course, text: str, by: User) -> OwnNote:
    """Keep a note of the citizen's own, which nobody else can read. Raises RefusedError."""
    if not by.has_perm("courses.live", course):
        raise RefusedError({"text": _("Kun borgeren selv kan skrive her.")})
    said = _whole(text, _("Skriv din note, før du gemmer."))
    return OwnNote.objects.create(kommune_id=course.kommune_id, course=course, text=said)


@transaction.atomic
def remove_note(note: OwnNote, by: User) -> None:
    """Throw away a note of the citizen's own; nothing is kept of it. Raises RefusedError."""
    if not by.has_perm("courses.live", note.course):
        raise RefusedError({"text": _("Kun borgeren selv kan slette sine noter.")})
    note.delete()


def _add(course: Course, kind: str, text: str, taken_down_by: User | None) -> Words | None:
    if kind not in Words.Kind.values:
        raise RefusedError({"text": _("Vælg, om det er dit mål eller din situation.")})
    said = _whole(text, _("Skriv noget, før du gemmer."))
    latest = Words.objects.filter(course=course, kind=kind).first()
    if latest is not None and latest.text == said:
        return None
    return Words.objects.create(
        kommune_id=course.kommune_id, course=course, kind=kind, text=said, written_at=now(),
        taken_down_by=taken_down_by,
    )  # fmt: skip


def _whole(text: str, when_empty: str) -> str:
    said = text.strip()
    if not said:
        raise RefusedError({"text": when_empty})
    if len(said) > LONGEST:
        raise RefusedError(
            {"text": _("Teksten er for lang: højst %(most)s tegn. Del den i to.") % {"most": LONGEST}}
        )  # fmt: skip
    return said
