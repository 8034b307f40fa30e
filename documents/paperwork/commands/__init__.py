"""What is done with answers and papers."""
