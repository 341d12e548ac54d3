"""This computer's addresses that a phone beside it can reach, and no others."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import AddressValueError, IPv4Address, IPv4Network
from typing import Final

PRIVATE: Final = tuple(
    IPv4Network(network) for network in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
)
"""RFC 1918: never routed on the internet."""
LOOPBACK: Final = IPv4Network("127.0.0.0/8")
"""This computer alone: harmless."""
HOTSPOTS: Final = (
    IPv4Network("192.168.137.1/32"),  # the mobile hotspot of Windows
    IPv4Network("10.42.0.0/16"),  # the hotspots of NetworkManager
    IPv4Network("192.168.2.1/32"),  # the internet sharing of macOS
)
"""Where systems put this computer when it is the hotspot itself."""


class Way(StrEnum):
    """How a phone gets to this computer; the best comes first."""

    HOTSPOT = "hotspot"
    WIFI = "wifi"
    CABLE = "cable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One address of this computer."""

    host: str
    """IPv4, dotted."""
    way: Way
    name: str = ""
    """What the system calls the network device."""


def is_private(host: str) -> bool:
    """Return whether only computers nearby can use an address: never a public one, never all."""
    try:
        address = IPv4Address(host)
    except AddressValueError:
        return False
    return address in LOOPBACK or any(address in network for network in PRIVATE)


def usable(found: Iterable[Address]) -> tuple[Address, ...]:
    """Return the addresses that a phone can reach, the likeliest first; may be empty."""
    nearby = {
        address.host: address
        for address in found
        if is_private(address.host) and IPv4Address(address.host) not in LOOPBACK
    }
    return tuple(sorted(nearby.values(), key=_order))


def way_of(host: str, *, is_wireless: bool) -> Way:
    """Return how a phone gets to an address of a network device."""
    if any(IPv4Address(host) in network for network in HOTSPOTS):
        return Way.HOTSPOT
    return Way.WIFI if is_wireless else Way.CABLE


def _order(address: Address) -> tuple[int, int]:
    """Return what addresses are sorted by: the way, then the number."""
    return list(Way).index(address.way), int(IPv4Address(address.host))
