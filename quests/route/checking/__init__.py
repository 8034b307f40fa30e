"""The checks of a pack's route, one kind of problem a module."""
