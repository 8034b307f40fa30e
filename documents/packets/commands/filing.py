"""Noting what the desk gave for the papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.models import Campaign
from app.accounts.queries import CampaignRow
from app.accounts.rules.elections import day_there
from app.db import record
from app.errors import Forbidden, Missing, Refused
from app.sealing import Seal
from documents.packets import errors
from documents.packets.events import PacketFiled, PacketReceiptTakenBack
from documents.packets.models import PacketReceipt
from documents.packets.queries.packets import (
    PacketRow,
    has_uncounted,
    ready_packets,
    receipts_of,
)
from documents.packets.rules.receipts import (
    FilingDays,
    HandedIn,
    TypedReceipt,
    Wrong,
    doubt,
    packet_handed_in,
    read_receipt,
)
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
    days: Mapping[str, date | None],
    seal: Seal,
    now: datetime,
) -> None:
    """Write the receipt down; a former one stays in the table, and its photo counts on.

    It is the receipt for a packet that was put together, unless somebody says that they have
    handed in other papers: so nobody passes by what the clerk has found without saying so.
    ``days``: those of the pack's calendar by key. Raises Forbidden, Refused beside the field that
    is missing, wrong or to be confirmed.
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
    today = day_there(now, campaign.timezone)
    found = read_receipt(typed, rule.receipt, today=today, photo=kept is not None)
    if isinstance(found, Wrong):
        raise _refused(found)
    packet = None if typed.without_packet else _packet(session, campaign.id, rule.key, typed)
    handed_in = _handed_in(session, campaign, packet) if packet else None
    doubted = doubt(typed, found, handed_in, filing_days(campaign, rule, days))
    if doubted is not None:
        raise _refused(doubted)
    packet_id = packet.id if packet else None
    _replace(session, campaign.id, rule.key, now)
    new = insert(PacketReceipt).values(
        campaign_id=campaign.id,
        key=rule.key,
        packet_id=packet_id,
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
            without_packet=packet_id is None,
            by=viewer.person_id,
            at=now,
        ),
    )


def filing_days(
    campaign: CampaignRow, rule: PacketRule, days: Mapping[str, date | None]
) -> FilingDays:
    """Give the days between which a packet is handed in, as far as the calendar knows them."""
    return FilingDays(
        polling_day=campaign.polling_day,
        opens=days.get(rule.opens),
        closes=days.get(rule.closes),
    )


def _packet(session: Session, campaign_id: int, key: str, typed: TypedReceipt) -> PacketRow:
    """Give the packet a receipt is for. Raises Refused when there is no such packet."""
    ready = {packet.id: packet for packet in ready_packets(session, campaign_id, key)}
    found = packet_handed_in(typed, list(ready))
    if isinstance(found, Wrong):
        raise _refused(found)
    return ready[found]


def _handed_in(session: Session, campaign: CampaignRow, packet: PacketRow) -> HandedIn:
    # Asked for again, the same packet has a later day of asking; it was there since the first.
    made = packet.ready_at or packet.asked_at
    uncounted = has_uncounted(session, campaign.id, packet.id)
    return HandedIn(
        made_on=day_there(made, campaign.timezone), sheets=None if uncounted else packet.sheets
    )


def _refused(wrong: Wrong) -> Refused:
    return Refused(wrong.field, errors.RECEIPT_PROBLEMS[wrong.code], **wrong.said)


def take_receipt_back(
    session: Session, viewer: Viewer, campaign: CampaignRow, rule: PacketRule, *, now: datetime
) -> None:
    """Say that the papers were not handed in after all. Raises Forbidden, Missing."""
    if not viewer.may(Permission.PAPER_WORK, campaign.scope):
        raise Forbidden
    _hold(session, campaign.id)
    former = receipts_of(session, campaign.id).get(rule.key)
    if former is None:
        raise Missing
    _replace(session, campaign.id, rule.key, now)
    record(
        session,
        PacketReceiptTakenBack(
            campaign_id=campaign.id,
            receipt_id=former.id,
            key=rule.key,
            without_packet=former.packet_id is None,
            by=viewer.person_id,
            at=now,
        ),
    )


def _hold(session: Session, campaign_id: int) -> None:
    """Let two people of a team write one after another: only one receipt stands."""
    session.execute(select(Campaign.id).where(Campaign.id == campaign_id).with_for_update())


def _replace(session: Session, campaign_id: int, key: str, now: datetime) -> None:
    session.execute(
        update(PacketReceipt)
        .where(
            PacketReceipt.campaign_id == campaign_id,
            PacketReceipt.key == key,
            PacketReceipt.replaced_at.is_(None),
        )
        .values(replaced_at=now)
    )
