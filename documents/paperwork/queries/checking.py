"""What the public check page says of an issued paper: nothing personal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Campaign, Election
from app.errors import Missing
from documents.paperwork.models import Paper, PaperIssue
from documents.paperwork.rules.standing import IssueState


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPaper:
    """An issued version as anybody may see it who holds the paper."""

    pack_id: str
    kind: str
    number: str
    version: int
    newest_version: int
    state: IssueState
    sha256: str
    pages: int
    issued_at: datetime
    timezone: str

    @property
    def is_newest(self) -> bool:
        """Say whether no later version was issued."""
        return self.version == self.newest_version


def checked_paper(session: Session, token: str) -> CheckedPaper:
    """Give what may be said of the paper with this code.

    No viewer: whoever has the token has the paper in hand, and its owner learns nothing of it.
    Raises Missing.
    """
    newest = (
        select(func.max(PaperIssue.version))
        .where(PaperIssue.paper_id == Paper.id)
        .correlate(Paper)
        .scalar_subquery()
    )
    row = session.execute(
        select(
            Election.pack_id,
            Paper.kind,
            PaperIssue.number,
            PaperIssue.version,
            newest.label("newest_version"),
            PaperIssue.state,
            PaperIssue.sha256,
            PaperIssue.pages,
            PaperIssue.issued_at,
            Election.timezone,
        )
        .join(Paper, Paper.id == PaperIssue.paper_id)
        .join(Campaign, Campaign.id == PaperIssue.campaign_id)
        .join(Election, Election.id == Campaign.election_id)
        .where(PaperIssue.check_token == token)
    ).first()
    if row is None:
        raise Missing
    return CheckedPaper(**{**row._asdict(), "state": IssueState(row.state)})
