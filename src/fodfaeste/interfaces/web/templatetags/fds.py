"""Parts of the common design system: ``{% icon "info" %}`` and ``{% field form.name %}``."""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

_KINDS = {"success": "success", "warning": "warning", "error": "error"}
_SPRITE = "dkfds/img/all-svg-icons.svg"


@register.simple_tag
def icon(name: str, classes: str = "", label: str = "") -> SafeString:
    """An icon of the design system. Without a label it is decoration and silent for a screen reader."""
    spoken = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    css = f"icon-svg {classes}".strip()
    place = f"{static(_SPRITE)}#{name}"
    return format_html('<svg class="{}" focusable="false" {}><use href="{}"></use></svg>', css, spoken, place)


@register.filter
def alert_kind(level: str) -> str:
    """The design system's alert for a message's level: info unless it is one of its other three."""
    return _KINDS.get(level, "info")


@register.inclusion_tag("web/field.html")
def field(bound: BoundField, **attrs: Any) -> dict[str, Any]:
    """Label, help, error and input of a form field. ``rows=3`` and the like become attributes of the input."""
    widget = bound.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        kind = "checkbox" if isinstance(widget, forms.CheckboxSelectMultiple) else "radio"
        widget.attrs["class"] = f"form-{kind}"
        return {"field": bound, "group": kind}
    if isinstance(widget, forms.CheckboxInput):
        return {"field": bound, "single": True, "tag": bound.as_widget(attrs={"class": "form-checkbox", **attrs})}
    css = "form-select" if isinstance(widget, forms.Select) else "form-input"
    own = widget.attrs.get("class", "")
    return {"field": bound, "tag": bound.as_widget(attrs={"class": f"{css} {own}".strip(), **attrs})}
