"""Sets of entrances given to a canvasser for a while."""
