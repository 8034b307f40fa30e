"""Whether packets still hold the papers as they stand: looked at again wherever these change.

The page of a packet asks the rules each time. Facts are asked for hundreds of campaigns at once,
so what the rules say is written beside the packet: in the transaction that changes a paper, an
answer or a scan, and by a job where a day, a form or an election has moved on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from app.accounts.models import Campaign
from app.accounts.queries import find_campaign
from app.db import record
from documents.packets.desk import PacketsDesk
from documents.packets.events import PacketTurned
from documents.packets.models import Packet
from documents.packets.queries.packets import present_of_all, with_packets
from documents.packets.standing import outdated


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A present packet of which something else is written than the rules say."""

    campaign_id: int
    packet_id: int
    is_outdated: bool
    """What the rules say."""


def hold_campaigns(session: Session, which: ColumnElement[bool]) -> None:
    """Let transactions on these campaigns come one after another, whatever they change of them.

    Taken before anything of a campaign is changed, and of several campaigns in one order: whoever
    changes a packet first and takes this later waits for somebody who waits for the packet.
    """
    held = select(Campaign.id).where(which).order_by(Campaign.id)
    session.execute(held.with_for_update(key_share=True)).all()


def wrong_packets(
    session: Session, desk: PacketsDesk, campaign_ids: Sequence[int] | None, *, now: datetime
) -> Iterator[Wrong]:
    """Give the packets of these campaigns, or of all active ones, that are written down wrongly.

    One question finds the campaigns that have a packet; of each of these all answers and papers
    are read and the rules asked, for a campaign without a packet nothing more.
    """
    for campaign_id in with_packets(session, campaign_ids):
        yield from wrong_packets_of(session, desk, campaign_id, now=now)


def wrong_packets_of(
    session: Session, desk: PacketsDesk, campaign_id: int, *, now: datetime
) -> tuple[Wrong, ...]:
    """Give the packets of a campaign that are written down wrongly; raises what the rules raise."""
    campaign = find_campaign(session, campaign_id)
    if campaign is None:
        return ()
    present = present_of_all(session, campaign_id)
    late = outdated(session, desk, campaign, present, now)
    return tuple(
        Wrong(campaign_id=campaign_id, packet_id=packet.id, is_outdated=key in late)
        for key, packet in present.items()
        if (packet.outdated_at is not None) != (key in late)
    )


def look_again(
    session: Session, desk: PacketsDesk, campaign_ids: Sequence[int], *, now: datetime
) -> None:
    """Write down which packets of these campaigns are out of date; the caller holds them."""
    for wrong in tuple(wrong_packets(session, desk, campaign_ids, now=now)):
        session.execute(
            update(Packet)
            .where(Packet.id == wrong.packet_id)
            .values(outdated_at=now if wrong.is_outdated else None)
        )
        record(session, PacketTurned(campaign_id=wrong.campaign_id))
