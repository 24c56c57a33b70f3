"""Pages open to anyone: the law."""
