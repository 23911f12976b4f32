"""Public addresses are counted, whatever the prefixes they come in."""

from __future__ import annotations

from ipaddress import IPv4Network

import pytest
from pydantic import BaseModel

from estate.model.aws.bastion import BastionConfig
from estate.model.aws.eks_access import EksEndpoint
from estate.model.google.firewall import FirewallConfig
from estate.model.google.gke_cluster import GkeClusterConfig
from estate.model.google.network import NetworkConfig
from estate.model.public_space import public_addresses
from tests.model.google.documents import ALLOW, CLUSTER, NETWORK
from tests.model.refusals import refusals

EIGHTS = [f"{first}.0.0.0/8" for first in range(1, 224) if first not in {10, 127}]
"""The internet as 221 ranges, none of which is too wide by itself."""
TWO = ["17.0.0.0/8", "18.0.0.0/9"]
PEOPLE = {
    "public_key": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGm8uSXbiqLkNkhMqFqIkl3LpLQ0Sgq3bfVbk4r4pmd1 ola"
}


@pytest.mark.parametrize(
    ("ranges", "expected"),
    [
        ([], 0),
        (["10.0.0.0/8", "192.168.4.0/24", "172.16.0.0/12", "100.64.0.0/10"], 0),
        (["198.51.100.0/24", "198.51.100.0/25"], 256),
        (["10.0.0.0/7"], 2**24),
        (["0.0.0.0/1", "128.0.0.0/1"], 2**32 - 2**24 - 2**22 - 2**20 - 2**16),
    ],
)
def test_each_public_address_counts_once(ranges: list[str], expected: int) -> None:
    """Private ones do not, also inside of a wider range."""
    assert public_addresses(map(IPv4Network, ranges)) == expected


@pytest.mark.parametrize("ranges", [EIGHTS, TWO, ["0.0.0.0/2", "64.0.0.0/2"]], ids=["221", "two", "halves"])
@pytest.mark.parametrize(
    ("model", "path", "words"),
    [
        (FirewallConfig, "allows.web.sources", "open machines to the internet in parts"),
        (NetworkConfig, "onprem_prefixes", "open the network to the internet"),
        (BastionConfig, "allowed_ssh_cidrs", "open SSH to the internet"),
        (EksEndpoint, "private_from", "open the cluster's API to the internet"),
        (GkeClusterConfig, "authorized_networks", "open the private address of the API"),
    ],
    ids=["firewall", "on-prem", "bastion", "EKS", "GKE"],
)
def test_nothing_is_open_to_the_internet_in_parts(
    model: type[BaseModel], path: str, words: str, ranges: list[str]
) -> None:
    """Wherever ranges are let in; one that is too wide by itself is named by itself."""
    document = {
        FirewallConfig: {"allows": {"web": {**ALLOW, "sources": ranges}}},
        NetworkConfig: {**NETWORK, "onprem_prefixes": ranges},
        BastionConfig: {"allowed_ssh_cidrs": ranges, **PEOPLE},
        EksEndpoint: {"private_from": ranges},
        GkeClusterConfig: {**CLUSTER, "authorized_networks": {f"r{n}": one for n, one in enumerate(ranges)}},
    }[model]

    found = refusals(model, document)

    said = [message for where, message in found.items() if where == path or where.startswith(f"{path}.")]
    assert said
    assert len(said) == len(found)
    if path in found:
        assert words in found[path]


def test_openings_are_counted_together() -> None:
    """Each may be of somebody, and all of them are the internet."""
    halves = {f"part{n}": {**ALLOW, "priority": 1000 + n, "sources": [one]} for n, one in enumerate(TWO)}

    [(path, message)] = refusals(FirewallConfig, {"allows": halves}).items()

    assert path == "allows"
    assert "got 25165824 public addresses in all" in message


def test_a_holder_s_own_range_is_let_in() -> None:
    """The widest that there is, beside private ones."""
    assert refusals(NetworkConfig, {**NETWORK, "onprem_prefixes": ["17.0.0.0/8", "10.30.0.0/16"]}) == {}
