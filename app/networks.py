"""The network an address belongs to, for whoever counts tries by it."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network


def find_network(address: str, *, bits_v4: int, bits_v6: int) -> str | None:
    """Give the network of so many bits in which an address lies; None for what is no address.

    An IPv4 address that came in over IPv6 is the IPv4 address it is.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return None
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    bits = bits_v4 if found.version == 4 else bits_v6
    return str(ip_network((found, bits), strict=False))
