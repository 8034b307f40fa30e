"""Which edition of a form a campaign prints, and whether its wording was compared."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.accounts.queries import CampaignRow
from app.accounts.rules.elections import day_there
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.pack import version_on
from documents.paperwork.printing import Form
from documents.paperwork.queries.approvals import FormKey, approved_forms
from documents.paperwork.shape import DocumentKind, FormVersion


def form_of(
    session: Session,
    desk: PaperworkDesk,
    campaign: CampaignRow,
    kind: DocumentKind,
    *,
    now: datetime,
) -> Form:
    """Give the form that applies today, cleared of its mark if somebody did that.

    Raises Missing for a paper made elsewhere.
    """
    today = day_there(now, campaign.timezone)
    form = desk.form(campaign.pack_id, kind, today)
    if form.version.official:
        return form
    approved = approved_forms(session, campaign.election_id)
    return desk.form(
        campaign.pack_id, kind, today, approved=(kind.key, form.version.id) in approved
    )


def edition_of(kind: DocumentKind, today: date) -> FormVersion | None:
    """Give the edition that applies on a day; None for a paper made elsewhere."""
    return version_on(kind, today) if kind.version else None


def is_official(kind: DocumentKind, version: FormVersion, approved: frozenset[FormKey]) -> bool:
    """Say whether an edition is printed without the mark of a draft."""
    return version.official or (kind.key, version.id) in approved
