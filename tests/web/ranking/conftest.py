"""The leagues in a program of a few sections, whose transactions write points."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from app import clock
from app.accounts.loader import SessionLoader
from app.accounts.views import section as accounts_section
from app.config import Settings
from app.db import Database, record
from app.ui.gallery import section as gallery_section
from app.web.kernel import EXTENSION, Kernel
from app.web.navigation import Navigation
from app.web.program import assemble
from app.web.shell import section as shell_section
from canvassing.doors.events import DoorVerified
from quests.landing.views import section as landing_section
from quests.ranking.following import follow_points
from quests.ranking.pack import load_point_book
from quests.ranking.views import section as ranking_section
from quests.route.library import PackLibrary
from quests.route.views import section as route_section
from tests.engines import warm
from tests.web.portal import EN, RU, Portal, a_portal

Earn = Callable[[int, int], None]
SECTIONS = (
    shell_section,
    landing_section,
    accounts_section,
    route_section,
    ranking_section,
    gallery_section,
)


@pytest.fixture
def program(settings: Settings, library: PackLibrary) -> Iterator[Flask]:
    """The league screens with people who can sign in."""
    database = warm(Database(settings.resolved_database_url))
    book = load_point_book(library)
    database.before_commit.append(lambda session: follow_points(session, book, now=clock.now()))
    kernel = Kernel(settings=settings, database=database, load_viewer=SessionLoader(database))
    app = assemble(kernel, SECTIONS, parts=(library, book, Navigation()))
    yield app
    app.extensions[EXTENSION].database.dispose()


@pytest.fixture(params=[RU, EN])
def portal(
    program: Flask, library: PackLibrary, request: pytest.FixtureRequest
) -> Iterator[Portal]:
    """A coalition of two organisations, by either pack."""
    found = a_portal(program, library, pack_id=request.param)
    yield found
    found.database.dispose()


@pytest.fixture
def earn(portal: Portal) -> Earn:
    """Let a campaign verify so many doors more."""
    known: dict[int, int] = {}

    def knock(campaign_id: int, doors: int) -> None:
        first = known.get(campaign_id, 0)
        known[campaign_id] = first + doors
        with portal.database.writing() as session:
            for number in range(first, first + doors):
                record(
                    session,
                    DoorVerified(
                        campaign_id=campaign_id,
                        door_id=number,
                        visit_id=number,
                        by=None,
                        at=portal.now,
                    ),
                )

    return knock
