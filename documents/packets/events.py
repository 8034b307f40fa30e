"""What happened to packets: recorded in the transaction in which it happened."""

from __future__ import annotations

from dataclasses import dataclass

from app.audit.events import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketEvent(Act):
    """The base: which packet of which campaign, and its key in the pack."""

    campaign_id: int
    packet_id: int
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketAsked(PacketEvent):
    """Somebody has papers put together."""

    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketTurned:
    """Putting a packet together has ended, or it holds the papers no longer, or again."""

    campaign_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketFiled(Act):
    """The receipt of the desk was written down."""

    campaign_id: int
    receipt_id: int
    key: str
    without_packet: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketReceiptTakenBack(PacketFiled):
    """The receipt was written down by mistake."""
