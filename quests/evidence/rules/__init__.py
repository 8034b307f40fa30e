"""Decisions about evidence: what an answer is, when something is proved, what changed."""
