"""Somebody tries stolen cards on a page: the form closes with words, in both languages."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select

from app import clock
from fundraising.models import Donation, GiftAttempt
from fundraising.rules.card_testing import (
    MOST_BEGUN_FROM_A_NETWORK,
    MOST_DECLINED_FROM_A_NETWORK,
)
from tests.fund_world import decline_cards
from tests.web.fundraising.test_support_page import Fund, filled, given
from tests.web.portal import RU, Portal


def decline(portal: Portal, times: int) -> None:
    with portal.database.writing() as session:
        donation = session.scalars(select(Donation)).one()
        decline_cards(session, donation.id, times, now=clock.now())


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_form_closes_with_words_for_the_network_the_cards_came_from(
    a_fund: Fund, language: str
) -> None:
    portal = a_fund(RU)
    visitor = portal.browser(None, language)
    given(visitor)
    decline(portal, MOST_DECLINED_FROM_A_NETWORK)
    page = visitor.send(
        "/support/anna", filled(RU, once="n" * 43), start="/support/anna", status=503
    )
    assert page.says("from your network" if language == "en" else "из вашей сети")
    other = portal.browser(None)
    other.environ_base["REMOTE_ADDR"] = "192.0.2.99"
    assert given(other, once="p" * 43)
    assert visitor.page("/support/anna").status == 200


def test_the_address_of_a_giver_is_not_kept(a_fund: Fund) -> None:
    portal = a_fund(RU)
    visitor = portal.browser(None)
    visitor.environ_base["REMOTE_ADDR"] = "192.0.2.99"
    given(visitor)
    with portal.database.reading() as session:
        kept = session.scalars(select(GiftAttempt)).one()
    assert kept.network and "192.0.2.99" not in kept.network


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_network_that_pays_nothing_reads_for_how_long_it_waits_and_another_gives(
    a_fund: Fund, language: str
) -> None:
    portal = a_fund(RU)
    visitor = portal.browser(None, language)
    given(visitor)
    with portal.database.writing() as session:
        begun = session.scalars(select(GiftAttempt)).one()
        # One gift that was tried so often counts as often: what is counted are the tries.
        session.execute(
            insert(GiftAttempt),
            [
                {
                    "campaign_id": begun.campaign_id,
                    "donation_id": begun.donation_id,
                    "kind": begun.kind,
                    "network": begun.network,
                    "at": begun.at,
                }
            ]
            * (MOST_BEGUN_FROM_A_NETWORK - 1),
        )
    page = visitor.send(
        "/support/anna", filled(RU, once="n" * 43), start="/support/anna", status=503
    )
    assert page.says("from your network" if language == "en" else "из вашей сети")
    assert page.says("10 min" if language == "en" else "через 10 мин")
    other = portal.browser(None)
    other.environ_base["REMOTE_ADDR"] = "192.0.2.99"
    assert given(other, once="p" * 43)
