"""Ticking off what is in the bag, and which cards of the rehearsal are known."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Viewer
from app.errors import Forbidden, Missing
from documents.packets import errors
from documents.packets.models import PacketTick
from documents.packets.shape import PacketRule

TAKE, CARD = "take:", "card:"


def things_of(rule: PacketRule) -> tuple[str, ...]:
    """Give everything of a packet that can be ticked off."""
    return (
        *(TAKE + told.key for told in rule.take),
        *(CARD + told.key for told in rule.rehearsal),
    )


def tick(
    session: Session,
    viewer: Viewer,
    campaign_id: int,
    rule: PacketRule,
    thing: str,
    *,
    done: bool,
    now: datetime,
) -> None:
    """Tick one thing off for the viewer alone, or take the tick away; twice is the same as once.

    The caller has found the campaign for the viewer. Raises Missing for what the pack has not.
    """
    if thing not in things_of(rule):
        raise Missing(errors.NO_SUCH_THING)
    if viewer.person_id is None:
        raise Forbidden
    if not done:
        session.execute(
            delete(PacketTick).where(
                PacketTick.campaign_id == campaign_id,
                PacketTick.person_id == viewer.person_id,
                PacketTick.packet == rule.key,
                PacketTick.thing == thing,
            )
        )
        return
    new = insert(PacketTick).values(
        campaign_id=campaign_id,
        person_id=viewer.person_id,
        packet=rule.key,
        thing=thing,
        ticked_at=now,
    )
    try:
        with session.begin_nested():
            session.execute(new)
    except IntegrityError:
        # It was ticked already: on another phone, or by a second press.
        return
