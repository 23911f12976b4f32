"""Names that the file says in Google Cloud, beside each other and beside those that are derived."""

from __future__ import annotations

from typing import Any

import pytest

from tests.model.google.documents import ENVIRONMENT, with_
from tests.model.vpn.documents import ONPREM
from tests.rules.google.test_environments import OTHER, violations

NAT = with_(ENVIRONMENT, "google.network.nat", {"addresses": ["a", "b"]})
VPN_ROUTER = with_(NAT, "vpn", {"asn": 64521, "onprem": ONPREM})


@pytest.mark.parametrize(
    ("document", "names", "where", "words"),
    [
        (NAT, {"gcr-io": "z", "pkg-dev": "z"}, "pkg-dev", "google.names.gcr-io, got z for both, and a name is that of one DNS zone in project kl-dev-host"),
        (NAT, {"gcr-io": "kl-dev-pkg-dev"}, "gcr-io", "must differ from dev google.names.pkg-dev, got kl-dev-pkg-dev for both"),
        (NAT, {"nat-a/address": "kl-dev-nat-b"}, "nat-a/address", "one address in europe-north1"),
        (VPN_ROUTER, {"nat-europe-north1/router": "kl-dev-vpn"}, "nat-europe-north1/router", "one router in europe-north1"),
        (VPN_ROUTER, {"vpn-onprem-a": "kl-dev-vpn-onprem-b"}, "vpn-onprem-a", "one VPN tunnel in europe-north1"),
        (VPN_ROUTER, {"vpn-onprem-a/session": "b", "vpn-onprem-b/session": "b"}, "vpn-onprem-b/session", "one BGP session in the router for VPNs of dev"),
    ],
)  # fmt: skip
def test_no_two_of_a_kind_are_called_the_same(
    document: dict[str, Any], names: dict[str, str], where: str, words: str
) -> None:
    """Both said, or one said and one derived: the API answers the second with "already exists"."""
    [(path, message)] = violations(with_(document, "google.names", names)).items()

    assert path == f"dev: google.names.{where}"
    assert words in message


def test_two_environments_of_one_project_name_apart() -> None:
    """In one host project names meet; in two they do not, and other kinds or regions do not meet either."""
    mine = with_(
        NAT, "google.names", {"network": "net", "nat-a/address": "net", "nat-europe-north1/router": "net"}
    )
    theirs = with_(OTHER, "google.names", {"network": "net"})
    in_mine = with_(theirs, "google.host_project", ENVIRONMENT["google"]["host_project"])

    assert violations(mine, theirs) == {}
    found = violations(mine, in_mine)
    assert found["prod: google.names.network"] == (
        "must differ from dev google.names.network, got net for both, and a name is that of one network in project "
        "kl-dev-host; name one otherwise"
    )
