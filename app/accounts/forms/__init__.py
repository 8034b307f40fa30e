"""Shapes of what people enter about themselves and others."""
