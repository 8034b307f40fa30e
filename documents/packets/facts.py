"""What packets know about campaigns: which are put together, which were handed in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import exists, literal, null, select, union_all
from sqlalchemy.orm import Session

from app.db import Narrowed
from app.facts import Fact, FactState
from documents.packets.models import Packet, PacketItem, PacketReceipt
from documents.packets.rules.contents import Purpose
from documents.paperwork.models import Paper, PaperIssue, PaperScan

PACKET, FILED = "packet:", "filed:"
_packet, _item, _receipt = Packet.__table__, PacketItem.__table__, PacketReceipt.__table__
_paper, _issue, _scan = Paper.__table__, PaperIssue.__table__, PaperScan.__table__
_later = Packet.__table__.alias("later")
_superseded = exists().where(
    _item.c.packet_id == _packet.c.id,
    _item.c.number != "",
    _paper.c.campaign_id == _packet.c.campaign_id,
    _paper.c.kind == _item.c.name,
    _issue.c.campaign_id == _packet.c.campaign_id,
    _issue.c.paper_id == _paper.c.id,
    _issue.c.issued_at > _packet.c.asked_at,
)
_asked_later = exists().where(
    _later.c.campaign_id == _packet.c.campaign_id,
    _later.c.key == _packet.c.key,
    _later.c.purpose == _packet.c.purpose,
    _later.c.asked_at > _packet.c.asked_at,
)
_PRESENT = (_packet.c.purpose == Purpose.PRINT.value, _packet.c.state == "ready", ~_asked_later)
_known = union_all(
    select(
        _packet.c.campaign_id, literal(PACKET).label("what"), _packet.c.key, null().label("day")
    ).where(*_PRESENT, ~_superseded),
    select(_receipt.c.campaign_id, literal(FILED), _receipt.c.key, _receipt.c.received_on).where(
        _receipt.c.replaced_at.is_(None)
    ),
).subquery()
_KNOWN = Narrowed(
    select(_known.c.campaign_id, _known.c.what, _known.c.key, _known.c.day), _known.c.campaign_id
)

_BROUGHT = Narrowed(
    select(_packet.c.campaign_id, _packet.c.key, _item.c.name, _item.c.files)
    .join(_item, _item.c.packet_id == _packet.c.id)
    .where(*_PRESENT, _item.c.number == ""),
    _packet.c.campaign_id,
)
"""What was put in of papers made elsewhere, which have no version that could be told apart."""
_LYING = Narrowed(
    select(_scan.c.campaign_id, _paper.c.kind, _scan.c.sha256)
    .join(_paper, _paper.c.id == _scan.c.paper_id)
    .where(
        _scan.c.removed_at.is_(None),
        exists().where(
            _item.c.campaign_id == _paper.c.campaign_id,
            _item.c.name == _paper.c.kind,
            _item.c.number == "",
        ),
    )
    .order_by(_scan.c.position, _scan.c.id),
    _scan.c.campaign_id,
)


def packet_facts(
    session: Session, campaign_ids: Sequence[int] | None
) -> dict[int, dict[str, Fact]]:
    """Give ``packet:<key>`` and ``filed:<key>`` of the named campaigns, or of all when None.

    One query for any number, and two more where packets are put together. A packet is none once
    a paper of it was issued anew, or has other pages. Whether answers have changed since, other
    papers are needed or the head is another, no row tells: ``standing.stale_packets`` asks the
    rules.
    """
    found: dict[int, dict[str, Fact]] = {}
    for campaign, what, key, day in _KNOWN.rows(session, campaign_ids):
        at = date.fromisoformat(day) if isinstance(day, str) else day
        found.setdefault(campaign, {})[what + key] = Fact(FactState.PRESENT, 1, None, at)
    if any(name.startswith(PACKET) for facts in found.values() for name in facts):
        for campaign, key in _with_other_pages(session, campaign_ids):
            found.get(campaign, {}).pop(PACKET + key, None)
    return {campaign: facts for campaign, facts in found.items() if facts}


def _with_other_pages(
    session: Session, campaign_ids: Sequence[int] | None
) -> Iterator[tuple[int, str]]:
    """Give the packets with a paper made elsewhere of which other pages are there by now."""
    lying: dict[tuple[int, str], list[str]] = {}
    for campaign, kind, sha256 in _LYING.rows(session, campaign_ids):
        lying.setdefault((campaign, kind), []).append(sha256)
    for campaign, key, name, files in _BROUGHT.rows(session, campaign_ids):
        # Without files it is counted by hand, or is handed in itself.
        if files and files != lying.get((campaign, name), []):
            yield campaign, key
