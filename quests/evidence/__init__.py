"""Evidence: what a candidate hands in to prove a step."""
