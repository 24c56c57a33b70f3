"""Importing a municipality's extracts, beside a bare COPY and a loop of objects."""
