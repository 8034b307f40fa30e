"""What ``mandat verify`` asks of packets: their files, and what is written of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, union
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.files.storage import relative_path
from app.operations.verify import Finding, StoredFile, finding_of_fault
from documents.packets.desk import PacketsDesk
from documents.packets.holding import Wrong, wrong_packets_of
from documents.packets.models import Packet, PacketReceipt
from documents.packets.queries.packets import with_packets


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketsHold:
    """The check of ``mandat verify`` that a packet counts as long as it holds the papers."""

    desk: PacketsDesk
    name: str = "packets"

    def findings(self, session: Session, *, now: datetime) -> Iterator[Finding]:
        """Name the packets that are written down wrongly; a job mends them at night.

        A campaign about which the rules raise is named as well, and the others are looked at.
        """
        for campaign_id in with_packets(session, None):
            try:
                wrong = wrong_packets_of(session, self.desk, campaign_id, now=now)
            except DBAPIError:
                raise
            except Exception as fault:
                yield finding_of_fault(self.name, campaign_id, fault)
            else:
                yield from (self._told(one) for one in wrong)

    def _told(self, one: Wrong) -> Finding:
        stands = "no longer holds" if one.is_outdated else "holds"
        what = (
            f"packet {one.packet_id} of campaign {one.campaign_id} {stands} its papers and is "
            "written down otherwise, until the nightly job has looked"
        )
        return Finding(check=self.name, what=what, serious=False)
