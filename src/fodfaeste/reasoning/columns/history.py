"""The questions to histories, compiled, with month arithmetic by table."""

from __future__ import annotations

from fodfaeste.reasoning import history
from fodfaeste.reasoning.columns.dates import BY_TABLE
from fodfaeste.reasoning.columns.jitted import compiled

HISTORY = compiled(history, history.COMPILABLE, {"add_months": BY_TABLE["add_months"]})
"""The compiled functions of reasoning.history, by name."""
