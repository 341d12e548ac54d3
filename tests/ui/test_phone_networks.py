"""Which of this computer's network devices a phone can reach."""

from typing import cast

import pytest
from PySide6.QtNetwork import QHostAddress, QNetworkInterface

from field_app.handoff.addresses import Address, Way
from field_app.ui.photos.phone_networks import addresses_of

Flag = QNetworkInterface.InterfaceFlag
Kind = QNetworkInterface.InterfaceType
UP = Flag.IsUp | Flag.IsRunning


class FakeEntry:
    """An address of a device."""

    def __init__(self, host: str) -> None:
        self._host = host

    def ip(self) -> QHostAddress:
        return QHostAddress(self._host)


class FakeDevice:
    """A network device as Qt tells of it."""

    def __init__(
        self, name: str, *hosts: str, flags: Flag = UP, kind: Kind = Kind.Ethernet, shown: str = ""
    ) -> None:
        self._name, self._hosts = name, hosts
        self._flags, self._kind, self._shown = flags, kind, shown or name

    def name(self) -> str:
        return self._name

    def humanReadableName(self) -> str:  # noqa: N802 - Qt's name
        return self._shown

    def flags(self) -> Flag:
        return self._flags

    def type(self) -> Kind:
        return self._kind

    def addressEntries(self) -> list[FakeEntry]:  # noqa: N802 - Qt's name
        return [FakeEntry(host) for host in self._hosts]


def found(*devices: FakeDevice) -> tuple[Address, ...]:
    return addresses_of(cast("list[QNetworkInterface]", list(devices)))


def test_wifi_and_cable_are_told_apart_and_public_addresses_left_out() -> None:
    addresses = found(
        FakeDevice("eth0", "203.0.113.7", "10.1.2.3", "fe80::1"),
        FakeDevice("wlan0", "192.168.1.20", kind=Kind.Wifi, shown="Wi-Fi"),
    )

    assert addresses == (
        Address(host="192.168.1.20", way=Way.WIFI, name="Wi-Fi"),
        Address(host="10.1.2.3", way=Way.CABLE, name="eth0"),
    )


def test_this_computers_own_hotspot_comes_first_even_as_a_virtual_device() -> None:
    addresses = found(
        FakeDevice("wlan0", "192.168.1.20", kind=Kind.Wifi),
        FakeDevice("{9A1D}", "192.168.137.1", kind=Kind.Virtual),
    )

    assert [address.way for address in addresses] == [Way.HOTSPOT, Way.WIFI]


@pytest.mark.parametrize(
    "device",
    [
        FakeDevice("docker0", "172.17.0.1"),
        FakeDevice("br-1a2b3c", "172.18.0.1"),
        FakeDevice("tun0", "10.8.0.2"),
        FakeDevice("{9A1B}", "172.20.16.1", shown="vEthernet (WSL)"),
        FakeDevice("{9A1C}", "192.168.56.1", shown="VirtualBox Host-Only Network"),
        FakeDevice("any", "10.1.2.3", kind=Kind.Virtual),
        FakeDevice("lo", "127.0.0.1", flags=UP | Flag.IsLoopBack),
        FakeDevice("ppp0", "10.1.2.3", flags=UP | Flag.IsPointToPoint),
        FakeDevice("wlan0", "10.1.2.3", flags=Flag.IsUp),
        FakeDevice("wlan0", "169.254.7.7"),
    ],
    ids=lambda device: device.humanReadableName(),
)
def test_devices_that_no_phone_can_reach_are_left_out(device: FakeDevice) -> None:
    assert found(device) == ()
