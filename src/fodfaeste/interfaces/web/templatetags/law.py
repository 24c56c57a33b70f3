"""Parts of pages about the law: ``{{ counts|lookup:norm.id }}``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def lookup(found: Mapping[str, Any] | None, key: str) -> Any:
    """What stands under a key; None when there is nothing."""
    return found.get(key) if found else None
