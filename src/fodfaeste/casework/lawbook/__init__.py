"""The law as text that can be searched, and how many open cases a section concerns."""
