"""The keys that tables of other features have in common: to a campaign, a person, and between."""

from __future__ import annotations

from sqlalchemy import ForeignKey, ForeignKeyConstraint


def campaign_key() -> ForeignKey:
    """Give the key to the campaign a row belongs to, and goes with."""
    return ForeignKey("campaign.id", ondelete="CASCADE")


def person_key() -> ForeignKey:
    """Give the key to whoever did it; the row stays when the person is erased."""
    return ForeignKey("person.id", ondelete="SET NULL")


def key_within_campaign(table: str, column: str) -> ForeignKeyConstraint:
    """Give the key to another table's row of the same campaign, with which this one goes."""
    return ForeignKeyConstraint(
        ["campaign_id", column], [f"{table}.campaign_id", f"{table}.id"], ondelete="CASCADE"
    )
