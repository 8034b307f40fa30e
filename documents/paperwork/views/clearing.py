"""Whether a form carries the mark of a draft, put into words for the paper and for the desk."""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from app.errors import Refused
from app.web.access import viewer
from app.web.language import say
from documents.paperwork.pages import ApprovalView, ClearingView
from documents.paperwork.queries.approvals import ApprovalRow, approvals_of, may_clear
from documents.paperwork.shape import DocumentKind, FormVersion
from documents.paperwork.views.section import Work


def clearing_view(
    session: Session, work: Work, refusal: Refused | None = None
) -> ClearingView | None:
    """Give it for the page of a paper; None for a form that is official by itself."""
    edition = work.edition
    if edition is None or edition.version.official:
        return None
    campaign, kind = work.campaign, work.kind
    found = approvals_of(session, campaign.election_id).get((kind.key, edition.version.id), ())
    return clearing_of(
        campaign.election_id,
        kind,
        edition.version,
        found,
        election="",
        may=may_clear(viewer(), coalition_id=campaign.coalition_id),
        refusal=refusal if refusal and refusal.field == "note" else None,
    )


def clearing_of(
    election_id: int,
    kind: DocumentKind,
    version: FormVersion,
    found: tuple[ApprovalRow, ...],
    *,
    election: str,
    may: bool,
    refusal: Refused | None = None,
) -> ClearingView:
    """Put the comparisons of one form for one election into words, the newest first."""
    standing = next((row for row in found if row.revoked_at is None), None)
    where: dict[str, Any] = {"election_id": election_id, "kind": kind.key}
    return ClearingView(
        election=election,
        version=version.id,
        standing=_approval(standing) if standing else None,
        earlier=tuple(_approval(row) for row in found if row is not standing),
        approve_action=url_for("paperwork.approve", **where) if may and not standing else "",
        revoke_action=url_for("paperwork.revoke", **where) if may and standing else "",
        problem=say(refusal) if refusal else "",
    )


def _approval(row: ApprovalRow) -> ApprovalView:
    return ApprovalView(
        by=row.approved_by_name, at=row.approved_at, note=row.note, revoked_at=row.revoked_at
    )
