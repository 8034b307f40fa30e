"""Keeping the program running: backup, restore, checks, health, processes."""
