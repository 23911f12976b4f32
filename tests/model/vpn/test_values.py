"""What numbers and addresses a VPN takes."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.vpn.values import LinkLocal, PrivateAsn, PublicAddress, ShortKey
from tests.model.refusals import refusals


@pytest.mark.parametrize("asn", [64512, 65534, 4200000000, 4294967294])
def test_takes_the_private_asns(asn: int) -> None:
    """The two ranges of RFC 6996, to their ends."""
    assert refusals(PrivateAsn, asn) == {}


@pytest.mark.parametrize("asn", [64511, 65535, 4199999999, 4294967295, 16550])
def test_refuses_any_other_asn(asn: int) -> None:
    """A public one belongs to somebody else."""
    assert "must be a private ASN" in refusals(PrivateAsn, asn)[""]


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("169.254.10.0/29", "must be a /30"),
        ("10.0.0.0/30", "inside 169.254.0.0/16"),
        ("169.254.0.0/30", "keep for themselves"),
        ("169.254.5.0/30", "keep for themselves"),
        ("169.254.169.252/30", "keep for themselves"),
        ("169.254.10.1/30", "did you mean 169.254.10.0/30"),
    ],
)
def test_refuses_what_is_no_link_of_a_tunnel(link: str, reason: str) -> None:
    """AWS refuses what it keeps for itself only when the connection is made."""
    assert reason in refusals(LinkLocal, link)[""]


@pytest.mark.parametrize("link", ["169.254.6.0/30", "169.254.0.4/30", "169.254.169.248/30"])
def test_takes_what_lies_beside_the_kept_links(link: str) -> None:
    """Seven ranges are kept and no more."""
    assert refusals(LinkLocal, link) == {}


@pytest.mark.parametrize("address", ["10.0.0.1", "172.31.0.1", "192.168.1.1", "100.64.0.1", "239.1.1.1"])
def test_refuses_an_address_that_the_internet_does_not_route(address: str) -> None:
    """The address behind a firewall's NAT is a mistake that shows once the tunnel stays down."""
    assert "must be a public address" in refusals(PublicAddress, address)[""]


def test_takes_a_public_address() -> None:
    """Those of documentation stand for them."""
    assert refusals(PublicAddress, "203.0.113.10") == {}


@pytest.mark.parametrize("key", ["a" * 17, "fw_a", "1a", "a-"])
def test_refuses_a_key_that_makes_no_name(key: str) -> None:
    """Names of tunnels have at most 63 characters, and keys become names of variables without ambiguity."""
    found: dict[str, Any] = refusals(ShortKey, key)

    assert list(found) == [""]
