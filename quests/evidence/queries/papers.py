"""All documents and answers of a campaign."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.access import HELPER_ROLES, Permission, Viewer
from app.accounts.queries import CampaignRow, get_campaign
from app.reviews.queries import ReviewRow, reviews_of_campaign
from quests.evidence.models import AnswerSheet
from quests.evidence.queries.work import EvidenceRow, FileRow, evidence_of_campaign, files_of
from quests.evidence.rules.proof import SUBJECT_KIND
from quests.route.standing import reads_all_evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """One piece of evidence with everything that belongs to it."""

    evidence: EvidenceRow
    files: tuple[FileRow, ...]
    typed: Mapping[str, str]
    rounds: tuple[ReviewRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignPapers:
    """A campaign and its papers, the last changed first."""

    campaign: CampaignRow
    papers: tuple[PaperRow, ...]


_SHEETS = select(AnswerSheet.step_key, AnswerSheet.typed).where(
    AnswerSheet.campaign_id == bindparam("campaign")
)


def campaign_papers(session: Session, viewer: Viewer, campaign_id: int) -> CampaignPapers:
    """Give everything handed in or begun; a helper sees what was sent to the helper's queue.

    Raises Missing.
    """
    campaign = get_campaign(session, viewer, campaign_id, Permission.EVIDENCE_READ)
    rows = [
        row
        for row in evidence_of_campaign(session, campaign.id)
        if may_see(viewer, campaign, row.queue)
    ]
    files: defaultdict[int, list[FileRow]] = defaultdict(list)
    for file in files_of(session, campaign.id, [row.id for row in rows]):
        files[file.evidence_id].append(file)
    rounds: defaultdict[int, list[ReviewRow]] = defaultdict(list)
    for review in reviews_of_campaign(session, viewer, campaign.id, SUBJECT_KIND):
        rounds[review.subject_id].append(review)
    sheets = {row[0]: row[1] for row in session.execute(_SHEETS, {"campaign": campaign.id})}
    return CampaignPapers(
        campaign=campaign,
        papers=tuple(
            PaperRow(
                evidence=row,
                files=tuple(files[row.id]),
                typed=sheets.get(row.step_key, {}) if row.kind == "form" else {},
                rounds=tuple(rounds[row.id]),
            )
            for row in rows
        ),
    )


def may_see(viewer: Viewer, campaign: CampaignRow, queue: str) -> bool:
    """Say whether the viewer sees what goes to this queue: helpers see only their own."""
    if reads_all_evidence(viewer, campaign):
        return True
    return queue in {role.value for role in viewer.roles_in(campaign.scope) & set(HELPER_ROLES)}
