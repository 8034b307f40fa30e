"""Flyers: slots to fill, the imprint the law wants, the printed page, its approval."""
