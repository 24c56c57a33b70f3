"""Fodfæste: Danish employment-service law as code, for one case and for a nation.

The library in five lines::

    import fodfaeste as ff
    law = ff.load()
    book = ff.resolve(law, "2026-08-01", place="Odense")
    case = ff.read("case.json")
    for duty in ff.duties(book, case): print(duty)
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fodfaeste.interfaces.library import (
        ask,
        contrast,
        duties,
        explain,
        load,
        read,
        read_all,
        receipt,
        resolve,
    )

__version__ = "0.1.0"

__all__ = [
    "ask", "contrast", "duties", "explain", "load", "read", "read_all", "receipt", "resolve",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """The law and everything heavy are read when first asked for."""
    if name in __all__:
        from importlib import import_module

        return getattr(import_module("fodfaeste.interfaces.library"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
