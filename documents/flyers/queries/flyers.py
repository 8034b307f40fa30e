"""A campaign's flyers, one of them, and its versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.queries import CampaignRow, get_campaign
from app.errors import Missing
from documents.flyers.models import Flyer, FlyerVersion
from documents.flyers.rules.content import Content, Photo
from documents.flyers.rules.standing import EDITABLE, State

FILES: Mapping[str, str] = {
    "print": "print_sha256",
    "front": "front_sha256",
    "back": "back_sha256",
    "card": "card_sha256",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FlyerRow:
    """One flyer as it was last saved."""

    id: int
    campaign: CampaignRow
    state: State
    content: Content
    version: int
    print_digest: str
    card_digest: str
    note: str
    saved_at: datetime

    @property
    def editable(self) -> bool:
        """Say whether it may be changed."""
        return self.state in EDITABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """One version as it was handed in."""

    flyer_id: int
    campaign_id: int
    number: int
    review_id: int
    content: Content
    warnings: tuple[str, ...]
    files: Mapping[str, str]
    """SHA-256 by "print", "front", "back" and "card"."""
    handed_in_at: datetime
    approved_at: datetime | None


_FLYERS = select(
    Flyer.id,
    Flyer.state,
    Flyer.template,
    Flyer.colour,
    Flyer.slots,
    Flyer.imprint,
    Flyer.photo,
    Flyer.version,
    Flyer.print_digest,
    Flyer.card_digest,
    Flyer.note,
    Flyer.saved_at,
)
_VERSIONS = select(
    FlyerVersion.flyer_id,
    FlyerVersion.campaign_id,
    FlyerVersion.number,
    FlyerVersion.review_id,
    FlyerVersion.content,
    FlyerVersion.warnings,
    FlyerVersion.print_sha256,
    FlyerVersion.front_sha256,
    FlyerVersion.back_sha256,
    FlyerVersion.card_sha256,
    FlyerVersion.handed_in_at,
    FlyerVersion.approved_at,
)


def flyers_of(
    session: Session, viewer: Viewer, campaign_id: int
) -> tuple[CampaignRow, tuple[FlyerRow, ...]]:
    """Give a campaign and its flyers, the newest first. Raises Missing."""
    campaign = get_campaign(session, viewer, campaign_id, Permission.FLYER_READ)
    rows = session.execute(
        _FLYERS.where(Flyer.campaign_id == campaign_id).order_by(Flyer.id.desc())
    )
    return campaign, tuple(_flyer(row, campaign) for row in rows)


def get_flyer(
    session: Session,
    viewer: Viewer,
    campaign_id: int,
    flyer_id: int,
    permission: Permission = Permission.FLYER_READ,
    *,
    lock: bool = False,
) -> FlyerRow:
    """Give a flyer of a campaign that the viewer may see. Raises Missing."""
    campaign = get_campaign(session, viewer, campaign_id, permission)
    wanted: Select[Any] = _FLYERS.where(Flyer.campaign_id == campaign_id, Flyer.id == flyer_id)
    row = session.execute(wanted.with_for_update() if lock else wanted).one_or_none()
    if row is None:
        raise Missing
    return _flyer(row, campaign)


def versions_of(session: Session, flyer: FlyerRow) -> tuple[VersionRow, ...]:
    """Give the versions of a flyer that was found for the viewer, the newest first."""
    rows = session.execute(
        _VERSIONS.where(
            FlyerVersion.campaign_id == flyer.campaign.id, FlyerVersion.flyer_id == flyer.id
        ).order_by(FlyerVersion.number.desc())
    )
    return tuple(_version(row) for row in rows)


def find_version(session: Session, review_id: int) -> VersionRow | None:
    """Give the version handed in with a review that was found for the viewer."""
    row = session.execute(_VERSIONS.where(FlyerVersion.review_id == review_id)).one_or_none()
    return _version(row) if row else None


def version_before(session: Session, version: VersionRow) -> VersionRow | None:
    """Give the version that was handed in before this one."""
    row = session.execute(
        _VERSIONS.where(
            FlyerVersion.campaign_id == version.campaign_id,
            FlyerVersion.flyer_id == version.flyer_id,
            FlyerVersion.number < version.number,
        )
        .order_by(FlyerVersion.number.desc())
        .limit(1)
    ).one_or_none()
    return _version(row) if row else None


def _flyer(row: Row[Any], campaign: CampaignRow) -> FlyerRow:
    return FlyerRow(
        id=row.id,
        campaign=campaign,
        state=State(row.state),
        content=Content(
            template=row.template,
            colour=row.colour,
            slots=row.slots,
            imprint=row.imprint,
            photo=Photo(**row.photo) if row.photo else None,
        ),
        version=row.version,
        print_digest=row.print_digest,
        card_digest=row.card_digest,
        note=row.note,
        saved_at=row.saved_at,
    )


def _version(row: Row[Any]) -> VersionRow:
    photo = row.content["photo"]
    return VersionRow(
        flyer_id=row.flyer_id,
        campaign_id=row.campaign_id,
        number=row.number,
        review_id=row.review_id,
        content=Content(**{**row.content, "photo": Photo(**photo) if photo else None}),
        warnings=tuple(row.warnings),
        files={name: getattr(row, column) for name, column in FILES.items()},
        handed_in_at=row.handed_in_at,
        approved_at=row.approved_at,
    )
