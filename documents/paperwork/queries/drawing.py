"""Which documents have pages that are looked at beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import Session

from documents.paperwork.models import PaperIssue, PaperScan

PDF = "application/pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAt:
    """A PDF that a row speaks of."""

    sha256: str
    pages: int


def documents_looked_at(session: Session) -> Sequence[LookedAt]:
    """Give every scan there is that is a PDF, and the newest version of each paper that has scans.

    Photos are shown as they are, and nobody looks at the pages of what was taken away. Those that
    came, or got a scan, last are first. The session has to reach everything.
    """
    scans = select(PaperScan.sha256, PaperScan.pages, PaperScan.uploaded_at.label("at")).where(
        PaperScan.media_type == PDF, PaperScan.removed_at.is_(None)
    )
    newest = (
        select(func.max(PaperIssue.id))
        .where(PaperIssue.sha256 != "")
        .group_by(PaperIssue.campaign_id, PaperIssue.paper_id)
    )
    issued = (
        select(PaperIssue.sha256, PaperIssue.pages, func.max(PaperScan.uploaded_at).label("at"))
        .join(
            PaperScan,
            (PaperScan.campaign_id == PaperIssue.campaign_id)
            & (PaperScan.paper_id == PaperIssue.paper_id),
        )
        .where(PaperIssue.id.in_(newest), PaperScan.removed_at.is_(None))
        .group_by(PaperIssue.id, PaperIssue.sha256, PaperIssue.pages)
    )
    both = union_all(scans, issued).subquery()
    rows = session.execute(select(both.c.sha256, both.c.pages).order_by(both.c.at.desc()))
    return [LookedAt(sha256=row.sha256, pages=row.pages) for row in rows]
