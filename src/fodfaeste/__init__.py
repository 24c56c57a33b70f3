"""Fodfæste: Danish employment-service law as code, for one case and for a nation.

The library in five lines::

    import fodfaeste as ff
    law = ff.load()
    book = ff.rulebook(law, "2026-08-01", place="Odense")
    case = ff.read("case.json")
    for duty in ff.duties(book, case): print(duty)
"""

import sys
from types import ModuleType
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
        rulebook,
    )

__version__ = "0.1.0"

__all__ = [
    "ask", "contrast", "duties", "explain", "load", "read", "read_all", "receipt", "rulebook",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """The law and everything heavy are read when first asked for."""
    if name in __all__:
        from importlib import import_module

        return getattr(import_module("fodfaeste.interfaces.library"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class _Room(ModuleType):
    """The room ``fodfaeste.rulebook``, which shares its name with the function and can be called like it."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        from importlib import import_module

        return import_module("fodfaeste.interfaces.library").rulebook(*args, **kwargs)


class _Face(ModuleType):
    """This module; when the room ``rulebook`` takes its place here, it becomes callable."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "rulebook" and isinstance(value, ModuleType):
            value.__class__ = _Room
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Face
