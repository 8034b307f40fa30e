"""Signatures of voters: how many are needed, sheets out and back, what to hand in."""
