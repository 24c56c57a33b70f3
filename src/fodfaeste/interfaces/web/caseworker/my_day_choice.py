"""What a caseworker chose to see of her day. It stands in the address and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from fodfaeste.interfaces.web.caseworker.my_day_lines import Line, Section

OWERS = ("kommune", "borger", "andre", "alle")
"""Whose duties are shown. The municipality's own come first; what the citizen owes stands apart."""

FEW, MORE = 15, 50
"""How many lines a section shows at first, and how many more at a time."""


@dataclass(frozen=True)
class Choice:
    """``who`` owes it, ``kind`` of what must be done, by ``citizen`` or not, the section that stands ``open``.

    ``paper`` is for the list that is printed, where all that presses is shown; it stands in no address.
    """

    who: str = "kommune"
    kind: str = ""
    citizen: bool = False
    open: str = ""
    number: int = 0
    paper: bool = False

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Choice:
        """The choice in the query of an address; what is not understood is left out."""
        who = str(given.get("hvem", ""))
        number = str(given.get("antal", ""))
        section = str(given.get("vis", ""))
        return cls(
            who=who if who in OWERS else "kommune",
            kind=str(given.get("slags", "")),
            citizen=given.get("saml") == "borger",
            open=section if section in {one.value for one in Section} else "",
            number=min(int(number), 10_000) if number.isdecimal() else 0,
        )

    def address(self, **changes: Any) -> str:
        """The query of the same page with something chosen otherwise."""
        chosen = replace(self, **changes)
        names = dict(zip((one.name for one in fields(chosen)), _NAMES, strict=False))
        shown = {names[name]: _plain(name, getattr(chosen, name)) for name in names}
        query = urlencode({name: value for name, value in shown.items() if value})
        return f"?{query}" if query else "?"

    def takes(self, line: Line) -> bool:
        """Whether a line is among those chosen."""
        return self.takes_owner(line) and (not self.kind or line.done_by == self.kind)

    def takes_owner(self, line: Line) -> bool:
        """Whether whoever owes it was chosen."""
        if self.who == "alle":
            return True
        if self.who == "andre":
            return line.owed_by not in ("kommune", "borger")
        return line.owed_by == self.who

    def shown(self, section: Section) -> int:
        """How many lines of a section are shown."""
        first = FEW if section in (Section.ASKED, Section.DUE) else 0
        if self.open == section.value:
            return max(self.number, first, FEW)
        return first


_NAMES = ("hvem", "slags", "saml", "vis", "antal")


def _plain(name: str, value: Any) -> str:
    match name:
        case "who":
            return "" if value == "kommune" else str(value)
        case "citizen":
            return "borger" if value else ""
        case "number":
            return str(value) if value else ""
    return str(value)
