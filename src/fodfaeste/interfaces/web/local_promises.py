"""Promises above the law as pages tell of them: which the municipality has given, and which it has given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fodfaeste.casework.local.models import Decision
from fodfaeste.casework.local.queries import given_up
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.wording import label_of, promise_text, raised
from fodfaeste.rulebook import Rulebook


@dataclass(frozen=True)
class Promised:
    """A promise as the municipality's law has it: on which norm, in which decision of its own, and what it says."""

    norm: str
    label: str
    ref: str
    regime: str
    said: str
    why: str


def promised_norms(book: Rulebook) -> tuple[str, ...]:
    """The norms on which the municipality has promised more than the law."""
    found = book.cache.get("promised")
    if not isinstance(found, tuple):
        found = tuple(norm.id for norm in book.norms.values() if norm.promise is not None and not norm.absent)
        book.cache["promised"] = found
    return found


def promises_of(book: Rulebook) -> list[Promised]:
    """Every promise with its words."""
    law, words = rulebooks.law(), rulebooks.words(book)
    made = []
    for norm in promised_norms(book):
        for regime, op in book.norms[norm].edits:
            if op != "promise":
                continue
            edit = next(one for one in law.regimes[regime].edits if one.norm == norm and one.op == op)
            title = label_of(law.regimes[regime].title, words.lang, regime)
            said = raised(promise_text(edit.raw, words))
            made.append(Promised(norm, words.norm(norm), book.norms[norm].ref, title, said, str(edit.raw["why"])))
    return made


def given_up_texts(book: Rulebook, day: date) -> dict[str, str]:
    """What is said of a promise that was given up, by norm. Asks the database only where something was promised."""
    if book.place is None or not promised_norms(book):
        return {}
    return {norm: given_up_text(one) for norm, one in given_up(book.place, day).items()}


def given_up_text(one: Decision) -> str:
    """Who gave the promise up, when and why, in a sentence."""
    told = {"day": date_format(one.begins, "DATE_FORMAT"), "who": one.decided_by, "why": one.reason}
    return _("Vores løfte ud over loven er opgivet fra %(day)s. Besluttet af: %(who)s. Grund: %(why)s") % told
