"""People who let the campaign keep their name: where each came from and what they agreed to."""
