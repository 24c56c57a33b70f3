"""What can be known about a person with a case: the vocabulary, the case format, what was known when."""

from typing import TYPE_CHECKING, Any

from fodfaeste.facts.case import (
    FORMAT,
    Case,
    Event,
    Fact,
    Spell,
    case_schema,
    make_case,
    read_case,
    read_cases,
    write_case,
)
from fodfaeste.facts.encoding import decode, encode, range_of
from fodfaeste.facts.scalars import UnfitValueError, Value
from fodfaeste.facts.view import View, view_case
from fodfaeste.facts.vocabulary import (
    EnumType,
    EventKind,
    Field,
    SpellKind,
    Vocabulary,
    build_vocabulary,
    load_vocabulary,
)

if TYPE_CHECKING:
    from fodfaeste.facts.assembly import event_frame, frames_from_arrays, spell_frame, view_of
    from fodfaeste.facts.frames import (
        EventFrame,
        Frames,
        SpellFrame,
        dtype_of,
        frames_from_views,
        unknown_of,
    )

_FRAMES = ("EventFrame", "Frames", "SpellFrame", "dtype_of", "frames_from_views", "unknown_of")
_ASSEMBLY = ("event_frame", "frames_from_arrays", "spell_frame", "view_of")

__all__ = [
    "FORMAT",
    "Case",
    "EnumType",
    "Event",
    "EventFrame",
    "EventKind",
    "Fact",
    "Field",
    "Frames",
    "Spell",
    "SpellFrame",
    "SpellKind",
    "UnfitValueError",
    "Value",
    "View",
    "Vocabulary",
    "build_vocabulary",
    "case_schema",
    "decode",
    "dtype_of",
    "encode",
    "event_frame",
    "frames_from_arrays",
    "frames_from_views",
    "load_vocabulary",
    "make_case",
    "range_of",
    "read_case",
    "read_cases",
    "spell_frame",
    "unknown_of",
    "view_case",
    "view_of",
    "write_case",
]


def __getattr__(name: str) -> Any:
    """Columns need NumPy, which whoever asks about a single case should not have to wait for."""
    if name in _FRAMES:
        from fodfaeste.facts import frames

        return getattr(frames, name)
    if name in _ASSEMBLY:
        from fodfaeste.facts import assembly

        return getattr(assembly, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
