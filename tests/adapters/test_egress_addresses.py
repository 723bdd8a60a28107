"""No address but a public one is called, in whatever dress it comes."""

import pytest

from chalicelib.adapters.egress_addresses import is_loopback, is_public


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "93.184.216.34", "1.1.1.1", "2606:4700:4700::1111", "2a00:1450:4003:80d::200e"],
)
def test_a_public_address_is_called(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        # this machine, this network
        "127.0.0.1", "127.255.0.1", "0.1.2.3", "::1", "::",
        "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fd12:3456::1",
        "169.254.169.254", "169.254.170.2", "fe80::1", "fe80::1%eth0", "fd00:ec2::254", "fec0::1",
        # the carrier's, tests, examples, reserved, everybody's
        "100.64.0.1", "100.100.100.200", "198.18.0.1", "192.88.99.1", "192.0.0.192",
        "192.0.2.1", "198.51.100.1",
        "203.0.113.1", "240.0.0.1", "255.255.255.255", "224.0.0.1", "239.1.1.1", "ff02::1",
        "ff0e::1", "2001:db8::1", "3fff::1", "100::1", "2001:20::1",
        # an IPv4 address inside
        "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::ffff:7f00:1", "::127.0.0.1", "::8.8.8.8",
        "64:ff9b::7f00:1", "64:ff9b::8.8.8.8", "64:ff9b:1::1", "2002:7f00:1::", "2002:808:808::1",
        "2001::7f00:1", "2001:0:4136:e378::1",
        # no address at all
        "", "localhost", "2130706433", "0x7f.1", "127.1", "8.8.8", "8.8.8.8.8", "08.8.8.8",
    ],
)  # fmt: skip
def test_every_other_address_is_refused(address: str) -> None:
    assert not is_public(address)


def test_this_machine_is_known_by_its_addresses() -> None:
    assert is_loopback("127.0.0.1")
    assert is_loopback("::1")
    assert not is_loopback("10.0.0.1")
    assert not is_loopback("localhost")
