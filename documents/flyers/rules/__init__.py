"""Decisions about flyers on plain values."""
