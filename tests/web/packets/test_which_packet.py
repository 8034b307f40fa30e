"""A receipt names the packet that was handed in, which need not be the one put together last."""

from __future__ import annotations

import pytest

from app.config import Settings
from documents.packets.models import Packet, PacketReceipt
from documents.press.client import Press
from tests.web.packets.program import ask, issue, make_ready, path, work
from tests.web.portal import Portal


@pytest.fixture
def packets(russian: Portal, settings: Settings, press: Press) -> list[int]:
    """Anna's two packets: a paper was issued anew after the first was put together."""
    anna = russian.browser("anna", "en")
    make_ready(russian)
    for version in (1, 2):
        if version > 1:
            issue(russian, "consent", version=version)
        ask(russian, anna)
        work(russian, settings, press)
    with russian.database.reading() as session:
        return [packet.id for packet in session.query(Packet).order_by(Packet.id)]


def note(portal: Portal, status: int = 303, **typed: str) -> None:
    day = portal.today.isoformat()
    portal.browser("anna", "en").send(
        path(portal, "/receipt"),
        {"received_on": day, "received_time": "17:40", "sheets": "4", **typed},
        start=path(portal),
        status=status,
    )


def filed(portal: Portal) -> int | None:
    with portal.database.reading() as session:
        return session.query(PacketReceipt.packet_id).filter_by(replaced_at=None).scalar()


def test_the_last_packet_is_offered_and_taken_when_nothing_is_chosen(
    russian: Portal, packets: list[int]
) -> None:
    _, last = packets
    form = russian.browser("anna", "en").page(path(russian)).form("/receipt")
    assert form["packet"] == str(last)
    note(russian)
    assert filed(russian) == last


def test_an_earlier_packet_can_be_the_one_that_was_handed_in(
    russian: Portal, packets: list[int]
) -> None:
    first, _ = packets
    note(russian, packet=str(first))
    assert filed(russian) == first
    # Written anew, the receipt is still that of the packet it was written for.
    form = russian.browser("anna", "en").page(path(russian)).form("/receipt")
    assert form["packet"] == str(first)


@pytest.mark.parametrize("chosen", ["0", "999999", "x", "-1"])
def test_a_packet_that_is_not_there_is_refused(
    russian: Portal, packets: list[int], chosen: str
) -> None:
    assert len(packets) == 2
    note(russian, 422, packet=chosen)
    assert filed(russian) is None
