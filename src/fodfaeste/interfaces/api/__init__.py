"""The programming interface: the case format in, duties and explanations out."""
