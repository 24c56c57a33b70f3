"""Who decides in which form the two talk, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fodfaeste.casework.contacts.deciding import Decider, form_decided_by
from fodfaeste.facts import View
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.wording import label_of
from fodfaeste.rulebook import Rulebook


@dataclass(frozen=True)
class FormTold:
    """Who decides the form of the next talk. ``why`` is empty where no rule speaks of it."""

    text: str
    ref: str
    why: str
    regimes: tuple[str, ...]


def form_told(book: Rulebook, view: View, reference: Any) -> FormTold:
    """Who decides, the section, and where it is explained."""
    law = rulebooks.law()
    found = form_decided_by(law, book, view)
    said = {
        Decider.LAW: _("Loven bestemmer formen: samtalen er et fysisk møde."),
        Decider.KOMMUNE: _("Kommunen bestemmer formen. Borgeren kan altid bede om et fysisk møde."),
        Decider.CASEWORKER: _("Sagsbehandleren bestemmer formen efter en konkret vurdering."),
        Decider.CITIZEN: _("Borgeren vælger formen: fremmøde, telefon eller video."),
        Decider.UNKNOWN: _("Det kan ikke afgøres, hvem der bestemmer formen, før mere er oplyst."),
    }
    why = reverse("caseworker:why", args=[reference, found.norm]) if found.norm else ""
    ref = book.norms[found.norm].ref if found.norm else ""
    titles = (label_of(law.regimes[one].title, rulebooks.language(), one) for one in found.regimes)
    return FormTold(said[found.by], ref, why, tuple(titles))
