"""The plan: the citizen's goal in her own words, and the steps that were agreed."""
