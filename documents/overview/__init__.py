"""Papers of many campaigns at once: which are missing, waiting, out of date; issuing for many."""
