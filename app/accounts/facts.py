"""What accounts know about campaigns: facts for the route."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Person, TeamMember

_SIZES = (
    select(TeamMember.campaign_id, func.count())
    .join(Person, Person.id == TeamMember.person_id)
    .where(Person.suspended_at.is_(None))
    .group_by(TeamMember.campaign_id)
)


def team_sizes(session: Session, campaign_ids: Sequence[int] | None) -> dict[int, int]:
    """Give how many people are in each team, of the named campaigns or of all when None.

    No viewer: the caller has decided whose campaigns may be looked at.
    """
    wanted = _SIZES
    if campaign_ids is not None:
        wanted = wanted.where(TeamMember.campaign_id.in_(campaign_ids))
    return dict(session.execute(wanted).all())
