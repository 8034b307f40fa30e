"""Paperwork: from answers given once to papers that are printed, signed and taken."""
