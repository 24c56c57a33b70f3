"""A nation week by week: the same people under several laws, with the same luck."""
