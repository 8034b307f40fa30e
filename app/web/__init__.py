"""The Flask side of the kernel: routing, access, pages, forms, session, headers, language."""
