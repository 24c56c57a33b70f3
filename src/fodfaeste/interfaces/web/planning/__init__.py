"""The plan as both sides of the table see it: needs, steps, positions, parts, record, room."""
