"""What is done with flyers."""
