"""What is read about doors."""
