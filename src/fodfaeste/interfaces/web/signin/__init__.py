"""Signing in: a local user, the municipality's own sign-in, and the personas of a demonstration."""
