"""The days between which packets are handed in are those of the route and of the calendar."""

from __future__ import annotations

import pytest

from app.calendar import Edge
from documents.packets.pack import load_all_packets
from documents.paperwork.pack import load_all_documents
from quests.route.library import load_library

LIBRARY = load_library()
PACKETS = load_all_packets(
    load_all_documents({key: entry.route.pack for key, entry in LIBRARY.entries.items()})
).packs


@pytest.mark.parametrize("pack_id", sorted(PACKETS))
def test_a_packet_closes_with_its_step_and_opens_with_a_day_that_opens(pack_id: str) -> None:
    route, calendar = LIBRARY[pack_id], LIBRARY.entries[pack_id].calendar
    edges = {key: versions[0].edge for key, versions in calendar.rules.items()}
    for packet in PACKETS[pack_id].packets.values():
        due = route.step_by_key[packet.step].due
        assert due is not None
        assert (packet.closes, due.days) == (due.deadline, 0)
        assert (edges[packet.opens], edges[packet.closes]) == (Edge.OPENS, Edge.CLOSES)
