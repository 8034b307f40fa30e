"""Gifts and their ledger over a real database."""
