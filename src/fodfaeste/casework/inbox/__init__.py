"""What is due: derived from events, law and today; kept only as an index that can be rebuilt."""
