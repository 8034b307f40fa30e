"""The codes of papers: drawn into them, and read off scans in a process of its own."""
