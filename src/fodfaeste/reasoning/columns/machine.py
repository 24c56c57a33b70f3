"""Machine code from LLVM's text: made once, kept on disk, found again by the text it was made from."""

from __future__ import annotations

import ctypes
import hashlib
import os
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import llvmlite
import llvmlite.binding as llvm

Call = Callable[[int, int, int], None]
"""Machine code: called with the address of its arrays' addresses, the number of rows, and today."""

_CALL = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_int64, ctypes.c_int32)


def cache_folder() -> Path:
    """Where generated code lies: $FODFAESTE_CACHE, else the user's cache."""
    base = os.environ.get("FODFAESTE_CACHE") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "fodfaeste" / "kernels"


@cache
def processor() -> tuple[str, str]:
    """Name and features of this processor: code made for one may not run on another."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    return llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten()


def _target() -> Any:
    name, features = processor()
    triple = llvm.get_process_triple()
    return llvm.Target.from_triple(triple).create_target_machine(name, features, 3, "pic", "jitdefault")


def key_of(text: str) -> str:
    """The name under which code made from a text is kept."""
    made_by = "\n".join((llvmlite.__version__, *processor()))
    return hashlib.sha256(f"{made_by}\n{text}".encode()).hexdigest()[:32]


def object_of(key: str, text: Callable[[], str]) -> bytes:
    """The object code kept under a key, made from ``text()`` when there is none."""
    return kept(f"{key}.o", lambda: compiled(text()))


def kept(name: str, make: Callable[[], bytes]) -> bytes:
    """What lies under a name on disk, made when it is not there; anew in every process where nothing can be written."""
    path = cache_folder() / name
    try:
        return path.read_bytes()
    except OSError:
        made = make()
    part = path.with_suffix(f".{os.getpid()}.{threading.get_ident()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(made)
        part.replace(path)
    except OSError:
        return made
    return made


def compiled(text: str) -> bytes:
    """Object code for this processor."""
    target = _target()
    module = llvm.parse_assembly(text)
    module.triple = llvm.get_process_triple()
    module.data_layout = str(target.target_data)
    module.verify()
    tuning = llvm.create_pipeline_tuning_options(speed_level=3)
    tuning.loop_vectorization = True
    builder = llvm.create_pass_builder(target, tuning)
    builder.getModulePassManager().run(module, builder)
    made: bytes = target.emit_object(module)
    return made


class Code:
    """Machine code in memory, for as long as this object lives."""

    def __init__(self, code: bytes) -> None:
        empty = llvm.parse_assembly("")
        self._engine = llvm.create_mcjit_compiler(empty, _target())
        self._engine.add_object_file(llvm.ObjectFileRef.from_data(code))
        self._engine.finalize_object()
        self.address: int = self._engine.get_function_address("entry")
        self.call: Call = _CALL(self.address)
