"""Migration operations carried out together, because Django draws every table anew after each single one.

A table of ours hangs together with nearly all others. With the operations one by one, making an empty database takes
many times longer than its SQL.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class Together(Operation):
    """Operations on tables, in order; the tables are drawn once, as they are when all are done.

    A table made here is made whole: what is added to it further down is in it already.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = list(operations)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change what is known of the tables, without drawing them in between."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Carry them out in order."""
        for operation in self._on_the_database():
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Undo them from the last to the first."""
        for operation in reversed(self._on_the_database()):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def _on_the_database(self) -> list[Operation]:
        made = {operation.name_lower for operation in self.operations if isinstance(operation, CreateModel)}
        return [
            operation
            for operation in self.operations
            if not isinstance(operation, AddConstraint | AddField | AddIndex) or operation.model_name_lower not in made
        ]

    def describe(self) -> str:
        """What ``migrate`` prints."""
        return f"{len(self.operations)} operations together"
