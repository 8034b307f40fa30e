"""Bulk issues: how far each is, and how it ended for every campaign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from app.access import Permission, Scope, Viewer
from app.accounts.models import Campaign, Person
from app.errors import Missing
from documents.overview.models import PaperBulk, PaperBulkLine
from documents.overview.rules import BulkState, LineState, Reason
from documents.paperwork.models import PaperIssue
from documents.paperwork.rules.standing import IssueState

_ISSUED = (PaperIssue.campaign_id == PaperBulkLine.campaign_id) & (
    PaperIssue.id == PaperBulkLine.issue_id
)
"""The version that was issued for a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkRow:
    """One bulk issue."""

    id: int
    coalition_id: int
    organisation_id: int | None
    pack_id: str
    kind: str
    state: BulkState
    asked_by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkLine:
    """One campaign of a bulk issue."""

    campaign_id: int
    state: LineState
    reason: Reason | None
    number: str
    """Of the issued version; empty when there is none."""
    file: IssueState | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkProgress:
    """How far a bulk issue is."""

    by_state: Mapping[LineState, int]
    by_reason: Mapping[Reason, int]
    """Why those that were not issued were not, the most frequent reason first."""
    files_ready: int
    files_failed: int

    @property
    def total(self) -> int:
        """How many campaigns there are in it."""
        return sum(self.by_state.values())

    @property
    def files_wanted(self) -> int:
        """How many files are still being made."""
        return self.by_state.get(LineState.ISSUED, 0) - self.files_ready - self.files_failed


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentBulk:
    """One line of the list of bulk issues."""

    id: int
    pack_id: str
    kind: str
    state: BulkState
    asked_at: datetime
    asked_by_name: str


def find_bulk(session: Session, bulk_id: int) -> BulkRow | None:
    """Give a bulk issue whoever asks: for jobs, never for a page."""
    row = session.execute(
        select(
            PaperBulk.id,
            PaperBulk.coalition_id,
            PaperBulk.organisation_id,
            PaperBulk.pack_id,
            PaperBulk.kind,
            PaperBulk.state,
            PaperBulk.asked_by,
        ).where(PaperBulk.id == bulk_id)
    ).first()
    return BulkRow(**{**row._mapping, "state": BulkState(row.state)}) if row else None


def get_bulk(session: Session, viewer: Viewer, bulk_id: int) -> BulkRow:
    """Give a bulk issue of campaigns that the viewer coordinates. Raises Missing."""
    found = find_bulk(session, bulk_id)
    if found is None:
        raise Missing
    scope = Scope(coalition_id=found.coalition_id, organisation_id=found.organisation_id)
    if not viewer.may(Permission.PAPERS_DESK, scope):
        raise Missing
    return found


def bulk_progress(session: Session, bulk_id: int) -> BulkProgress:
    """Give how far a bulk issue is, in one query."""
    rows = session.execute(
        select(PaperBulkLine.state, PaperBulkLine.reason, PaperIssue.state, func.count())
        .outerjoin(PaperIssue, _ISSUED)
        .where(PaperBulkLine.bulk_id == bulk_id)
        .group_by(PaperBulkLine.state, PaperBulkLine.reason, PaperIssue.state)
    ).all()
    by_state: dict[LineState, int] = {}
    reasons: dict[Reason, int] = {}
    files: dict[str, int] = {}
    for state, reason, file, count in rows:
        if reason:
            reasons[Reason(reason)] = reasons.get(Reason(reason), 0) + count
        by_state[LineState(state)] = by_state.get(LineState(state), 0) + count
        files[file or ""] = files.get(file or "", 0) + count
    return BulkProgress(
        by_state=by_state,
        by_reason=dict(sorted(reasons.items(), key=lambda one: (-one[1], one[0]))),
        files_ready=files.get(IssueState.READY.value, 0),
        files_failed=files.get(IssueState.FAILED.value, 0),
    )


def bulk_lines(session: Session, bulk_id: int, *, limit: int, offset: int) -> tuple[BulkLine, ...]:
    """Give the campaigns of a bulk issue: those first that somebody has to look at."""
    first = case(
        (PaperIssue.state == IssueState.FAILED.value, 0),
        (PaperBulkLine.state == LineState.REFUSED.value, 1),
        else_=2,
    )
    rows = session.execute(
        select(
            PaperBulkLine.campaign_id,
            PaperBulkLine.state,
            PaperBulkLine.reason,
            PaperIssue.number,
            PaperIssue.state.label("file"),
        )
        .join(Campaign, Campaign.id == PaperBulkLine.campaign_id)
        .outerjoin(PaperIssue, _ISSUED)
        .where(PaperBulkLine.bulk_id == bulk_id)
        .order_by(first, Campaign.title, Campaign.id)
        .limit(limit)
        .offset(offset)
    )
    return tuple(
        BulkLine(
            campaign_id=row.campaign_id,
            state=LineState(row.state),
            reason=Reason(row.reason) if row.reason else None,
            number=row.number or "",
            file=IssueState(row.file) if row.file else None,
        )
        for row in rows
    )


def waiting_campaigns(session: Session, bulk_id: int, *, limit: int) -> tuple[int, ...]:
    """Give the campaigns that have not had their turn, in the order in which they get it."""
    return tuple(
        session.scalars(
            select(PaperBulkLine.campaign_id)
            .where(PaperBulkLine.bulk_id == bulk_id, PaperBulkLine.state == LineState.WAITING.value)
            .order_by(PaperBulkLine.campaign_id)
            .limit(limit)
        )
    )


def recent_bulks(session: Session, viewer: Viewer, *, limit: int) -> tuple[RecentBulk, ...]:
    """Give the newest bulk issues of the campaigns that the viewer coordinates."""
    rows = session.execute(
        select(
            PaperBulk.id,
            PaperBulk.pack_id,
            PaperBulk.kind,
            PaperBulk.state,
            PaperBulk.asked_at,
            Person.name.label("asked_by_name"),
        )
        .outerjoin(Person, Person.id == PaperBulk.asked_by)
        .where(
            or_(
                PaperBulk.coalition_id.in_(viewer.coalition_ids(Permission.PAPERS_DESK)),
                PaperBulk.organisation_id.in_(viewer.organisation_ids(Permission.PAPERS_DESK)),
            )
        )
        .order_by(PaperBulk.id.desc())
        .limit(limit)
    )
    return tuple(
        RecentBulk(
            **{
                **row._mapping,
                "state": BulkState(row.state),
                "asked_by_name": row.asked_by_name or "",
            }
        )
        for row in rows
    )
