"""What a candidate decides about the leagues."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Viewer
from app.db import record
from app.errors import Missing
from quests.ranking.events import LeagueChoiceMade
from quests.ranking.ground import is_candidate_of
from quests.ranking.models import LeagueAbsence


def choose_to_be_named(
    session: Session, viewer: Viewer, campaign_id: int, *, named: bool, now: datetime
) -> None:
    """Name a candidate in leagues or not; one who is not is in no organisation's figure either.

    Their own points stay as they are. Only the candidate chooses, for themselves. Chosen again,
    nothing changes. Raises Missing for anybody else.
    """
    if viewer.person_id is None or not is_candidate_of(viewer, campaign_id):
        raise Missing
    absence = session.get(LeagueAbsence, campaign_id, with_for_update=True)
    if named == (absence is None):
        return
    if named:
        session.execute(delete(LeagueAbsence).where(LeagueAbsence.campaign_id == campaign_id))
    elif not _leave(session, campaign_id, now=now):
        return
    record(
        session,
        LeagueChoiceMade(campaign_id=campaign_id, named=named, by=viewer.person_id, at=now),
    )


def _leave(session: Session, campaign_id: int, *, now: datetime) -> bool:
    """Note the absence; False when another press has noted it between our look and our insert."""
    try:
        with session.begin_nested():
            session.add(LeagueAbsence(campaign_id=campaign_id, since=now))
    except IntegrityError:
        return False
    return True
