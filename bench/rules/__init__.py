"""Ten rules of the domain's shape over persons in columns: ours beside OpenFisca, Polars and a plain copy."""
