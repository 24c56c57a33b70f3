"""Citizens: who they are, apart from what is known about their case."""
