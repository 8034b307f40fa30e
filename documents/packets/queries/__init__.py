"""What is known of packets."""
