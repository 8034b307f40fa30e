"""Going through all active campaigns, for jobs: a batch at a time, however many there are."""

from __future__ import annotations

from collections.abc import Iterator

from app.db import Database
from quests.route.queries import ActiveCampaign, active_campaigns

BATCH = 50
"""Campaigns that are looked at together."""


def campaign_batches(
    database: Database, *, size: int = BATCH, election_id: int | None = None
) -> Iterator[tuple[ActiveCampaign, ...]]:
    """Give the active campaigns of one election or of all, by number, batch by batch.

    Each batch is read in a transaction of its own, so that none stays open while work is done.
    """
    last = 0
    while True:
        with database.reading() as session:
            found = active_campaigns(session, after=last, limit=size, election_id=election_id)
        if found:
            yield found
        if len(found) < size:
            return
        last = found[-1].id
