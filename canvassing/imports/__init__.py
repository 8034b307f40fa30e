"""Files on their way in: staged, looked through, applied, undone."""
