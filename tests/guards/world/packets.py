"""What is done with the papers of a place: the clerk, a packet with its receipt, a bulk issue."""

from __future__ import annotations

from app.ids import new_token
from documents.clerk.models import ClerkConfirmation
from documents.overview.models import PaperBulk, PaperBulkLine
from documents.packets.models import Packet, PacketReceipt
from tests.guards.world.papers import KIND, a_pdf
from tests.guards.world.shape import PACK, Ground, Sown

PACKET = "nomination"


def plant_packets(ground: Ground) -> Sown:
    """Plant a packet that is ready and handed in, a confirmation, and a bulk issue."""
    campaign, say, now = ground.campaign, ground.say, ground.now
    confirmation = ground.added(
        ClerkConfirmation(
            campaign_id=campaign.id,
            rule="same_name",
            digest=ground.seal.mark("finding", campaign.id),
            note=say("clerk_note"),
            confirmed_at=now,
        )
    )
    packet = _packet(ground)
    ground.added(
        PacketReceipt(
            campaign_id=campaign.id,
            key=PACKET,
            packet_id=packet.id,
            received_on=now.date(),
            sheets=3,
            number=say("receipt_number"),
            received_by=ground.seal.close(say("receipt_taker")),
            photo_sha256=ground.store.put(a_pdf(say("receipt_photo"))),
            photo_name=f"{say('receipt_photo_name')}.pdf",
            photo_type="application/pdf",
            recorded_at=now,
        )
    )
    return Sown(
        ids={
            "confirmation_id": confirmation.id,
            "packet_id": packet.id,
            "bulk_id": _bulk(ground).id,
        },
        names={"packets.key": PACKET, "packets.purpose": "print"},
    )


def _packet(ground: Ground) -> Packet:
    return ground.added(
        Packet(
            campaign_id=ground.campaign.id,
            key=PACKET,
            purpose="print",
            digest=ground.seal.mark("packet", ground.campaign.id),
            state="ready",
            order_sealed=ground.seal.close(ground.say("packet_order")),
            done=2,
            steps=2,
            pages=1,
            sheets=1,
            pdf_sha256=ground.store.put(a_pdf(ground.say("packet_bytes"))),
            pdf_bytes=1,
            zip_sha256=ground.store.put(f"PK {ground.say('packet_zip')}".encode()),
            zip_bytes=1,
            asked_at=ground.now,
            ready_at=ground.now,
        )
    )


def _bulk(ground: Ground) -> PaperBulk:
    bulk = ground.added(
        PaperBulk(
            coalition_id=ground.campaign.coalition_id,
            organisation_id=ground.campaign.organisation_id,
            pack_id=PACK,
            kind=KIND,
            token=new_token(),
            asked_at=ground.now,
        )
    )
    ground.added(
        PaperBulkLine(campaign_id=ground.campaign.id, bulk_id=bulk.id, state="refused", reason="")
    )
    return bulk
