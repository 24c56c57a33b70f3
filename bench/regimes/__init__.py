"""The law read from its files, and a hundred regimes resolved on top of it."""
