"""One case: every norm in force with and without its reasons, beside OpenFisca's trace of one person."""
