"""This computer's network devices, as Qt sees them."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtNetwork import QAbstractSocket, QNetworkInterface

from field_app.handoff.addresses import Address, Way, usable, way_of

HIDDEN: Final = ("docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "tun", "tap", "wg", "utun")
"""How names of devices begin that no phone can reach."""
HIDDEN_WINDOWS: Final = ("vEthernet", "VirtualBox", "VMware", "Tailscale", "ZeroTier")


def found_addresses() -> tuple[Address, ...]:
    """Return the addresses at which a phone nearby can reach this computer."""
    return addresses_of(QNetworkInterface.allInterfaces())


def addresses_of(devices: Iterable[QNetworkInterface]) -> tuple[Address, ...]:
    """Return the addresses of network devices that a phone can reach, the likeliest first."""
    flag = QNetworkInterface.InterfaceFlag
    found = []
    for device in devices:
        flags = device.flags()
        is_up = bool(flags & flag.IsUp) and bool(flags & flag.IsRunning)
        is_tunnel = bool(flags & flag.IsPointToPoint) or bool(flags & flag.IsLoopBack)
        if not is_up or is_tunnel:
            continue
        is_hidden = _is_hidden(device)
        is_wireless = device.type() is QNetworkInterface.InterfaceType.Wifi
        for entry in device.addressEntries():
            address = entry.ip()
            if address.protocol() is not QAbstractSocket.NetworkLayerProtocol.IPv4Protocol:
                continue
            host = address.toString()
            way = way_of(host, is_wireless=is_wireless)
            if way is Way.HOTSPOT or not is_hidden:  # Windows makes its hotspot a virtual device
                found.append(Address(host=host, way=way, name=device.humanReadableName()))
    return usable(found)


def _is_hidden(device: QNetworkInterface) -> bool:
    """Return whether a device leads to programs of this computer only, or far away."""
    if device.type() is QNetworkInterface.InterfaceType.Virtual:
        return True
    shown = device.humanReadableName()
    return device.name().startswith(HIDDEN) or any(part in shown for part in HIDDEN_WINDOWS)
