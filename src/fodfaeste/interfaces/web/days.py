"""The fields for a day and for a time of day, the same in every form: picked, or typed the Danish way."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DayField(forms.DateField):
    """A day. ``missing`` is what to say when it is needed and not there; ``bounds`` the first and last to pick."""

    def __init__(
        self,
        label: Any,
        *,
        required: bool = True,
        missing: Any = "",
        bounds: tuple[date, date] | None = None,
        **more: Any,
    ) -> None:
        limits = {} if bounds is None else {"min": bounds[0].isoformat(), "max": bounds[1].isoformat()}
        told = {
            "required": missing or _("Skriv en dag, for eksempel 31.1.2026."),
            "invalid": _("Det er ikke en dag. Skriv dag, måned og år, for eksempel 31.1.2026."),
        }
        super().__init__(label=label, required=required, widget=DayInput(limits), error_messages=told, **more)


class ClockField(forms.TimeField):
    """A time of day."""

    def __init__(self, label: Any, *, required: bool = True, **more: Any) -> None:
        told = {
            "required": _("Skriv et klokkeslæt, for eksempel 10.30."),
            "invalid": _("Det er ikke et klokkeslæt. Skriv time og minut, for eksempel 10.30."),
        }
        super().__init__(label=label, required=required, widget=ClockInput(), error_messages=told, **more)


class _Picked:
    """The browser's own input. It would show nothing of what it cannot read: then it is plain text."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """What is drawn: the browser's own input, or a plain one that keeps what was typed."""
        context: dict[str, Any] = super().get_context(name, value, attrs)  # type: ignore[misc]  # the widget's
        widget = context["widget"]
        if not self.reads(widget["value"]):
            widget["type"] = "text"
        return context

    def reads(self, shown: str | None) -> bool:
        """Whether the browser's own input can show it."""
        raise NotImplementedError


class DayInput(_Picked, forms.DateInput):
    """A day, as wide as a day is."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "day-input", **(attrs or {})}, format="%Y-%m-%d")

    def reads(self, shown: str | None) -> bool:
        """A day as the machines write it."""
        return not shown or _is(date, shown)


class ClockInput(_Picked, forms.TimeInput):
    """A time of day, as wide as a day is."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "day-input", **(attrs or {})}, format="%H:%M")

    def reads(self, shown: str | None) -> bool:
        """A time as the machines write it."""
        return not shown or _is(time, shown)


def _is(kind: type[date | time], shown: str) -> bool:
    try:
        kind.fromisoformat(shown)
    except ValueError:
        return False
    return len(shown) in (5, 8, 10)  # 10:30, 10:30:00, 2026-01-31
