"""Confirmations and days: kept by those who work on the papers, within their own campaign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import Campaign
from app.accounts.queries import CampaignRow, find_campaign
from app.errors import Conflict, Forbidden, Missing, Refused
from documents.clerk.auditing import AUDITED
from documents.clerk.commands import confirm_finding, revoke_confirmation, tell_dates
from documents.clerk.events import ConfirmationRevoked, FindingConfirmed
from documents.clerk.queries import dates_told, standing_confirmations
from documents.clerk.rules.case import Finding
from documents.clerk.shape import Severity
from documents.paperwork.models import Paper, PaperIssue, PaperScan
from tests import builders
from tests.builders import NOW

WARNED = Finding(rule="council_name", severity=Severity.WARN)
STOPPED = Finding(rule="unsigned", severity=Severity.STOP)
DIGEST = "d" * 64
DAY = date(2026, 6, 24)


@dataclass(frozen=True, kw_only=True)
class World:
    """A campaign with a signed paper, its candidate, and another campaign's candidate."""

    session: Session
    campaign: CampaignRow
    candidate: int
    stranger: int
    scan: int

    def confirm(self, who: int | None = None, finding: Finding = WARNED, note: str = "") -> None:
        confirm_finding(
            self.session,
            builders.the_viewer(self.session, who or self.candidate),
            self.campaign,
            finding,
            DIGEST,
            note=note,
            now=NOW,
        )

    def revoke(self, number: int, who: int | None = None) -> None:
        viewer = builders.the_viewer(self.session, who or self.candidate)
        revoke_confirmation(self.session, viewer, self.campaign, number, now=NOW)

    def tell(self, day: date | None, who: int | None = None, scan: int | None = None) -> None:
        viewer = builders.the_viewer(self.session, who or self.candidate)
        where = self.scan if scan is None else scan
        tell_dates(self.session, viewer, self.campaign, where, {"date": day}, now=NOW)


def _row(session: Session, campaign: Campaign) -> CampaignRow:
    found = find_campaign(session, campaign.id)
    assert found is not None
    return found


@pytest.fixture
def world(session: Session) -> World:
    campaign, other = builders.a_campaign(session), builders.a_campaign(session)
    paper = Paper(campaign_id=campaign.id, kind="consent", changed_at=NOW)
    session.add(paper)
    session.flush()
    issue = PaperIssue(
        campaign_id=campaign.id,
        paper_id=paper.id,
        version=1,
        number="D1-000001-1",
        check_token="t" * 24,
        form_version="1",
        official=False,
        snapshot="",
        digest="0" * 64,
        state="ready",
        sha256="a" * 64,
        pages=1,
        issued_at=NOW,
    )
    session.add(issue)
    session.flush()
    scan = PaperScan(
        campaign_id=campaign.id,
        paper_id=paper.id,
        issue_id=issue.id,
        name="signed.jpg",
        sha256="b" * 64,
        media_type="image/jpeg",
        size_bytes=10,
        pages=1,
        code="match",
        uploaded_at=NOW,
    )
    session.add(scan)
    session.flush()
    return World(
        session=session,
        campaign=_row(session, campaign),
        candidate=campaign.candidate_id,
        stranger=other.candidate_id,
        scan=scan.id,
    )


def test_a_warning_is_confirmed_once_with_a_name_and_a_note(world: World) -> None:
    world.confirm(note="with the charter")
    world.confirm(note="again")
    found = standing_confirmations(world.session, world.campaign.id)
    assert list(found) == [DIGEST]
    assert (found[DIGEST].note, found[DIGEST].at) == ("with the charter", NOW)
    assert found[DIGEST].by


def test_a_confirmation_taken_back_may_be_given_anew(world: World) -> None:
    world.confirm()
    (first,) = standing_confirmations(world.session, world.campaign.id).values()
    world.revoke(first.id)
    world.revoke(first.id)
    assert standing_confirmations(world.session, world.campaign.id) == {}
    world.confirm()
    (second,) = standing_confirmations(world.session, world.campaign.id).values()
    assert second.id != first.id


def test_what_stops_is_not_confirmed(world: World) -> None:
    with pytest.raises(Conflict):
        world.confirm(finding=STOPPED)


def test_a_note_has_an_end(world: World) -> None:
    with pytest.raises(Refused) as refused:
        world.confirm(note="x" * 501)
    assert refused.value.field == "note"


def test_strangers_confirm_revoke_and_tell_nothing(world: World) -> None:
    world.confirm()
    (kept,) = standing_confirmations(world.session, world.campaign.id).values()
    for act in (
        lambda: world.confirm(world.stranger),
        lambda: world.revoke(kept.id, world.stranger),
        lambda: world.tell(DAY, world.stranger),
    ):
        with pytest.raises(Forbidden):
            act()


def test_no_confirmation_of_another_campaign_is_found(world: World) -> None:
    with pytest.raises(Missing):
        world.revoke(999_999)


def test_days_are_kept_by_scan_and_taken_away(world: World) -> None:
    world.tell(DAY)
    world.tell(DAY + timedelta(days=1))
    told = dates_told(world.session, world.campaign.id)
    assert told == {world.scan: {"date": DAY + timedelta(days=1)}}
    world.tell(None)
    assert dates_told(world.session, world.campaign.id) == {}


def test_the_days_of_a_scan_that_was_taken_away_count_no_more(world: World) -> None:
    world.tell(DAY)
    world.session.get_one(PaperScan, world.scan).removed_at = NOW
    world.session.flush()
    assert dates_told(world.session, world.campaign.id) == {}
    with pytest.raises(Missing):
        world.tell(DAY)


def test_the_log_says_which_rule_and_never_a_value() -> None:
    event = FindingConfirmed(campaign_id=1, confirmation_id=2, rule="yo", by=3, at=NOW)
    note = AUDITED[FindingConfirmed](event)
    assert (note.action, note.detail) == ("clerk.confirmed", {"rule": "yo"})
    back = ConfirmationRevoked(campaign_id=1, confirmation_id=2, rule="yo", by=3, at=NOW)
    assert AUDITED[ConfirmationRevoked](back).action == "clerk.confirmation_revoked"
