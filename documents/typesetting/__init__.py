"""Sheets that were asked for, and the files that the press made of them."""
