"""The section of paperwork, and what its screens begin with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.access import Holds, Permission
from app.accounts.queries import CampaignRow, get_campaign
from app.web.access import viewer
from app.web.kernel import part
from app.web.routing import Section
from app.web.templating import use_zone
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.pack import PackDocuments
from documents.paperwork.printing import Form
from documents.paperwork.queries.answers import given_answers
from documents.paperwork.rules.interview import Circumstances, Interview, interview
from documents.paperwork.shape import DocumentKind

section = Section("paperwork", "documents.paperwork")
PAPERS = "/campaigns/<int:campaign_id>/documents"
PAPER = f"{PAPERS}/<kind>"
READS = Holds(Permission.PAPER_READ)
WORKS = Holds(Permission.PAPER_WORK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One kind of paper of one campaign, found and open to the viewer."""

    campaign: CampaignRow
    documents: PackDocuments
    kind: DocumentKind
    form: Form
    interview: Interview


def open_paper(
    session: Session, campaign_id: int, key: str, *, permission: Permission, now: datetime
) -> Work:
    """Find a kind of paper of a campaign whose step is open.

    Raises Missing for what is absent or foreign, Conflict while its step is locked.
    """
    desk = part(PaperworkDesk)
    campaign = get_campaign(session, viewer(), campaign_id, permission)
    kind = desk.kind(campaign.pack_id, key)
    desk.require_open(session, campaign, kind, now=now)
    use_zone(campaign.timezone)
    documents = desk.documents(campaign.pack_id)
    return Work(
        campaign=campaign,
        documents=documents,
        kind=kind,
        form=desk.form(campaign.pack_id, kind, now),
        interview=interview_of(session, desk, campaign, kind, now),
    )


def interview_of(
    session: Session,
    desk: PaperworkDesk,
    campaign: CampaignRow,
    kind: DocumentKind,
    now: datetime,
) -> Interview:
    """Give the interview for a kind of paper with what the campaign has answered."""
    documents = desk.documents(campaign.pack_id)
    return interview(
        kind,
        documents.answers,
        given_answers(session, desk.seal, campaign.id),
        circumstances_of(campaign, now),
    )


def circumstances_of(campaign: CampaignRow, now: datetime) -> Circumstances:
    """Give the days that the rules look at."""
    today = now.astimezone(ZoneInfo(campaign.timezone)).date()
    return Circumstances(today=today, polling_day=campaign.polling_day)
