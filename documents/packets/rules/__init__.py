"""Decisions about a packet: what belongs into it, and how its sheets are counted."""
