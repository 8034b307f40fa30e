"""Decisions about answers, forms and scans, on plain values."""
