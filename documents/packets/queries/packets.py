"""Packets of a campaign, what they are made of, receipts and ticks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from app.accounts.models import Campaign, Person
from app.db import Narrowed
from documents.packets.models import Packet, PacketItem, PacketReceipt, PacketTick
from documents.packets.rules.changes import Put
from documents.packets.rules.contents import Purpose
from documents.signatures.models import SignatureBatch


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketRow:
    """One packet as it was asked for."""

    id: int
    key: str
    purpose: Purpose
    digest: str
    state: str
    done: int
    steps: int
    pages: int
    sheets: int
    pdf_sha256: str
    pdf_bytes: int
    zip_sha256: str
    zip_bytes: int
    error: str
    asked_at: datetime
    ready_at: datetime | None
    outdated_at: datetime | None
    """When it was found not to hold the papers as they stand; None while it does."""
    asked_by_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRow:
    """What the desk gave for the papers; ``received_by`` is sealed."""

    id: int
    key: str
    packet_id: int | None
    received_on: date
    received_time: str
    sheets: int | None
    number: str
    received_by: str
    photo_sha256: str
    photo_name: str
    photo_type: str
    recorded_at: datetime
    recorded_by_name: str


_PACKETS = select(
    Packet.id,
    Packet.key,
    Packet.purpose,
    Packet.digest,
    Packet.state,
    Packet.done,
    Packet.steps,
    Packet.pages,
    Packet.sheets,
    Packet.pdf_sha256,
    Packet.pdf_bytes,
    Packet.zip_sha256,
    Packet.zip_bytes,
    Packet.error,
    Packet.asked_at,
    Packet.ready_at,
    Packet.outdated_at,
    Person.name.label("asked_by_name"),
).outerjoin(Person, Person.id == Packet.asked_by)
_RECEIPTS = (
    select(
        PacketReceipt.id,
        PacketReceipt.key,
        PacketReceipt.packet_id,
        PacketReceipt.received_on,
        PacketReceipt.received_time,
        PacketReceipt.sheets,
        PacketReceipt.number,
        PacketReceipt.received_by,
        PacketReceipt.photo_sha256,
        PacketReceipt.photo_name,
        PacketReceipt.photo_type,
        PacketReceipt.recorded_at,
        Person.name.label("recorded_by_name"),
    )
    .outerjoin(Person, Person.id == PacketReceipt.recorded_by)
    .where(PacketReceipt.replaced_at.is_(None))
)

_ASKED = Narrowed(
    select(Campaign.id)
    .where(
        Campaign.state == "active",
        exists().where(Packet.campaign_id == Campaign.id, Packet.purpose == Purpose.PRINT.value),
    )
    .order_by(Campaign.id),
    Campaign.__table__.c.id,
)


def present_packets(session: Session, campaign_id: int, key: str) -> dict[Purpose, PacketRow]:
    """Give what was asked for last, for each purpose; the caller has looked at the viewer."""
    rows = _packets(session, _PACKETS.where(Packet.campaign_id == campaign_id, Packet.key == key))
    return {row.purpose: row for row in rows}


def present_of_all(session: Session, campaign_id: int) -> dict[str, PacketRow]:
    """Give the present packet for printing by its key."""
    wanted = _PACKETS.where(
        Packet.campaign_id == campaign_id, Packet.purpose == Purpose.PRINT.value
    )
    return {row.key: row for row in _packets(session, wanted)}


def with_packets(session: Session, campaign_ids: Sequence[int] | None) -> tuple[int, ...]:
    """Give those of these active campaigns, or of all, that have asked for a packet to print."""
    return tuple(number for (number,) in _ASKED.rows(session, campaign_ids))


def find_packet(session: Session, campaign_id: int, packet_id: int) -> PacketRow | None:
    """Give one packet of a campaign."""
    wanted = _PACKETS.where(Packet.campaign_id == campaign_id, Packet.id == packet_id)
    return next(iter(_packets(session, wanted)), None)


def ready_packets(session: Session, campaign_id: int, key: str) -> tuple[PacketRow, ...]:
    """Give the packets for printing that are put together, the last one first.

    There may be one even when another is on its way.
    """
    wanted = _PACKETS.where(
        Packet.campaign_id == campaign_id,
        Packet.key == key,
        Packet.purpose == Purpose.PRINT.value,
        Packet.state == "ready",
    )
    return tuple(reversed(_packets(session, wanted)))


def put_in(session: Session, campaign_id: int, packet_id: int) -> tuple[Put, ...]:
    """Give the lines of a packet as it was put together, in their order."""
    rows = session.execute(
        select(PacketItem.name, PacketItem.number, PacketItem.files)
        .where(PacketItem.campaign_id == campaign_id, PacketItem.packet_id == packet_id)
        .order_by(PacketItem.position)
    )
    return tuple(Put(name=row.name, number=row.number, files=tuple(row.files)) for row in rows)


def has_uncounted(session: Session, campaign_id: int, packet_id: int) -> bool:
    """Say whether sheets of a packet are counted by hand, so that nobody here knows how many."""
    wanted = select(PacketItem.id).where(
        PacketItem.campaign_id == campaign_id,
        PacketItem.packet_id == packet_id,
        PacketItem.first_sheet == 0,
    )
    return session.execute(wanted.limit(1)).first() is not None


def find_same(
    session: Session, campaign_id: int, key: str, purpose: Purpose, digest: str
) -> PacketRow | None:
    """Give the packet of exactly these papers."""
    wanted = _PACKETS.where(
        Packet.campaign_id == campaign_id,
        Packet.key == key,
        Packet.purpose == purpose.value,
        Packet.digest == digest,
    )
    return next(iter(_packets(session, wanted)), None)


def find_waiting_order(session: Session, packet_id: int) -> str | None:
    """Give the sealed order of a packet for the job that puts it together; None when it is done."""
    wanted = select(Packet.order_sealed).where(Packet.id == packet_id, Packet.state == "wanted")
    return session.execute(wanted).scalar_one_or_none()


def receipts_of(session: Session, campaign_id: int) -> dict[str, ReceiptRow]:
    """Give the standing receipts of a campaign by packet."""
    rows = session.execute(_RECEIPTS.where(PacketReceipt.campaign_id == campaign_id))
    return {
        row.key: ReceiptRow(**{**row._asdict(), "recorded_by_name": row.recorded_by_name or ""})
        for row in rows
    }


def ticks_of(session: Session, campaign_id: int, packet: str, person_id: int) -> frozenset[str]:
    """Give what one person has ticked off of a packet: take:<key> and card:<key>."""
    rows = session.execute(
        select(PacketTick.thing).where(
            PacketTick.campaign_id == campaign_id,
            PacketTick.packet == packet,
            PacketTick.person_id == person_id,
        )
    )
    return frozenset(row.thing for row in rows)


def has_signature_sheets(session: Session, campaign_id: int) -> bool:
    """Say whether sheets for signatures were printed for a campaign."""
    wanted = select(SignatureBatch.id).where(SignatureBatch.campaign_id == campaign_id).limit(1)
    return session.execute(wanted).first() is not None


def _packets(session: Session, wanted: Select[*tuple[object, ...]]) -> list[PacketRow]:
    """Give packets, the one that was asked for last at the end."""
    rows = session.execute(wanted.order_by(Packet.asked_at, Packet.id))
    return [
        PacketRow(
            **{
                **row._asdict(),
                "purpose": Purpose(row.purpose),
                "asked_by_name": row.asked_by_name or "",
            }
        )
        for row in rows
    ]
