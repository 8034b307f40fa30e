"""Decisions about people and their access: plain Python, no session and no clock."""
