"""Random people for a rulebook: each built around a few norms, so that these have something to decide."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from fodfaeste.facts import View
from fodfaeste.foundation import FAR
from fodfaeste.rulebook.rulebook import Rulebook
from tests.agreement.chance import RARELY, SELDOM, Chance, Reading, reading
from tests.agreement.draft import Draft
from tests.agreement.wishes import Wishes

AT_ONCE = (1, 2, 3, 4, 5, 6)
"""How many norms one person is built around. The last one wished for is the likeliest to come true."""


def people(rulebook: Rulebook, focus: Sequence[str], number: int, seed: str, first: Sequence[str] = ()) -> list[View]:
    """``number`` people; the norms in focus are dealt out to them in turn. The first is one of whom nothing is known.

    Norms named in ``first`` come twice before all others.
    """
    random = Random(seed)
    deck = [*random.sample(first, len(first)), *random.sample(first, len(first))]
    found = [Draft(rulebook.vocabulary, rulebook.day).view()]
    for _ in range(number - 1):
        wanted = random.choice(AT_ONCE)
        if len(deck) < wanted:
            deck += random.sample(focus, len(focus))
        found.append(person(rulebook, list(dict.fromkeys(deck[:wanted])), random))
        del deck[:wanted]
    _fill_some(rulebook, found, random)
    return found


def person(rulebook: Rulebook, norms: Sequence[str], random: Random) -> View:
    """One person about whom the norms have something to say, or nearly."""
    seen = Reading()
    for norm in norms:
        for mine, more in zip(vars(seen).values(), vars(reading(rulebook, norm)).values(), strict=True):
            mine.update(more)
    draft = Draft(rulebook.vocabulary, rulebook.day)
    chance = Chance(rulebook.vocabulary, rulebook.day, random, seen)
    wishes = Wishes(rulebook, draft, chance)
    _noise(wishes, seen)
    for norm in norms:
        wishes.norm(rulebook.norms[norm])
    if random.random() < 0.5:
        _spoil(draft, chance, seen)
    return draft.view()


def _noise(wishes: Wishes, seen: Reading) -> None:
    """Facts and rows of what the norms read, and a little of all else."""
    draft, chance, random = wishes.draft, wishes.chance, wishes.random
    fullness = random.choice((0.2, 0.6, 0.9))
    for name, field in draft.vocabulary.fields.items():
        if random.random() < (fullness if name in seen.fields else 0.2):
            draft.put(name, chance.value(field.type, field.lo, field.hi))
    for kinds in (draft.vocabulary.events, draft.vocabulary.spells):
        for kind in kinds:
            if random.random() < (fullness if kind in seen.kinds else SELDOM):
                _rows(wishes, kind)


def _rows(wishes: Wishes, kind: str) -> None:
    """Rows of a kind: apart, on the same day, overlapping, or one right after the other."""
    draft, chance, random = wishes.draft, wishes.chance, wishes.random
    before = None
    for _ in range(chance.count()):
        start = chance.day()
        if before is not None and random.random() < 0.4:
            end = before.start if before.end >= FAR else before.end
            start = random.choice((before.start, end, end + 1, end + 1, end + 2))
        before = draft.add(kind, wishes.histories.row(kind, start))


def _spoil(draft: Draft, chance: Chance, seen: Reading) -> None:
    """Doubt and disorder: facts nobody recorded, kinds nobody observed, days moved by one, things told twice."""
    random = chance.random
    for name in sorted(seen.fields):
        if random.random() < SELDOM:
            draft.put(name, None)
    for kind in sorted(seen.kinds):
        rows = draft.rows.get(kind, [])
        if random.random() < RARELY:
            draft.unobserved.add(kind)
        for row in list(rows):
            if random.random() < 0.15 and row.attrs:
                row.attrs[random.randrange(len(row.attrs))] = None
            if random.random() < SELDOM:
                row.start += random.choice((-1, 1))
                draft.mend(kind, row)
            if random.random() < SELDOM:
                draft.add(kind, type(row)(row.start, row.end, list(row.attrs)))


def _fill_some(rulebook: Rulebook, views: list[View], random: Random) -> None:
    """Some facts are known of everybody, as in a good register: columns then need no room for the unknown."""
    vocabulary = rulebook.vocabulary
    for field in vocabulary.fields.values():
        if random.random() < SELDOM:
            chance = Chance(vocabulary, rulebook.day, random, Reading())
            for view in views[1:]:
                if view.fields[field.index] is None:
                    view.fields[field.index] = chance.value(field.type, field.lo, field.hi)
            views[0].fields[field.index] = chance.value(field.type, field.lo, field.hi)
