"""Noting what the desk gave for the papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.models import Campaign
from app.accounts.queries import CampaignRow
from app.db import record
from app.errors import Forbidden, Missing, Refused
from app.sealing import Seal
from documents.packets import errors
from documents.packets.events import PacketFiled, PacketReceiptTakenBack
from documents.packets.models import PacketReceipt
from documents.packets.queries.packets import present_packets, receipts_of
from documents.packets.rules.contents import Purpose
from documents.packets.rules.receipts import TypedReceipt, Wrong, read_receipt
from documents.packets.shape import PacketRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A photo of the receipt: inspected, stored."""

    sha256: str
    name: str
    media_type: str


def note_receipt(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    rule: PacketRule,
    typed: TypedReceipt,
    photo: Photo | None,
    *,
    seal: Seal,
    now: datetime,
) -> None:
    """Write the receipt down; a former one stays in the table, and its photo counts on.

    Raises Forbidden, Refused beside the field that is missing or wrong.
    """
    if not viewer.may(Permission.PAPER_WORK, campaign.scope):
        raise Forbidden
    _hold(session, campaign.id)
    former = receipts_of(session, campaign.id).get(rule.key)
    kept = photo or (
        Photo(sha256=former.photo_sha256, name=former.photo_name, media_type=former.photo_type)
        if former and former.photo_sha256
        else None
    )
    today = now.astimezone(ZoneInfo(campaign.timezone)).date()
    found = read_receipt(typed, rule.receipt, today=today, photo=kept is not None)
    if isinstance(found, Wrong):
        raise Refused(found.field, errors.RECEIPT_PROBLEMS[found.code], most=found.most)
    _replace(session, campaign.id, rule.key, now)
    packet = present_packets(session, campaign.id, rule.key).get(Purpose.PRINT)
    new = insert(PacketReceipt).values(
        campaign_id=campaign.id,
        key=rule.key,
        packet_id=packet.id if packet and packet.state == "ready" else None,
        received_on=found.received_on,
        received_time=found.received_time,
        sheets=found.sheets,
        number=found.number,
        received_by=seal.close(found.received_by) if found.received_by else "",
        photo_sha256=kept.sha256 if kept else "",
        photo_name=kept.name if kept else "",
        photo_type=kept.media_type if kept else "",
        recorded_at=now,
        recorded_by=viewer.person_id,
    )
    receipt_id = session.execute(new.returning(PacketReceipt.id)).scalar_one()
    record(
        session,
        PacketFiled(
            campaign_id=campaign.id,
            receipt_id=receipt_id,
            key=rule.key,
            by=viewer.person_id,
            at=now,
        ),
    )


def take_receipt_back(
    session: Session, viewer: Viewer, campaign: CampaignRow, rule: PacketRule, *, now: datetime
) -> None:
    """Say that the papers were not handed in after all. Raises Forbidden, Missing."""
    if not viewer.may(Permission.PAPER_WORK, campaign.scope):
        raise Forbidden
    _hold(session, campaign.id)
    receipt_id = _replace(session, campaign.id, rule.key, now)
    if receipt_id is None:
        raise Missing
    record(
        session,
        PacketReceiptTakenBack(
            campaign_id=campaign.id,
            receipt_id=receipt_id,
            key=rule.key,
            by=viewer.person_id,
            at=now,
        ),
    )


def _hold(session: Session, campaign_id: int) -> None:
    """Let two people of a team write one after another: only one receipt stands."""
    session.execute(select(Campaign.id).where(Campaign.id == campaign_id).with_for_update())


def _replace(session: Session, campaign_id: int, key: str, now: datetime) -> int | None:
    return session.execute(
        update(PacketReceipt)
        .where(
            PacketReceipt.campaign_id == campaign_id,
            PacketReceipt.key == key,
            PacketReceipt.replaced_at.is_(None),
        )
        .values(replaced_at=now)
        .returning(PacketReceipt.id)
    ).scalar_one_or_none()
