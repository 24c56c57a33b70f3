"""Which expressions of a rulebook are alike: what two norms ask in the same way is found, and explained, once."""

from __future__ import annotations

from collections import Counter
from typing import Any

from fodfaeste.rulebook import ir
from fodfaeste.rulebook.rulebook import Rulebook


class Alike:
    """Numbers expressions: two with one number have one value in every case."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._numbers: dict[Any, int] = {}
        self._of_node: dict[int, int] = {}
        self._steps: dict[Any, int] = {}
        self._step_of_node: dict[int, int] = {}
        self._item: dict[int, bool] = {}
        self._uses: Counter[int] = Counter()
        self._size: dict[int, int] = {}
        for norm in rulebook.norms.values():
            for node in norm.expressions:
                self._use(node)

    def number(self, node: ir.Node) -> int:
        """The same for expressions that mean the same, whatever their text."""
        found = self._of_node.get(id(node))
        if found is None:
            key = (type(node), node.type, *(self._part(getattr(node, name), self.number) for name in _own(node)))
            found = self._of_node[id(node)] = self._numbers.setdefault(key, len(self._numbers))
        return found

    def step(self, node: ir.Node) -> int:
        """The same for expressions that mean the same and are worded the same, down to the last part."""
        found = self._step_of_node.get(id(node))
        if found is None:
            own = (self._part(getattr(node, name), self.step) for name in _own(node))
            key = (type(node), node.type, node.text, *own)
            found = self._step_of_node[id(node)] = self._steps.setdefault(key, len(self._steps))
        return found

    def uses(self, node: ir.Node) -> int:
        """How many different expressions ask for it."""
        return self._uses[self.number(node)]

    def size(self, node: ir.Node) -> int:
        """How many parts it has, itself included."""
        number = self.number(node)
        if number not in self._size:
            self._size[number] = 1 + sum(self.size(child) for child in ir.children(node))
        return self._size[number]

    def about_item(self, node: ir.Node) -> bool:
        """Whether it depends on the item of an ``each`` norm."""
        number = self.number(node)
        if number not in self._item:
            own = isinstance(node, ir.This)
            if isinstance(node, ir.NormRef | ir.AppliesRef):
                own = self.rulebook.norms[node.norm].norm.each is not None
            self._item[number] = own or any(self.about_item(child) for child in ir.children(node))
        return self._item[number]

    def _use(self, node: ir.Node) -> None:
        number = self.number(node)
        self._uses[number] += 1
        if self._uses[number] == 1:
            for child in ir.children(node):
                self._use(child)

    def _part(self, part: Any, number: Any) -> Any:
        if isinstance(part, ir.Node):
            return number(part)
        if isinstance(part, tuple):
            return tuple(self._part(one, number) for one in part)
        return part


def _own(node: ir.Node) -> tuple[str, ...]:
    """The fields of its kind, without type, bounds and text."""
    found: tuple[str, ...] = type(node).__dict__["__slots__"]
    return found
