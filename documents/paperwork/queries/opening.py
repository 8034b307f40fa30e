"""Which issued papers and scans somebody may open.

Whoever works on a campaign's papers opens all of them. Reviewers open what was handed in to a desk
they sit at, and nothing that was issued and kept, or taken back: a paper has a passport on it.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.queries import CampaignRow, get_campaign
from app.errors import Forbidden, Missing
from app.reviews.models import Review
from app.reviews.rules import Queue, may_decide_in
from app.reviews.rules import State as ReviewState
from documents.paperwork import errors
from documents.paperwork.models import PaperRound
from documents.paperwork.queries.papers import IssueRow, ScanRow, find_issue, scans_by_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What of a campaign's papers is open to a viewer: ids of issued versions and of scans."""

    everything: bool
    issues: frozenset[int] = frozenset()
    scans: frozenset[int] = frozenset()

    def has_issue(self, issue_id: int) -> bool:
        """Say whether an issued version may be opened."""
        return self.everything or issue_id in self.issues

    def has_scan(self, scan_id: int) -> bool:
        """Say whether a scan may be opened."""
        return self.everything or scan_id in self.scans


def opening(session: Session, viewer: Viewer, campaign: CampaignRow) -> Opening:
    """Give what of a campaign's papers the viewer may open; the campaign was found for them."""
    if viewer.may(Permission.PAPER_WORK, campaign.scope):
        return Opening(everything=True)
    rounds = session.execute(_handed_in(viewer, campaign)).all()
    return Opening(
        everything=False,
        issues=frozenset(row.issue_id for row in rounds if row.issue_id is not None),
        scans=frozenset(number for row in rounds for number in row.scans),
    )


def get_issue(session: Session, viewer: Viewer, campaign_id: int, issue_id: int) -> IssueRow:
    """Give one issued version. Raises Missing, and Forbidden for what was not handed in."""
    campaign = get_campaign(session, viewer, campaign_id, Permission.PAPER_READ)
    found = find_issue(session, campaign_id, issue_id)
    if found is None:
        raise Missing
    if not opening(session, viewer, campaign).has_issue(issue_id):
        raise Forbidden(errors.NOT_HANDED_IN)
    return found


def get_scan(session: Session, viewer: Viewer, campaign_id: int, scan_id: int) -> ScanRow:
    """Give one scan. Raises Missing, and Forbidden for what was not handed in."""
    campaign = get_campaign(session, viewer, campaign_id, Permission.PAPER_READ)
    found = scans_by_id(session, campaign_id, [scan_id]).get(scan_id)
    if found is None:
        raise Missing
    if not opening(session, viewer, campaign).has_scan(scan_id):
        raise Forbidden(errors.NOT_HANDED_IN)
    return found


def _handed_in(viewer: Viewer, campaign: CampaignRow) -> Select[int | None, list[int]]:
    desks = [queue.value for queue in Queue if may_decide_in(viewer, campaign.scope, queue)]
    return (
        select(PaperRound.issue_id, PaperRound.scans)
        .join(
            Review,
            (Review.campaign_id == PaperRound.campaign_id) & (Review.id == PaperRound.review_id),
        )
        .where(
            PaperRound.campaign_id == campaign.id,
            Review.queue.in_(desks),
            # What its people took back is theirs again.
            Review.state != ReviewState.WITHDRAWN.value,
        )
    )
