"""Why a week is shared as it is: the wording that decided, its section and the doubts it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field

from fodfaeste.economy.ladder import Share
from fodfaeste.economy.tariff import Tariff
from fodfaeste.economy.terms import ACTIVITY, BENEFIT, RESTART_STANDS, RESTART_USES_UP, ROUND_RUNNING, SHARE, WEEK
from fodfaeste.facts import read_case, view_case
from fodfaeste.reasoning import explain


@dataclass(frozen=True, slots=True)
class Reason:
    """The norm that gave the percentage, its section and label, and doubts by id."""

    norm: str
    ref: str
    label: dict[str, str]
    assumptions: tuple[str, ...]


@dataclass(slots=True)
class Reasons:
    """Reasons for shares under one tariff; each different one is worked out once."""

    tariff: Tariff
    found: dict[tuple[int, str | None, str | None, int | None], Reason] = field(default_factory=dict)

    def of(self, share: Share) -> Reason:
        """Why the share is what it is."""
        one = share.payment
        highest = self.tariff.share.shape[2] - 1
        number = min(share.number, highest) if share.number else None
        key = (self.tariff.period(one.day), one.benefit, one.activity, number)
        if key not in self.found:
            self.found[key] = self._reason(*key)
        return self.found[key]

    def _reason(self, period: int, benefit: str | None, activity: str | None, number: int | None) -> Reason:
        book = self.tariff.books[period]
        given = {BENEFIT: benefit, ACTIVITY: activity, WEEK: number}
        facts = {name: value for name, value in given.items() if value is not None}
        case = read_case({"format": "fodfaeste/case/1", "case": "uge", "facts": facts}, book.vocabulary)
        if SHARE not in book.norms or book.norms[SHARE].absent:
            norm = book.norms.get(SHARE)
            return Reason(SHARE, norm.ref if norm else "", norm.norm.label if norm else {}, ())
        steps = [
            step for one in explain(book, view_case(case, book.vocabulary, book.day), SHARE) for step in one.steps()
        ]
        read = [SHARE, *(step.name for step in steps if step.kind == "norm" and step.name in book.norms)]
        doubts = dict.fromkeys(doubt for id_ in read for doubt in book.norms[id_].assumptions)
        rates = [id_ for id_ in read if book.norms[id_].norm.kind == "rate"]
        decisive = book.norms[(rates or read)[-1]]
        return Reason(decisive.id, decisive.ref, decisive.norm.label, tuple(doubts))

    def general(self, shares: list[Share]) -> tuple[str, ...]:
        """Doubts of the counting and the rounding, as far as these shares rest on them."""
        norms = [ROUND_RUNNING] if any(share.state is not None for share in shares) else []
        if any(share.restarted for share in shares):
            norms += [RESTART_USES_UP, RESTART_STANDS]
        books = {self.tariff.period(share.payment.day) for share in shares}
        found = [
            doubt for p in sorted(books) for id_ in norms if id_ in self.tariff.books[p].norms
            for doubt in self.tariff.books[p].norms[id_].assumptions
        ]  # fmt: skip
        return tuple(dict.fromkeys(found))
