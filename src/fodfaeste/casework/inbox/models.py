"""The derived index of duties."""
