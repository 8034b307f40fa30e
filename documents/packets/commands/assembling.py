"""Having a packet put together."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.models import Campaign
from app.db import record
from app.errors import Conflict, Forbidden
from app.jobs.commands import enqueue
from documents.packets import errors
from documents.packets.desk import PacketsDesk
from documents.packets.events import PacketAsked
from documents.packets.holding import hold_campaigns
from documents.packets.models import Packet, PacketItem
from documents.packets.queries.packets import PacketRow, find_same
from documents.packets.rules.changes import files_in
from documents.packets.rules.contents import Bound, Purpose, sheets_of
from documents.packets.standing import Contents, digest_of
from documents.paperwork.heading import PROBLEMS, Heading

ASSEMBLE = "packets.assemble"


def assemble(
    session: Session,
    viewer: Viewer,
    contents: Contents,
    purpose: Purpose,
    *,
    desk: PacketsDesk,
    stopped: bool,
    now: datetime,
) -> PacketRow:
    """Ask for the packet of the papers as they stand; asked for again, it is the same one.

    ``stopped``: the clerk has found something for which a desk would turn the papers down.
    Raises Forbidden, and Conflict while a paper is missing, out of date or stopped, or while
    the inventory's head can't be printed.
    """
    campaign = contents.campaign
    if not viewer.may(Permission.PAPER_WORK, campaign.scope):
        raise Forbidden
    # Whoever changes a paper from here on waits and then sees the packet; for what was changed
    # after the contents were read it is looked at once more before the commit.
    hold_campaigns(session, Campaign.id == campaign.id)
    bound = contents.bound(purpose)
    if contents.lacks(purpose):
        raise Conflict(errors.NOT_READY)
    if not any(each.is_in(purpose) for each in bound):
        raise Conflict(errors.NOTHING_TO_BIND)
    # What was accepted is kept as it is, whatever has been found since.
    if stopped and purpose is Purpose.PRINT:
        raise Conflict(errors.STOPPED)
    _require_printable(contents.heading)
    order = contents.order(purpose)
    digest = digest_of(desk, order)
    there = find_same(session, campaign.id, contents.rule.key, purpose, digest)
    if there is None:
        _ask(
            session,
            viewer,
            contents,
            purpose,
            bound,
            digest,
            desk.papers.seal.close(order.as_json()),
            order.steps,
            now,
        )
    else:
        _ask_again(session, there, desk.papers.seal.close(order.as_json()), now)
    found = find_same(session, campaign.id, contents.rule.key, purpose, digest)
    assert found is not None
    record(
        session,
        PacketAsked(
            campaign_id=campaign.id,
            packet_id=found.id,
            key=found.key,
            purpose=purpose.value,
            by=viewer.person_id,
            at=now,
        ),
    )
    return found


def _require_printable(heading: Heading) -> None:
    """Refuse a head with a sign that the typeface can't draw, and say where it stands."""
    found = heading.obstacle(*PROBLEMS)
    if found is not None:
        message, sign = found
        raise Conflict(message, sign=sign)


def _ask(
    session: Session,
    viewer: Viewer,
    contents: Contents,
    purpose: Purpose,
    bound: tuple[Bound, ...],
    digest: str,
    sealed: str,
    steps: int,
    now: datetime,
) -> None:
    new = insert(Packet).values(
        campaign_id=contents.campaign.id,
        key=contents.rule.key,
        purpose=purpose.value,
        digest=digest,
        state="wanted",
        order_sealed=sealed,
        done=0,
        steps=steps,
        pages=0,
        sheets=sheets_of(bound),
        pdf_sha256="",
        pdf_bytes=0,
        zip_sha256="",
        zip_bytes=0,
        error="",
        asked_at=now,
        asked_by=viewer.person_id,
    )
    try:
        with session.begin_nested():
            packet_id = session.execute(new.returning(Packet.id)).scalar_one()
    except IntegrityError:
        # Somebody of the same team pressed the button a moment earlier: it is the same packet.
        return
    session.execute(insert(PacketItem), _items(contents.campaign.id, packet_id, bound, purpose))
    enqueue(session, ASSEMBLE, {"packet": packet_id}, run_at=now)


def _items(
    campaign_id: int, packet_id: int, bound: tuple[Bound, ...], purpose: Purpose
) -> list[dict[str, object]]:
    return [
        {
            "campaign_id": campaign_id,
            "packet_id": packet_id,
            "position": position,
            "name": each.line.name,
            "number": each.line.paper.number if each.line.paper else "",
            "copies": each.copies,
            "first_sheet": each.first,
            "last_sheet": each.last,
            "files": list(files_in(each, purpose)),
        }
        for position, each in enumerate(bound, 1)
    ]


def _ask_again(session: Session, there: PacketRow, sealed: str, now: datetime) -> None:
    """Make a former packet the present one; one that failed is tried once more."""
    values: dict[str, object] = {"asked_at": now, "outdated_at": None}
    if there.state == "failed":
        values |= {"state": "wanted", "error": "", "done": 0, "order_sealed": sealed}
        enqueue(session, ASSEMBLE, {"packet": there.id}, run_at=now)
    session.execute(update(Packet).where(Packet.id == there.id).values(values))
