"""Small wrong laws: what could be changed in a norm, the law with it changed, and whether an example notices."""
