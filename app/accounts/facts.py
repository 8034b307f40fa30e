"""What accounts know about campaigns: facts for the route."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Person, TeamMember
from app.db import Narrowed

_member = TeamMember.__table__
_person = Person.__table__
_SIZES = Narrowed(
    select(_member.c.campaign_id, func.count())
    .join(_person, _person.c.id == _member.c.person_id)
    .where(_person.c.suspended_at.is_(None))
    .group_by(_member.c.campaign_id),
    _member.c.campaign_id,
)


def team_sizes(session: Session, campaign_ids: Sequence[int] | None) -> dict[int, int]:
    """Give how many people are in each team, of the named campaigns or of all when None.

    No viewer: the caller has decided whose campaigns may be looked at.
    """
    return dict(_SIZES.rows(session, campaign_ids).all())
