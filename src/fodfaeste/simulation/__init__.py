"""A nation week by week under one set of rules or another, on the same people and the same luck."""
