"""The coordinator's views: who is moving, who is stuck, and who needs a hand today."""
