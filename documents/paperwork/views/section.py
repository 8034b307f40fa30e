"""The section of paperwork, and what its screens begin with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.access import Holds, Permission
from app.accounts.queries import CampaignRow, get_campaign
from app.errors import Missing
from app.web.access import viewer
from app.web.kernel import part
from app.web.routing import Section
from app.web.templating import use_zone
from documents.paperwork import errors
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.editions import form_of
from documents.paperwork.pack import PackDocuments
from documents.paperwork.printing import Form
from documents.paperwork.queries.answers import given_answers
from documents.paperwork.rules.answers import Given
from documents.paperwork.rules.interview import Interview, interview, is_needed
from documents.paperwork.shape import DocumentKind
from documents.paperwork.standing import circumstances_of

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
    edition: Form | None
    """The form as it is printed today; None for a paper made elsewhere, or where none is asked."""
    given: Mapping[str, Given]
    """The answers that this kind looks at."""
    interview: Interview

    @property
    def form(self) -> Form:
        """The form as it is printed today. Raises Missing for a paper made elsewhere."""
        if self.edition is None:
            raise Missing(errors.NOTHING_TO_PRINT)
        return self.edition

    @property
    def is_needed(self) -> bool:
        """Whether the answers given so far make somebody need it."""
        return is_needed(self.kind, self.given)


def open_paper(
    session: Session,
    campaign_id: int,
    key: str,
    *,
    permission: Permission,
    now: datetime,
    only_asks: bool = False,
) -> Work:
    """Find a kind of paper of a campaign whose step is open.

    A page that ``only_asks`` prints nothing, so it is given no form.
    Raises Missing for what is absent or foreign, Locked while its step is locked.
    """
    desk = part(PaperworkDesk)
    campaign = get_campaign(session, viewer(), campaign_id, permission)
    kind = desk.kind(campaign.pack_id, key)
    desk.require_open(session, campaign, kind, now=now)
    use_zone(campaign.timezone)
    documents = desk.documents(campaign.pack_id)
    given = given_answers(
        session,
        desk.seal,
        campaign.id,
        keys=documents.read_by[key],
        tables=documents.tables_read_by[key],
    )
    return Work(
        campaign=campaign,
        documents=documents,
        kind=kind,
        edition=form_of(session, desk, campaign, kind, now=now)
        if kind.version and not only_asks
        else None,
        given=given,
        interview=interview(kind, documents.answers, given, circumstances_of(campaign, now)),
    )
