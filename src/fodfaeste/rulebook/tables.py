"""Tables of constants in a definition: ``table: {by: [a, b], rows: {a1: {b1: 4, b2: 3}}}``."""

from __future__ import annotations

from typing import Any

from fodfaeste.rulebook import ir
from fodfaeste.rulebook.compiler import Compiler, FieldError
from fodfaeste.rulebook.scope import Scope, nearest
from fodfaeste.rulebook.types import is_enum

_WIDEST = 200  # a whole-number argument may span at most this many rows


def read_table(compiler: Compiler, raw: dict[str, Any], scope: Scope, hint: str | None) -> ir.Node:
    """The typed table. Cells left out are unknown. Raises FieldError."""
    args = tuple(compiler.expression("table.by", source, scope, None) for source in raw.get("by") or [])
    if not args:
        raise FieldError("table.by", "the table has nothing to be looked up by", "add `by: [name, …]`")
    sizes, origins = zip(*(_size(arg, scope) for arg in args), strict=True)
    cells: list[ir.Node | None] = [None] * _product(sizes)
    _fill(compiler, raw.get("rows") or {}, args, sizes, origins, 0, scope, hint, cells)
    known = [cell for cell in cells if cell is not None]
    if not known:
        raise FieldError("table.rows", "the table is empty", "add rows")
    if any(cell.type != known[0].type for cell in known):
        raise FieldError("table.rows", "the cells have different types", "give every cell the same unit")
    values = tuple(cell.value if isinstance(cell, ir.Const) else None for cell in cells)
    lo, hi = min(c.lo for c in known), max(c.hi for c in known)
    text = "table by " + ", ".join(arg.text for arg in args)
    return ir.Table(known[0].type, lo, hi, text, args, origins, sizes, values)


def _size(arg: ir.Node, scope: Scope) -> tuple[int, int]:
    if is_enum(arg.type):
        return scope.enum_size(arg.type), 0
    if arg.type == "bool":
        return 3, 0
    if arg.type == "int" and arg.hi - arg.lo < _WIDEST:
        return arg.hi - arg.lo + 1, arg.lo
    raise FieldError("table.by", f"'{arg.text}' is {arg.type}, not an enum, truth or small whole number", "use an enum")


def _product(sizes: tuple[int, ...]) -> int:
    total = 1
    for size in sizes:
        total *= size
    return total


def _fill(
    compiler: Compiler, rows: Any, args: tuple[ir.Node, ...], sizes: tuple[int, ...], origins: tuple[int, ...],
    index: int, scope: Scope, hint: str | None, cells: list[ir.Node | None],
) -> None:  # fmt: skip
    arg, size, origin = args[0], sizes[0], origins[0]
    if not isinstance(rows, dict):
        raise FieldError("table.rows", f"a row for '{arg.text}' is not a mapping", "nest one level per name in by:")
    for key, cell in rows.items():
        position = index * size + _position(compiler, key, arg, origin, size)
        if len(args) > 1:
            _fill(compiler, cell, args[1:], sizes[1:], origins[1:], position, scope, hint, cells)
        else:
            node = compiler.expression(f"table.rows.{key}", cell, scope, hint)
            if not isinstance(node, ir.Const):
                raise FieldError(f"table.rows.{key}", "a cell is not a literal", "use a literal")
            cells[position] = node


def _position(compiler: Compiler, key: Any, arg: ir.Node, origin: int, size: int) -> int:
    if arg.type == "bool":
        if not isinstance(key, bool):
            raise FieldError(f"table.rows.{key}", f"'{key}' is not true or false", "write true: or false:")
        return 2 if key else 0
    if is_enum(arg.type):
        values = compiler.base.vocabulary.enums[arg.type].values
        if key not in values:
            raise FieldError(
                f"table.rows.{key}", f"'{key}' is not a value of {arg.type}", nearest(str(key), list(values))
            )
        return values.index(key)
    if isinstance(key, bool) or not isinstance(key, int) or not 0 <= key - origin < size:
        raise FieldError(
            f"table.rows.{key}", f"{key} is outside the range of '{arg.text}'", "use a whole number in range"
        )
    return key - origin
