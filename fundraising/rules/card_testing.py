"""When a page stops taking gifts for a while: cards are tried on it, or it is flooded.

House rules, no law: the numbers are ours and are meant to be changed by whoever watches them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.networks import find_network

WITHIN = timedelta(minutes=30)
"""How far back is looked, and so for how long a page or a network stays closed."""
KEPT_FOR = timedelta(days=1)
"""How long it is kept at all from which network a gift was begun."""
MOST_DECLINED_ON_A_PAGE = 15
MOST_DECLINED_FROM_A_NETWORK = 8
NETWORK_BITS_V6 = 64
RANGE_BITS_V4, RANGE_BITS_V6 = 24, 48
"""What one customer of a provider may have all to themselves."""
MARK_OF_RANGE, MARK_OF_NETWORK = 24, 40
"""Digits of a mark that stand for the range, and then for the network in it."""
BEGUN_WITHIN = timedelta(minutes=10)
"""For so long a gift that was begun and not paid counts against its network and its page."""
MOST_BEGUN_FROM_A_NETWORK = 30
"""A hall full of people may give over one line at once, and most of them pay within minutes."""
FLOODED_FROM = 100
"""With so many unpaid gifts on it a page is flooded, and lets each network have only a few."""
MOST_BEGUN_WHEN_FLOODED = 3
"""The giver beside the flood comes with one, and so is not held up."""
MOST_BEGUN_ON_A_PAGE = 600
"""One a second: who gets there has many networks, and every gift costs a call to the provider."""


class Attempt(StrEnum):
    """What happened at the till."""

    BEGUN = "begun"
    DECLINED = "declined"


class Closed(StrEnum):
    """What closes when cards are tried."""

    PAGE = "page"
    NETWORK = "network"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What was tried within the last half an hour: on one page, and from one network anywhere."""

    begun_on_page: int = 0
    declined_on_page: int = 0
    declined_from_network: int = 0


def network_of(address: str) -> str:
    """Give what stands for one household or office: an IPv4 address, or an IPv6 network of 64 bits.

    Whoever has an IPv6 line has as many addresses as they like. Anything that is no address is
    its own network, so that nothing breaks behind a strange proxy.
    """
    return find_network(address, bits_v4=32, bits_v6=NETWORK_BITS_V6) or address


def range_of(address: str) -> str:
    """Give the range that the network of an address lies in: one customer may have all of it."""
    found = find_network(address, bits_v4=RANGE_BITS_V4, bits_v6=RANGE_BITS_V6)
    return found or address


def page_is_closed(tried: Tried) -> bool:
    """Say whether so many cards were declined on a page that it is not about lawful givers.

    Beside their number it is looked at their share: a page on which hundreds give has its
    declined cards too, but never as many as gifts.
    """
    return (
        tried.declined_on_page >= MOST_DECLINED_ON_A_PAGE
        and tried.declined_on_page >= tried.begun_on_page / 2
    )


def network_is_closed(tried: Tried) -> bool:
    """Say whether so many cards were declined from one network that it may wait."""
    return tried.declined_from_network >= MOST_DECLINED_FROM_A_NETWORK


def is_flooded(unpaid_on_page: int) -> bool:
    """Say whether a page has so many unpaid gifts that it becomes careful."""
    return unpaid_on_page >= FLOODED_FROM


def most_unpaid_from_network(unpaid_on_page: int) -> int:
    """Give how many unpaid gifts of one network a page lets stand: fewer while it is flooded."""
    return MOST_BEGUN_WHEN_FLOODED if is_flooded(unpaid_on_page) else MOST_BEGUN_FROM_A_NETWORK


def minutes_until_free(begun_at: datetime, now: datetime) -> int:
    """Give after how many minutes, at least one, a gift begun then no longer counts."""
    return max(1, -((now - begun_at - BEGUN_WITHIN) // timedelta(minutes=1)))
