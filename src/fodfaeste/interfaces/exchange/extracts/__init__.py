"""Extracts of a municipality's systems: files in, cases out, and a report of what could not be read."""
