"""What was kept of the clerk's work: confirmations, and days read off signed papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from documents.clerk.models import ClerkConfirmation, ClerkDate
from documents.paperwork.models import PaperScan

# Built once: they are asked for on every visit.
_STANDING = (
    select(
        ClerkConfirmation.id,
        ClerkConfirmation.digest,
        ClerkConfirmation.note,
        ClerkConfirmation.confirmed_at,
        Person.name,
    )
    .outerjoin(Person, Person.id == ClerkConfirmation.confirmed_by)
    .where(
        ClerkConfirmation.campaign_id == bindparam("campaign"),
        ClerkConfirmation.revoked_at.is_(None),
    )
)
_DATES = (
    select(ClerkDate.scan_id, ClerkDate.place, ClerkDate.day)
    .join(
        PaperScan,
        (PaperScan.campaign_id == ClerkDate.campaign_id) & (PaperScan.id == ClerkDate.scan_id),
    )
    .where(ClerkDate.campaign_id == bindparam("campaign"), PaperScan.removed_at.is_(None))
    .order_by(ClerkDate.told_at, ClerkDate.scan_id)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationRow:
    """Who has compared what the clerk warned of, and when."""

    id: int
    note: str
    at: datetime
    by: str


def standing_confirmations(session: Session, campaign_id: int) -> dict[str, ConfirmationRow]:
    """Give the standing confirmations of a campaign by digest; the caller looked at the viewer."""
    rows = session.execute(_STANDING, {"campaign": campaign_id})
    return {
        digest: ConfirmationRow(id=number, note=note, at=at, by=name or "")
        for number, digest, note, at, name in rows
    }


def dates_told(session: Session, campaign_id: int) -> Mapping[int, Mapping[str, date]]:
    """Give the days read off the scans that are there now, by scan and place."""
    found: dict[int, dict[str, date]] = {}
    for scan_id, place, day in session.execute(_DATES, {"campaign": campaign_id}):
        found.setdefault(scan_id, {})[place] = day
    return found
