"""What the clerk looks at: pure checks over one case."""
