"""What an action answers when something cannot be saved: a sentence for each field, and nothing is written."""

from __future__ import annotations

from collections.abc import Mapping


class RefusedError(ValueError):
    """What somebody wrote cannot be saved. ``errors`` has a sentence for each field."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = dict(errors)
        super().__init__(" ".join(errors.values()))
