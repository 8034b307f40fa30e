"""The press: a warm process of its own that typesets sheets and can do nothing else."""
