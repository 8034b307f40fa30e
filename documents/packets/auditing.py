"""What the audit log keeps of packets: who had papers put together, and who noted a receipt."""

from __future__ import annotations

from collections.abc import Mapping

from app.audit.following import Audited, note_of
from documents.packets.events import PacketAsked, PacketFiled, PacketReceiptTakenBack

AUDITED: Audited = {
    PacketAsked: lambda event: note_of(
        event,
        "packet.asked",
        "packet",
        event.packet_id,
        {"packet": event.key, "purpose": event.purpose},
    ),
    PacketFiled: lambda event: note_of(
        event, "packet.filed", "packet_receipt", event.receipt_id, _filed(event)
    ),
    PacketReceiptTakenBack: lambda event: note_of(
        event,
        "packet.receipt_taken_back",
        "packet_receipt",
        event.receipt_id,
        _filed(event),
    ),
}


def _filed(event: PacketFiled) -> Mapping[str, str]:
    """Say which packet, and whether other papers were handed in than it held."""
    return {"packet": event.key, "papers": "other" if event.without_packet else "packet"}
