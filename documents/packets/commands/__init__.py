"""What can be done with a packet."""
