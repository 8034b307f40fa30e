"""What is decided about gifts: plain values in, decisions out."""
