"""What came in from other systems: batches, and the rows that could not be read."""
