"""What must hold between the lines of a case: who corrects whom, and facts that contradict each other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import combinations

from fodfaeste.facts.records import Event, Fact, Spell
from fodfaeste.facts.scalars import suggest
from fodfaeste.foundation import from_day

Tell = Callable[[str, str, str], None]
"""Notes a problem: where, message, how to mend it."""

Placed = tuple[str, Event | Spell]
"""A line and its place, such as ``events[3]``."""


def check_corrections(lines: Sequence[Placed], ids: Collection[str], tell: Tell) -> None:
    """Each line may be corrected once, by a line recorded no earlier, and no line corrects itself.

    ``ids`` are all ids written in that part of the case, also of lines that could not be read.
    """
    by_id: dict[str, Placed] = {}
    for where, line in lines:
        if line.id is None:
            continue
        if line.id in by_id:
            tell(
                f"{where}.id",
                f"the id '{line.id}' is already used by {by_id[line.id][0]}",
                "give it another id",
            )
        else:
            by_id[line.id] = (where, line)
    corrected: dict[str, str] = {}
    for where, line in lines:
        if line.corrects is None:
            continue
        place = f"{where}.corrects"
        if line.corrects not in ids:
            tell(place, f"there is no line with the id '{line.corrects}' here", suggest(line.corrects, ids))
        elif line.corrects in corrected:
            first = corrected[line.corrects]
            mend = f"let the later of the two correct the earlier (give {first} an id)"
            tell(place, f"'{line.corrects}' is already corrected by {first}", mend)
        else:
            corrected[line.corrects] = where
            if line.corrects in by_id:
                _check_order(where, line, by_id[line.corrects], by_id, tell)


def _check_order(where: str, line: Event | Spell, earlier: Placed, by_id: dict[str, Placed], tell: Tell) -> None:
    """A correction is not written before what it corrects, and following corrections back must end."""
    steps, target = 0, line.corrects
    while target in by_id and steps <= len(by_id):
        if by_id[target][1] is line:
            tell(f"{where}.corrects", "the line corrects itself", "name the line it stands in place of")
            return
        target, steps = by_id[target][1].corrects, steps + 1
    written = earlier[1].recorded
    if written is None or (line.recorded is not None and line.recorded >= written):
        return
    day = from_day(written)
    if line.recorded is None:
        message = f"the line corrects {earlier[0]}, recorded {day}, but says not when it was itself recorded"
        tell(where, message, f"write recorded, on or after {day}")
    else:
        message = f"the line was recorded before {earlier[0]}, which it corrects ({day})"
        tell(f"{where}.recorded", message, f"write {day} or later, or correct the other line")


def check_contradictions(facts: Sequence[tuple[str, Fact]], tell: Tell) -> None:
    """Two values of a field for the same day need a day of recording: else nobody can tell which counts."""
    undated: dict[str, list[tuple[str, Fact]]] = {}
    for where, fact in facts:
        if fact.recorded is None:
            undated.setdefault(fact.field, []).append((where, fact))
    for name, same in undated.items():
        for (first, one), (second, other) in combinations(same, 2):
            if one.value != other.value and _overlap(one, other):
                mend = "write from and to so that they do not meet, or recorded on the one that counts"
                message = f"{second} and {first} give '{name}' two values for the same days"
                tell(
                    second,
                    message,
                    mend,
                )


def _overlap(one: Fact, other: Fact) -> bool:
    starts_in_time = one.start is None or other.end is None or one.start <= other.end
    return starts_in_time and (other.start is None or one.end is None or other.start <= one.end)
