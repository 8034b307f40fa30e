"""A database whose transactions write points by the hook, as in the program."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from app.db import Database, record
from quests.ranking.earning import EARNINGS, Earnings, earns
from quests.ranking.following import follow_points
from quests.ranking.models import CampaignPoints, PointEntry
from quests.ranking.pack import Earned, PointBook, load_point_book
from quests.ranking.rules.weeks import ALL_TIME
from quests.route.library import PackLibrary
from tests import builders
from tests.db.ranking.sums import assert_sums_are_of_the_journal


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """A stand-in for the events of features, one class for each."""

    campaign_id: int
    number: int


class Door(Happened):
    """A door was verified."""


class DoorBack(Happened):
    """A door was retracted."""


class Flyer(Happened):
    """A flyer was approved."""


class Gift(Happened):
    """A gift cleared."""


class GiftBack(Happened):
    """A gift went back."""


TABLE: Earnings = {
    **EARNINGS,
    Door: earns(Earned.DOOR, "number"),
    DoorBack: earns(Earned.DOOR, "number", undone=True),
    Flyer: earns(Earned.FLYER, "number"),
    Gift: earns(Earned.GIFT, "number"),
    GiftBack: earns(Earned.GIFT, "number", undone=True),
}


@dataclass(slots=True, kw_only=True)
class Game:
    """A database with the hook, and the clock it goes by."""

    database: Database
    book: PointBook
    now: datetime
    campaign_id: int = 0
    organisation_id: int = 0
    seen: list[int] = field(default_factory=list)

    def happen(self, *events: object) -> None:
        """Let things happen in one transaction."""
        with self.database.writing() as session:
            for event in events:
                record(session, event)

    def pass_time(self, length: timedelta) -> None:
        """Let the clock go on."""
        self.now += length

    def points(self, period: str = ALL_TIME, campaign_id: int | None = None) -> int:
        """Give what the campaign has in a period, after comparing all sums with the journal."""
        with self.database.reading() as session:
            assert_sums_are_of_the_journal(session)
            key = (campaign_id or self.campaign_id, period)
            found = session.get(CampaignPoints, key)
            return found.points if found else 0

    def entries(self) -> list[tuple[str, str, int]]:
        """Give the journal as rule, source and points."""
        with self.database.reading() as session:
            rows = session.scalars(select(PointEntry).order_by(PointEntry.id))
            return [(row.rule, row.source, row.points) for row in rows]


@pytest.fixture(scope="session")
def book(library: PackLibrary) -> PointBook:
    """The points of the shipped packs."""
    return load_point_book(library)


@pytest.fixture
def game(database: Database, book: PointBook, now: datetime) -> Game:
    """An active campaign, and the hook."""
    found = Game(database=database, book=book, now=now)
    with database.writing() as session:
        organisation = builders.an_organisation(session)
        campaign = builders.a_campaign(session, organisation=organisation)
        found.campaign_id, found.organisation_id = campaign.id, organisation.id
    database.before_commit.append(
        lambda session: follow_points(session, book, earnings=TABLE, now=found.now)
    )
    return found


def doors(campaign_id: int, numbers: Iterable[int]) -> list[Door]:
    """Give doors of a campaign."""
    return [Door(campaign_id=campaign_id, number=number) for number in numbers]
