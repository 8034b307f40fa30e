"""The plan, the collectors, the batches and the protocols of a campaign.

The caller has asked for the campaign with the viewer and SIGNATURES_READ.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import District
from documents.signatures.models import (
    SignatureBatch,
    SignatureCollector,
    SignaturePlan,
    SignatureProtocol,
)
from documents.signatures.rules.folders import Folder


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """The numbers and days as they were saved; version 0: nobody has saved any."""

    voters: int | None = None
    mandates: int | None = None
    published: int | None = None
    published_maximum: int | None = None
    published_where: str = ""
    first_day: date | None = None
    last_day: date | None = None
    paid_on: date | None = None
    paid_by: str = ""
    required: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectorRow:
    """Somebody who collects; ``sealed`` is opened by commands.collectors only."""

    id: int
    name: str
    sealed: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    """Sheets printed at one time."""

    id: int
    collector_id: int | None
    first_number: int
    last_number: int
    sides: int
    rows_per_sheet: int
    official: bool
    state: str
    sha256: str
    cover_sha256: str
    key: str
    ordered_at: datetime

    @property
    def count(self) -> int:
        """How many sheets it has."""
        return self.last_number - self.first_number + 1

    @property
    def has_files(self) -> bool:
        """Say whether its sheet and cover can be had: those of a demo are made when asked for."""
        return self.state == "ready" and bool(self.sha256)


_PLAN = select(
    SignaturePlan.voters,
    SignaturePlan.mandates,
    SignaturePlan.published,
    SignaturePlan.published_maximum,
    SignaturePlan.published_where,
    SignaturePlan.first_day,
    SignaturePlan.last_day,
    SignaturePlan.paid_on,
    SignaturePlan.paid_by,
    SignaturePlan.required,
    SignaturePlan.version,
)
_COLLECTORS = select(
    SignatureCollector.id,
    SignatureCollector.name,
    SignatureCollector.sealed,
    SignatureCollector.ended_at,
)
_BATCHES = select(
    SignatureBatch.id,
    SignatureBatch.collector_id,
    SignatureBatch.first_number,
    SignatureBatch.last_number,
    SignatureBatch.sides,
    SignatureBatch.rows_per_sheet,
    SignatureBatch.official,
    SignatureBatch.state,
    SignatureBatch.sha256,
    SignatureBatch.cover_sha256,
    SignatureBatch.key,
    SignatureBatch.ordered_at,
)


def plan_of(session: Session, campaign_id: int) -> PlanRow:
    """Give the plan of a campaign; an empty one while nobody has saved any."""
    row = session.execute(_PLAN.where(SignaturePlan.campaign_id == campaign_id)).first()
    return PlanRow(**row._asdict()) if row else PlanRow()


def collectors_of(session: Session, campaign_id: int) -> tuple[CollectorRow, ...]:
    """Give everybody who collects or has collected, by name."""
    rows = session.execute(
        _COLLECTORS.where(SignatureCollector.campaign_id == campaign_id).order_by(
            SignatureCollector.name, SignatureCollector.id
        )
    )
    return tuple(CollectorRow(**row._asdict()) for row in rows)


def find_collector(session: Session, campaign_id: int, collector_id: int) -> CollectorRow | None:
    """Give one collector of the campaign."""
    row = session.execute(
        _COLLECTORS.where(
            SignatureCollector.campaign_id == campaign_id, SignatureCollector.id == collector_id
        )
    ).first()
    return CollectorRow(**row._asdict()) if row else None


def batches_of(session: Session, campaign_id: int) -> tuple[BatchRow, ...]:
    """Give what was printed, newest first."""
    rows = session.execute(
        _BATCHES.where(SignatureBatch.campaign_id == campaign_id).order_by(
            SignatureBatch.first_number.desc(), SignatureBatch.id.desc()
        )
    )
    return tuple(BatchRow(**row._asdict()) for row in rows)


def find_batch(session: Session, campaign_id: int, batch_id: int) -> BatchRow | None:
    """Give one batch of the campaign."""
    row = session.execute(
        _BATCHES.where(SignatureBatch.campaign_id == campaign_id, SignatureBatch.id == batch_id)
    ).first()
    return BatchRow(**row._asdict()) if row else None


def snapshot_of(session: Session, campaign_id: int, batch_id: int) -> str:
    """Give what a batch was printed from, sealed; lists leave it out, for it is long."""
    found = session.execute(
        select(SignatureBatch.snapshot).where(
            SignatureBatch.campaign_id == campaign_id, SignatureBatch.id == batch_id
        )
    ).scalar_one_or_none()
    return found or ""


def count_batches(session: Session, campaign_id: int) -> int:
    """Give how often sheets were ordered."""
    return session.execute(
        select(func.count())
        .select_from(SignatureBatch)
        .where(SignatureBatch.campaign_id == campaign_id)
    ).scalar_one()


def last_number(session: Session, campaign_id: int) -> int:
    """Give the highest number of a sheet so far, 0 for none."""
    found = session.execute(
        select(func.max(SignatureBatch.last_number)).where(
            SignatureBatch.campaign_id == campaign_id
        )
    ).scalar_one()
    return found or 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolRow:
    """A protocol as it was made."""

    id: int
    key: str
    folders: tuple[Folder, ...]
    sheets: int
    signatures: int
    official: bool
    state: str
    sha256: str
    made_at: datetime


_PROTOCOLS = select(
    SignatureProtocol.id,
    SignatureProtocol.key,
    SignatureProtocol.folders,
    SignatureProtocol.sheets,
    SignatureProtocol.signatures,
    SignatureProtocol.official,
    SignatureProtocol.state,
    SignatureProtocol.sha256,
    SignatureProtocol.made_at,
)


def protocols_of(session: Session, campaign_id: int) -> tuple[ProtocolRow, ...]:
    """Give the protocols of a campaign, newest first."""
    rows = session.execute(
        _PROTOCOLS.where(SignatureProtocol.campaign_id == campaign_id).order_by(
            SignatureProtocol.id.desc()
        )
    )
    return tuple(_protocol(row._asdict()) for row in rows)


def find_protocol(session: Session, campaign_id: int, protocol_id: int) -> ProtocolRow | None:
    """Give one protocol of the campaign."""
    row = session.execute(
        _PROTOCOLS.where(
            SignatureProtocol.campaign_id == campaign_id, SignatureProtocol.id == protocol_id
        )
    ).first()
    return _protocol(row._asdict()) if row else None


def protocol_snapshot(session: Session, campaign_id: int, protocol_id: int) -> str:
    """Give what a protocol was printed from, sealed; lists leave it out, for it is long."""
    found = session.execute(
        select(SignatureProtocol.snapshot).where(
            SignatureProtocol.campaign_id == campaign_id, SignatureProtocol.id == protocol_id
        )
    ).scalar_one_or_none()
    return found or ""


def _protocol(values: dict[str, Any]) -> ProtocolRow:
    folders = tuple(Folder(**folder) for folder in values["folders"])
    return ProtocolRow(**{**values, "folders": folders})


def district_numbers(session: Session, district_id: int) -> tuple[int | None, int | None]:
    """Give (voters, seats) of a district as far as they are known."""
    row = session.execute(
        select(District.electors, District.seats).where(District.id == district_id)
    ).first()
    return (row[0], row[1]) if row else (None, None)
