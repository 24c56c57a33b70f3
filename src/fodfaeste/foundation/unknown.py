"""The unknown: not zero, not false, not the empty string.

Truth is one of three integers after Kleene, so that ``and`` is the smaller and ``or`` the larger, in one case
and in columns alike. ``UNKNOWN`` is the same idea as a Python value.
"""

from typing import Final, NoReturn, final

F: Final = 0
"""False."""
U: Final = 1
"""Unknown."""
T: Final = 2
"""True."""


def kleene_and(a: int, b: int) -> int:
    """False if either is false, else unknown if either is unknown, else true."""
    return min(a, b)


def kleene_or(a: int, b: int) -> int:
    """True if either is true, else unknown if either is unknown, else false."""
    return max(a, b)


def kleene_not(a: int) -> int:
    """True and false change place; unknown stays unknown."""
    return 2 - a


@final
class Unknown:
    """The one value that means "nobody has said". It cannot be used as true or false by accident."""

    __slots__ = ()
    _only: "Unknown | None" = None

    def __new__(cls) -> "Unknown":
        """The same object every time, also after copying and pickling."""
        if cls._only is None:
            cls._only = super().__new__(cls)
        return cls._only

    def __repr__(self) -> str:
        """Plain: unknown."""
        return "unknown"

    def __bool__(self) -> NoReturn:
        """Always a TypeError."""
        raise TypeError("the unknown is neither true nor false: ask 'is UNKNOWN' before you decide")

    def __reduce__(self) -> tuple[type["Unknown"], tuple[()]]:
        """Pickled as a call, so that it comes back as itself."""
        return (Unknown, ())


UNKNOWN: Final = Unknown()
"""Nobody has said."""
