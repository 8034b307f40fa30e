"""What the audit log keeps of packets: who had papers put together, and who noted a receipt."""

from __future__ import annotations

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
        event, "packet.filed", "packet_receipt", event.receipt_id, {"packet": event.key}
    ),
    PacketReceiptTakenBack: lambda event: note_of(
        event,
        "packet.receipt_taken_back",
        "packet_receipt",
        event.receipt_id,
        {"packet": event.key},
    ),
}
