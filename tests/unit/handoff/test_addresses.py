"""Which of this computer's addresses a phone is sent to."""

import pytest

from field_app.handoff.addresses import Address, Way, is_private, usable, way_of


@pytest.mark.parametrize(
    "host", ["10.0.0.5", "172.16.0.1", "172.31.255.9", "192.168.137.1", "127.0.0.1"]
)
def test_private_addresses_are_known(host: str) -> None:
    assert is_private(host)


@pytest.mark.parametrize(
    "host",
    ["8.8.8.8", "172.32.0.1", "192.169.0.1", "100.64.0.1", "169.254.7.7", "0.0.0.0",  # noqa: S104
     "255.255.255.255", "224.0.0.1", "fe80::1", "::1", "192.168.1", "192.168.1.1 ",
     "192.168.1.1/24", "hotspot", ""],
)  # fmt: skip
def test_everything_else_is_left_out(host: str) -> None:
    assert not is_private(host)


def test_the_hotspot_comes_first_then_wifi_then_cable() -> None:
    found = [
        Address(host="203.0.113.7", way=Way.WIFI),
        Address(host="10.1.1.9", way=Way.CABLE),
        Address(host="192.168.1.20", way=Way.WIFI),
        Address(host="127.0.0.1", way=Way.CABLE),
        Address(host="192.168.137.1", way=Way.HOTSPOT),
        Address(host="192.168.1.20", way=Way.WIFI),
    ]

    assert [address.host for address in usable(found)] == [
        "192.168.137.1",
        "192.168.1.20",
        "10.1.1.9",
    ]


@pytest.mark.parametrize(
    ("host", "is_wireless", "way"),
    [
        ("192.168.137.1", False, Way.HOTSPOT),
        ("10.42.0.1", True, Way.HOTSPOT),
        ("192.168.1.20", True, Way.WIFI),
        ("192.168.1.20", False, Way.CABLE),
    ],
)
def test_a_hotspot_of_this_computer_is_known_by_its_address(
    host: str, is_wireless: bool, way: Way
) -> None:
    assert way_of(host, is_wireless=is_wireless) is way
