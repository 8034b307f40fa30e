"""What people do with signatures, one intention a function."""
