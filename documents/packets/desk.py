"""What packets are given when the program is put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from app.accounts.queries import CampaignRow
from documents.packets.pack import PacketPacks
from documents.paperwork.desk import PaperworkDesk
from documents.signatures.desk import CampaignDays


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Something a desk would turn the papers down for, in the reader's language."""

    what: str
    mend: str
    href: str
    """Where it is mended; empty when there is no such place."""
    opens_later: bool = False
    """Whether the paper is not open yet; then ``href`` says what opens it."""


class Preflight(Protocol):
    """What the clerk says about the papers of a packet; packets do not check papers themselves."""

    def stops(
        self, session: Session, campaign: CampaignRow, kinds: Sequence[str], *, now: datetime
    ) -> Sequence[Stop]:
        """Give what keeps these kinds of paper from being handed in."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketsDesk:
    """The tools of packets: a part of the program."""

    packs: PacketPacks
    papers: PaperworkDesk
    preflight: Preflight
    days: CampaignDays
