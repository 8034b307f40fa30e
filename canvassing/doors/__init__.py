"""Visits to doors: observations, what follows from them, and how phones send them."""
