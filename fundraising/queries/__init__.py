"""What is read about support pages, gifts and their money."""
