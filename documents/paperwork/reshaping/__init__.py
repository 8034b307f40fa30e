"""Turning and cropping scans, and pictures of their pages, in a process of its own."""
