"""Which addresses of the internet may be called: public ones, written as nothing else."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

_GLOBAL_UNICAST: Final = IPv6Network("2000::/3")
_OTHERS_4: Final = tuple(
    IPv4Network(each)
    for each in (
        "192.0.0.0/24",  # protocols; a cloud answers with credentials at 192.0.0.192
        "192.88.99.0/24",  # relays of 6to4
    )
)
_WITH_ANOTHER_INSIDE: Final = tuple(
    IPv6Network(each)
    for each in (
        "2001::/32",  # Teredo
        "2001:20::/28",  # ORCHID: names, not places
        "2001:db8::/32",  # examples
        "2002::/16",  # 6to4
        "3fff::/20",  # examples
    )
)
"""Inside the global range, but tunnels to an IPv4 address of somebody's choice, or no place."""


def is_public(address: str) -> bool:
    """Tell whether an address is a place on the public internet, and surely no other.

    False for private, loopback, link-local (where clouds answer with credentials), carrier's,
    multicast and reserved ones, and for IPv6 that carries an IPv4 address (mapped, NAT64, 6to4).
    """
    if "%" in address:
        return False
    try:
        one = ip_address(address)
    except ValueError:
        return False
    return _is_public_4(one) if isinstance(one, IPv4Address) else _is_public_6(one)


def is_loopback(address: str) -> bool:
    """Tell whether an address is this machine."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _is_public_4(one: IPv4Address) -> bool:
    is_place = one.is_global and not (one.is_multicast or one.is_reserved or one.is_link_local)
    return is_place and not any(one in network for network in _OTHERS_4)


def _is_public_6(one: IPv6Address) -> bool:
    is_place = one in _GLOBAL_UNICAST and one.is_global and not one.is_multicast
    return is_place and not any(one in network for network in _WITH_ANOTHER_INSIDE)
