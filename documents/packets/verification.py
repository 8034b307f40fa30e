"""What ``mandat verify`` asks of packets: which files their rows speak of."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from app.files.storage import relative_path
from app.operations.verify import StoredFile
from documents.packets.models import Packet, PacketReceipt


def stored_packets(session: Session) -> Iterable[StoredFile]:
    """Give every packet, its archive, and every photo of a receipt, each content once."""
    found = session.execute(
        union(
            select(Packet.pdf_sha256.label("name")).where(Packet.pdf_sha256 != ""),
            select(Packet.zip_sha256).where(Packet.zip_sha256 != ""),
            select(PacketReceipt.photo_sha256).where(PacketReceipt.photo_sha256 != ""),
        ).order_by("name")
    )
    for (name,) in found:
        yield StoredFile(path=relative_path(name).as_posix(), sha256=name)
