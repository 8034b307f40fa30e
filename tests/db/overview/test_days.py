"""The day that papers rest on is that of the election’s zone, also while UTC has the day before."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from app.access import Grant, Role, Viewer
from app.accounts.models import Campaign
from app.accounts.queries import find_campaign
from app.config import Settings
from documents.overview.desk import OverviewDesk
from documents.overview.elections import Ground, grounds
from documents.overview.filters import Wanted
from documents.overview.queries import Survey, survey
from documents.overview.rules import Place
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.editions import form_of
from documents.paperwork.models import FormApproval
from documents.paperwork.shape import DocumentKind
from quests.route.library import PackLibrary
from quests.route.many_routes import ManyRoutes
from tests import builders
from tests.web.paperwork.program import a_desk
from tests.web.portal import RU

DAY = date(2026, 7, 1)
BEFORE_MIDNIGHT = datetime(2026, 7, 1, 20, 30, tzinfo=UTC)
"""23:30 in Petersburg."""
HALF_PAST_MIDNIGHT = datetime(2026, 7, 1, 21, 30, tzinfo=UTC)
"""00:30 in Petersburg, on the day after; in UTC it is still the day before."""
LATER_THAT_NIGHT = datetime(2026, 7, 2, 0, 30, tzinfo=UTC)


@pytest.fixture
def desk(settings: Settings, library: PackLibrary) -> PaperworkDesk:
    return a_desk(settings, library)


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return builders.a_campaign(session)


def ground_at(session: Session, desk: PaperworkDesk, campaign: Campaign, now: datetime) -> Ground:
    return grounds(session, desk.kinds, [campaign.election_id], now=now)[campaign.election_id]


def renewed(kind: DocumentKind) -> DocumentKind:
    """Give a kind of paper whose form has a new edition from the day after DAY."""
    (version,) = kind.version
    old = version.model_copy(update={"id": "old", "applies_to": DAY})
    new = version.model_copy(update={"id": "new", "applies_from": DAY + timedelta(days=1)})
    return kind.model_copy(update={"version": (old, new)})


@pytest.mark.parametrize(
    ("now", "edition"), [(BEFORE_MIDNIGHT, "old"), (HALF_PAST_MIDNIGHT, "new")]
)
def test_a_new_edition_is_printed_from_midnight_where_the_election_is_held(
    session: Session, desk: PaperworkDesk, campaign: Campaign, now: datetime, edition: str
) -> None:
    row = find_campaign(session, campaign.id)
    assert row is not None
    kind = renewed(desk.kind(RU, "consent"))
    assert form_of(session, desk, row, kind, now=now).version.id == edition


def test_what_is_kept_lapses_at_midnight_of_the_election_and_not_of_utc(
    session: Session, desk: PaperworkDesk, campaign: Campaign
) -> None:
    evening, night, later = (
        ground_at(session, desk, campaign, now)
        for now in (BEFORE_MIDNIGHT, HALF_PAST_MIDNIGHT, LATER_THAT_NIGHT)
    )
    assert evening.basis != night.basis == later.basis


def test_a_form_is_a_draft_until_the_edition_of_that_day_was_compared_for_the_election(
    session: Session, desk: PaperworkDesk, campaign: Campaign
) -> None:
    kind = renewed(desk.kind(RU, "consent"))
    assert ground_at(session, desk, campaign, BEFORE_MIDNIGHT).is_draft(kind)
    session.add(
        FormApproval(
            election_id=campaign.election_id,
            coalition_id=campaign.coalition_id,
            kind="consent",
            form_version="old",
            note="the sample of the commission",
            approved_at=builders.NOW,
        )
    )
    session.flush()
    assert not ground_at(session, desk, campaign, BEFORE_MIDNIGHT).is_draft(kind)
    assert ground_at(session, desk, campaign, HALF_PAST_MIDNIGHT).is_draft(kind)


def surveyed(
    session: Session, desk: PaperworkDesk, library: PackLibrary, campaign: Campaign, now: datetime
) -> Survey:
    grant = Grant(role=Role.CHIEF, coalition_id=campaign.coalition_id)
    overview = OverviewDesk(paperwork=desk, routes=ManyRoutes(library=library))
    viewer = Viewer(person_id=1, grants=(grant,))
    return survey(session, viewer, overview, pack_id=RU, now=now)


def left_by(due: str, found: Survey) -> frozenset[str]:
    return Wanted(pack=RU, kind="", place=Place.MISSING, organisation_id=None, due=due).kinds(found)


def test_a_legal_day_is_past_from_midnight_where_the_election_is_held(
    session: Session, desk: PaperworkDesk, library: PackLibrary, campaign: Campaign
) -> None:
    found = surveyed(session, desk, library, campaign, BEFORE_MIDNIGHT)
    kind = next(kind for kind in found.kinds if found.days_of(kind))
    (legal,) = found.days_of(kind)
    evening = datetime.combine(legal, BEFORE_MIDNIGHT.timetz())
    still, gone = (
        surveyed(session, desk, library, campaign, now)
        for now in (evening, evening + timedelta(hours=1))
    )
    assert still.days_left(kind) == {0}
    assert kind in left_by("7", still) - left_by("past", still)
    assert kind in left_by("past", gone) - left_by("7", gone)
