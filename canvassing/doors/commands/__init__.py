"""What changes about doors."""
