"""Addresses that packages name to one another without knowing each other's screens."""

from __future__ import annotations


def step_address(campaign_id: int, key: str) -> str:
    """Give the path of a step's page within the portal; of a locked step it says what opens it."""
    return f"/campaigns/{campaign_id}/steps/{key}"
