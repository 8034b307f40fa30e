"""What packets know about campaigns: which are put together, which were handed in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import exists, literal, null, select, union_all
from sqlalchemy.orm import Session

from app.db import Narrowed
from app.facts import Fact, FactState
from documents.packets.models import Packet, PacketReceipt
from documents.packets.rules.contents import Purpose

PACKET, FILED = "packet:", "filed:"
_packet, _receipt = Packet.__table__, PacketReceipt.__table__
_later = Packet.__table__.alias("later")
_asked_later = exists().where(
    _later.c.campaign_id == _packet.c.campaign_id,
    _later.c.key == _packet.c.key,
    _later.c.purpose == _packet.c.purpose,
    _later.c.asked_at > _packet.c.asked_at,
)
_known = union_all(
    select(
        _packet.c.campaign_id, literal(PACKET).label("what"), _packet.c.key, null().label("day")
    ).where(
        _packet.c.purpose == Purpose.PRINT.value,
        _packet.c.state == "ready",
        _packet.c.outdated_at.is_(None),
        ~_asked_later,
    ),
    select(_receipt.c.campaign_id, literal(FILED), _receipt.c.key, _receipt.c.received_on).where(
        _receipt.c.replaced_at.is_(None)
    ),
).subquery()
_KNOWN = Narrowed(
    select(_known.c.campaign_id, _known.c.what, _known.c.key, _known.c.day), _known.c.campaign_id
)


def packet_facts(
    session: Session, campaign_ids: Sequence[int] | None
) -> dict[int, dict[str, Fact]]:
    """Give ``packet:<key>`` and ``filed:<key>`` of the named campaigns, or of all when None.

    One query for any number. A packet is none once the papers stand otherwise than they were put
    in: ``holding.look_again`` asks the rules that its page asks, and writes down what they say.
    """
    found: dict[int, dict[str, Fact]] = {}
    for campaign, what, key, day in _KNOWN.rows(session, campaign_ids):
        at = date.fromisoformat(day) if isinstance(day, str) else day
        found.setdefault(campaign, {})[what + key] = Fact(FactState.PRESENT, 1, None, at)
    return found
