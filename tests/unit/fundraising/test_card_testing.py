"""When declined cards close a page or a network, and when they don't."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from fundraising.rules.card_testing import (
    BEGUN_WITHIN,
    MOST_DECLINED_FROM_A_NETWORK,
    MOST_DECLINED_ON_A_PAGE,
    Tried,
    minutes_until_free,
    network_is_closed,
    network_of,
    page_is_closed,
    range_of,
)


def on_a_page(declined: int, begun: int) -> bool:
    return page_is_closed(Tried(declined_on_page=declined, begun_on_page=begun))


def test_networks_of_one_customer_are_of_one_range() -> None:
    assert range_of("2001:db8:1:2::1") == range_of("2001:db8:1:ffff::1") == "2001:db8:1::/48"
    assert range_of("192.0.2.7") == range_of("192.0.2.200") != range_of("192.0.3.7")


def test_a_gift_counts_until_its_last_minute_has_passed() -> None:
    begun = datetime(2026, 6, 1, 12, tzinfo=UTC)
    waits = (timedelta(0), timedelta(seconds=30), timedelta(minutes=9, seconds=59), BEGUN_WITHIN)
    assert [minutes_until_free(begun, begun + passed) for passed in waits] == [10, 10, 1, 1]


def test_many_declined_cards_on_few_gifts_close_a_page() -> None:
    assert on_a_page(MOST_DECLINED_ON_A_PAGE, 1)
    assert on_a_page(MOST_DECLINED_ON_A_PAGE, MOST_DECLINED_ON_A_PAGE)
    assert not on_a_page(MOST_DECLINED_ON_A_PAGE - 1, 1)


def test_a_page_on_which_hundreds_give_is_not_closed_by_its_usual_declines() -> None:
    assert not on_a_page(40, 500)


def test_a_network_is_closed_by_what_was_declined_from_it() -> None:
    most = MOST_DECLINED_FROM_A_NETWORK
    assert network_is_closed(Tried(declined_from_network=most))
    assert not network_is_closed(Tried(declined_from_network=most - 1, declined_on_page=999))


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7/32"),
        ("::ffff:192.0.2.7", "192.0.2.7/32"),
        ("2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("no address", "no address"),
        ("", ""),
    ],
)
def test_one_line_is_one_network_however_many_addresses_it_has(address: str, network: str) -> None:
    assert network_of(address) == network
