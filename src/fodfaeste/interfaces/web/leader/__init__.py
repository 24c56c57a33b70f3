"""The leader's pages: the municipality, and what changes."""
