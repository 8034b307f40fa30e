"""The first page: what Mandat is, what it takes, where to begin."""
