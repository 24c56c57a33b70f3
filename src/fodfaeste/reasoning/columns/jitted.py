"""The plain functions of calendar and history, compiled by Numba from the very same source."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any

import numba

from fodfaeste.foundation import calendar as cal
from fodfaeste.reasoning import history

Function = Callable[..., Any]
"""What Numba makes of a function: called as before, typed by what it is called with."""

kernel: Callable[[Function], Function] = numba.njit(nogil=True)
"""A function that compiled functions may call."""


def compiled(module: types.ModuleType, functions: tuple[Function, ...], space: dict[str, Any]) -> dict[str, Function]:
    """Compile functions of a module, each listed after those it calls; ``space`` takes the place of its own names."""
    space = {**vars(module), **space}
    for function in functions:
        again = types.FunctionType(function.__code__, space, function.__name__, function.__defaults__)
        again.__qualname__ = function.__qualname__
        again.__module__ = function.__module__
        space[function.__name__] = numba.njit(again, nogil=True, inline="never")
    return {function.__name__: space[function.__name__] for function in functions}


CALENDAR = compiled(cal, cal.COMPILABLE, {})
"""The compiled functions of foundation.calendar, by name."""

NONE = history.NONE
FAR = cal.FAR
