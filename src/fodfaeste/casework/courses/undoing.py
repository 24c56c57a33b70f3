"""Taking back what one form wrote: every line of it is voided, and what it ended runs on. The history keeps it all."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.courses.actions import correct_event, correct_spell
from fodfaeste.casework.courses.models import Event, Spell
from fodfaeste.casework.courses.taking import Written
from fodfaeste.facts import Vocabulary


@transaction.atomic
def take_back(written: Written, vocabulary: Vocabulary, by: User, today: date) -> None:
    """Void the events and spells of one form; a spell that it ended stands again with the days it had.

    Answers to questions stay: each is mended on its own page. Raises RefusedError when a line was changed since.
    """
    events, spells = ({line.pk for line in lines} for lines in (written.events, written.spells))
    standing = [
        *Event.objects.select_for_update().filter(pk__in=events, standing=True).values_list("pk", flat=True),
        *Spell.objects.select_for_update().filter(pk__in=spells, standing=True).values_list("pk", flat=True),
    ]
    if len(standing) != len(events) + len(spells):
        raise RefusedError(
            {"__all__": _("Noget af det er rettet siden, så det kan ikke tages tilbage samlet. Ret det enkeltvis.")}
        )
    try:
        with transaction.atomic():
            for event in written.events:
                correct_event(event, vocabulary, event.on, event.attrs, by, today, void=True)
            for spell in sorted(written.spells, key=lambda one: one.corrects_id is not None):
                before = spell.corrects
                period = spell.period if before is None else before.period
                correct_spell(spell, vocabulary, period, spell.attrs, by, today, void=before is None)
    except IntegrityError as error:
        raise RefusedError(
            {"__all__": _("Der er siden skrevet noget, der ligger oven i det, som stod før. Ret det enkeltvis.")}
        ) from error
