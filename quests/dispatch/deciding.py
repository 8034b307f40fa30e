"""Asking the rules about many campaigns at once: a handful of queries, however many there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Campaign
from app.db import Narrowed
from app.facts import Fact
from quests.dispatch.rules.reckoning import Kept, kept
from quests.route import rules
from quests.route.facts import facts_of_many
from quests.route.library import PackLibrary
from quests.route.models import Milestone, Snooze
from quests.route.pack import RoutePack
from quests.route.position import Standing
from quests.route.standing import Dated, anchors_of, local_day

ALL_AT_ONCE = 400
"""From so many campaigns on, their facts are read in one scan instead of by their numbers."""

_campaign = Campaign.__table__
_milestone = Milestone.__table__
_snooze = Snooze.__table__
_SNOOZES = Narrowed(
    select(_snooze.c.campaign_id, _snooze.c.step_key, _snooze.c.until), _snooze.c.campaign_id
)
_MOVES = Narrowed(
    select(_campaign.c.id, func.coalesce(func.max(_milestone.c.reached_at), _campaign.c.created_at))
    .outerjoin(_milestone, _milestone.c.campaign_id == _campaign.c.id)
    .group_by(_campaign.c.id, _campaign.c.created_at),
    _campaign.c.id,
)
_EMPTY: dict[str, Fact] = {}


class Asked(Dated, Protocol):
    """A campaign in any row that carries its number, its pack and the days of its election."""

    @property
    def id(self) -> int: ...

    @property
    def pack_id(self) -> str: ...

    @property
    def timezone(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What the rules said about one campaign, and the days they looked at."""

    pack: RoutePack
    standing: Standing
    ordinals: tuple[int, ...]
    snoozed: Mapping[str, date]
    today: date

    def kept(self, *, basis: str, moved_at: datetime) -> Kept:
        """Give what is kept of it."""
        return kept(
            self.pack,
            self.standing,
            self.ordinals,
            self.snoozed.values(),
            basis=basis,
            today=self.today.toordinal(),
            moved_at=moved_at,
        )


def narrowed(ids: Sequence[int]) -> Sequence[int] | None:
    """Give the numbers to ask by, None when one scan of everything is cheaper."""
    return ids if len(ids) < ALL_AT_ONCE else None


def decided(
    session: Session, library: PackLibrary, campaigns: Sequence[Asked], *, now: datetime
) -> Iterator[tuple[int, Decided]]:
    """Ask the rules where these campaigns stand; those of a pack that is gone are left out.

    The caller has decided whose campaigns may be looked at.
    """
    few = narrowed([campaign.id for campaign in campaigns])
    facts, snoozes = facts_of_many(session, library, few), _snoozes(session, few)
    for campaign in campaigns:
        if campaign.pack_id in library:
            known = facts.get(campaign.id, _EMPTY)
            put_off = snoozes.get(campaign.id, {})
            yield campaign.id, _decide(library, campaign, known, put_off, now)


def _decide(
    library: PackLibrary,
    campaign: Asked,
    facts: Mapping[str, Fact],
    snoozed: Mapping[str, date],
    now: datetime,
) -> Decided:
    pack = library[campaign.pack_id]
    days = library.days(campaign.pack_id, anchors_of(campaign, pack, facts))
    today = local_day(now, campaign.timezone)
    return Decided(
        pack=pack,
        standing=rules.standing(
            pack, facts, today, deadlines=days.dates, times=days.times, snoozed=snoozed
        ),
        ordinals=pack.course.ordinals(days.dates, days.times),
        snoozed=snoozed,
        today=today,
    )


def _snoozes(session: Session, ids: Sequence[int] | None) -> dict[int, dict[str, date]]:
    found: dict[int, dict[str, date]] = {}
    for campaign_id, step_key, until in _SNOOZES.rows(session, ids):
        found.setdefault(campaign_id, {})[step_key] = until
    return found


def last_moves(session: Session, ids: Sequence[int] | None) -> dict[int, datetime]:
    """Give when each campaign reached its last station, or began."""
    return dict(_MOVES.rows(session, ids).all())
