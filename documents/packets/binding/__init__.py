"""Binding files of papers into one document and one archive, in a process of its own."""
