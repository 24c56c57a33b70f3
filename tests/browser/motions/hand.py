"""What a caseworker does with her hands: clicks and fields entered, and whether anything is typed a second time."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

SHORT = 3
"""Shorter texts than this may be the same by chance: a 1 is no fact typed twice."""


@dataclass
class Count:
    """One step: how often she clicked or entered a field, and what she typed that the case knew already."""

    motions: int = 0
    again: list[str] = field(default_factory=list)


@dataclass
class Hand:
    """Clicks and enters on a page. ``known`` are the fields that the case has an answer to before the step begins."""

    page: Page
    known: set[str] = field(default_factory=set)
    typed: set[str] = field(default_factory=set)
    count: Count = field(default_factory=Count)

    def begin(self, known: set[str]) -> None:
        """A new step."""
        self.known, self.count = known, Count()

    def click(self, what: Locator | str) -> None:
        """A link or a button; a text names the one that says just that."""
        self.count.motions += 1
        self._found(what).click()

    def check(self, label: str, inside: str = "main") -> None:
        """A box or a choice of a list, by what stands beside it."""
        self.count.motions += 1
        self.page.locator(inside).get_by_label(label, exact=True).check()

    def choose(self, name: str, value: str) -> None:
        """A value of a drop-down, by the field's name in the form."""
        self._note(name, "")
        self.page.locator(f"select[name='{name}']").select_option(value)

    def enter(self, name: str, text: str, inside: str = "main") -> None:
        """A text in a field, by the field's name in the form."""
        self._note(name, text)
        self.page.locator(inside).locator(f"[name='{name}']").fill(text)

    def _note(self, name: str, text: str) -> None:
        self.count.motions += 1
        about = name.partition("-")[2] if name.startswith(("svar-", "begynder-")) else name
        if about in self.known or (len(text) >= SHORT and text in self.typed):
            self.count.again.append(f"{name}: {text}".rstrip(": "))
        if len(text) >= SHORT and not self._is_day(name):
            self.typed.add(text)

    def _is_day(self, name: str) -> bool:
        """Two things may well happen on one day."""
        return self.page.locator(f"[name='{name}']").first.get_attribute("type") in ("date", "time")

    def _found(self, what: Locator | str) -> Locator:
        if isinstance(what, Locator):
            return what
        return (
            self.page.locator("main")
            .get_by_role("link", name=what, exact=True)
            .or_(self.page.locator("main").get_by_role("button", name=what, exact=True))
        )
