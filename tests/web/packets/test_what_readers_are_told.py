"""Whoever only reads papers learns of their packets nothing that sealed answers decide."""

from __future__ import annotations

import pytest

from app.config import Settings
from documents.press.client import Press
from quests.evidence.models import Answer
from tests.web.packets.program import answer, ask, make_ready, path, work
from tests.web.packets.test_step_of_filing import BEFORE, STEP
from tests.web.portal import Portal

READERS = ("vera", "chief", "lawyer")
READS_EVIDENCE = ("vera", "chief")
"""A lawyer sees nothing of what the step waits for."""
LACK = "out of date: issue it anew"
OUT_OF_DATE = "The packet is out of date"
TOGETHER = "The packet is put together."


def told(portal: Portal, who: str) -> list[str]:
    """Give what the packets, one of them and the step that waits for it say to somebody."""
    reader = portal.browser(who, "en")
    where = (portal.at("packets"), path(portal), portal.at(f"steps/{STEP}"))
    return [reader.page(address).text for address in where]


@pytest.fixture
def together(russian: Portal, settings: Settings, press: Press) -> Portal:
    """A candidate whose packet is put together and has yet to be handed in."""
    russian.prove(BEFORE)
    with russian.database.writing() as session:
        campaign = russian.campaigns["anna"]
        session.add(Answer(campaign_id=campaign, name="answer:a1_can_i:nomination", value="self"))
    make_ready(russian)
    ask(russian, russian.browser("anna", "en"))
    work(russian, settings, press)
    return russian


@pytest.mark.parametrize("who", READERS)
def test_a_sealed_answer_that_changed_makes_no_packet_out_of_date_for_a_reader(
    together: Portal, who: str
) -> None:
    before = told(together, who)
    listed, packet, step = before
    assert "put together" in listed and LACK not in packet
    assert (TOGETHER in step) == (who in READS_EVIDENCE)
    answer(together, "conviction", "has", sealed=True)
    listed, packet, step = told(together, "anna")
    assert "put together" not in listed and LACK in packet and OUT_OF_DATE in step
    assert told(together, who) == before


@pytest.mark.parametrize("who", READERS)
def test_an_open_answer_that_changed_makes_the_packet_out_of_date_for_everybody(
    together: Portal, who: str
) -> None:
    answer(together, "surname", "Третьякова", sealed=False)
    listed, packet, step = told(together, who)
    assert "put together" not in listed and LACK in packet
    assert (OUT_OF_DATE in step) == (who in READS_EVIDENCE)
    assert "Третьякова" not in listed + packet + step
