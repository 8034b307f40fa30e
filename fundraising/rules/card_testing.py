"""When a page stops taking gifts for a while, because somebody tries stolen cards on it.

House rules, no law: the numbers are ours and are meant to be changed by whoever watches them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from app.networks import find_network

WITHIN = timedelta(minutes=30)
"""How far back is looked, and so for how long a page or a network stays closed."""
KEPT_FOR = timedelta(days=1)
"""How long it is kept at all from which network a gift was begun."""
MOST_DECLINED_ON_A_PAGE = 15
MOST_DECLINED_FROM_A_NETWORK = 8
NETWORK_BITS_V6 = 64


class Attempt(StrEnum):
    """What happened at the till."""

    BEGUN = "begun"
    DECLINED = "declined"


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
