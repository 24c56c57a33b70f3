"""Who works here and may see what: municipalities, users with roles, and the log of look-ups."""
