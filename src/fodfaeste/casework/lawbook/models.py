"""Passages of the law for full-text search."""
