"""The caseworker's pages: her day, the citizen."""
