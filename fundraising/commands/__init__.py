"""What is done with support pages, gifts and their money."""
