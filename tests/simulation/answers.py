"""Whether an answer of the command line is described in the guide."""

from __future__ import annotations

from typing import Any

from tests.interfaces.test_documents import WORD, fields_of


def described(data: dict[str, Any]) -> None:
    """The guide names every field of the answer, and of the rows in it."""
    fields = fields_of(data["format"])
    assert set(fields) == set(data) - {"format"}
    for name, value in data.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            assert set(value[0]) <= set(WORD.findall(fields[name])), name
