"""What accounts know about campaigns: facts for the route."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from app.accounts.models import Person, TeamMember

_SIZES = (
    select(TeamMember.campaign_id, func.count())
    .join(Person, Person.id == TeamMember.person_id)
    .where(Person.suspended_at.is_(None))
    .group_by(TeamMember.campaign_id)
)
_SIZES_OF = _SIZES.where(TeamMember.campaign_id.in_(bindparam("campaigns", expanding=True)))


def team_sizes(session: Session, campaign_ids: Sequence[int] | None) -> dict[int, int]:
    """Give how many people are in each team, of the named campaigns or of all when None.

    No viewer: the caller has decided whose campaigns may be looked at.
    """
    if campaign_ids is None:
        return dict(session.execute(_SIZES).all())
    return dict(session.execute(_SIZES_OF, {"campaigns": campaign_ids}).all())
