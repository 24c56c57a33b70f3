"""The library's functions as LLVM: Numba reads the Python, this house keeps the machine code.

A function is made for the widths of the columns it is called with. Numba is only asked when that has not been
done on this machine before: it takes longer to load than the code does.
"""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from fodfaeste.foundation import calendar
from fodfaeste.reasoning import history
from fodfaeste.reasoning.columns.machine import Code, key_of, object_of

WIDTHS = {"int8": 8, "int16": 16, "int32": 32, "int64": 64}


@cache
def native(name: str, kinds: tuple[str, ...]) -> Code:
    """The function of the library for operands of these kinds: ``*int32`` for an array, ``int`` for a number."""
    return Code(object_of(key_of(repr((_texts(), name, kinds))), lambda: _module(name, kinds)))


@cache
def _texts() -> str:
    """What the machine code is made of."""
    folder = Path(__file__).parent
    files = [folder / "library.py", folder / "judging.py", folder / "dates.py", Path(inspect.getfile(history))]
    texts = [path.read_bytes() for path in (*files, Path(inspect.getfile(calendar)), Path(__file__))]
    return hashlib.sha256(b"\n".join(texts)).hexdigest()


def _module(name: str, kinds: tuple[str, ...]) -> str:
    """LLVM of the function, and of ``entry``, which takes its operands from where the driver put them."""
    import numba

    from fodfaeste.reasoning.columns import library

    compiler: Any = numba  # its stubs do not know all options
    types = compiler.types
    function: Callable[..., Any] = library.LIBRARY[name]
    given = [types.CPointer(getattr(types, kind[1:])) if kind[0] == "*" else types.int64 for kind in kinds]
    jit = compiler.njit(function, nogil=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True)
    signature = types.none(types.int64, types.int64, *given)
    jit.compile(signature)
    made = jit.overloads[signature.args]
    called = made.fndesc.llvm_func_name
    lines = [made.library.get_llvm_str(), "define void @entry(ptr nocapture readonly %at, i64 %n, i32 %on) {"]
    lines += ["%result = alloca ptr", "%problem = alloca ptr", "%day = sext i32 %on to i64"]
    passed = ["ptr %result", "ptr %problem", "i64 %n", "i64 %day"]
    for number, kind in enumerate(kinds):
        type_ = "ptr" if kind[0] == "*" else "i64"
        lines.append(f"%p{number} = getelementptr i64, ptr %at, i64 {number}")
        lines.append(f"%a{number} = load {type_}, ptr %p{number}")
        passed.append(f"{type_} %a{number}")
    lines += [f"%status = call i32 @{called}({', '.join(passed)})", "ret void", "}"]
    return "\n".join(lines)
