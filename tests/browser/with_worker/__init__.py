"""Journeys through a portal that has a worker: papers are typeset, packets bound, gifts told of."""
