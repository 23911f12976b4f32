"""Zones that lead elsewhere, and who may ask."""

from __future__ import annotations

from typing import Any

from operations.adopt.terraform.found import FoundObject
from tests.operations.adopt.terraform.recognizers.google.foreign import (
    HOST,
    NETWORK,
    NETWORK_PATH,
    NODES,
    drafted,
    left,
    thing,
)

SEES = [{"networks": [{"network_url": NETWORK_PATH}]}]


def zone(name: str, domain: str, *servers: str, **attributes: Any) -> FoundObject:
    """A private zone that the network sees."""
    forwarding = (
        [{"target_name_servers": [{"ipv4_address": server} for server in servers]}] if servers else []
    )
    said = {"private_visibility_config": SEES, "forwarding_config": forwarding, **attributes}
    return thing("dns_managed_zone", name, project=HOST, name=name, dns_name=f"{domain}.", **said)


def test_zones_keep_their_names() -> None:
    """Those of Google's domains, and those that name servers elsewhere answer."""
    policy = thing(
        "dns_policy",
        project=HOST,
        name="inbound",
        enable_inbound_forwarding=True,
        networks=[{"network_url": NETWORK_PATH}],
        alternative_name_server_config=[{"target_name_servers": []}],
    )

    draft = drafted(
        NETWORK,
        NODES,
        zone("apis", "googleapis.com"),
        zone("corp", "corp.acme.example", "10.30.0.53", "10.30.1.53"),
        policy,
    )

    assert draft.at("dns") == {
        "onprem": {"corp": {"domain": "corp.acme.example", "servers": ["10.30.0.53", "10.30.1.53"]}}
    }
    assert draft.at("google", "names") == {
        "network": "backbone",
        "googleapis-com": "apis",
        "dns-onprem-corp": "corp",
        "dns": "inbound",
    }
    assert list(left(draft)) == ["dns_policy.this: alternative_name_server_config"]


def test_zones_that_have_names_of_their_own_are_listed() -> None:
    """And those that others see."""
    draft = drafted(
        NETWORK,
        NODES,
        zone("records", "apps.acme.example"),
        zone("public", "acme.example", private_visibility_config=[]),
        zone("theirs", "x.example", private_visibility_config=[{"networks": [{"network_url": "other"}]}]),
        zone("nobody", "y.example", private_visibility_config=[{"networks": None}]),
        thing("dns_policy", project=HOST, name="logs", networks=[{"network_url": NETWORK_PATH}]),
    )

    assert "dns" not in draft.data
    assert draft.at("google", "network", "inbound_dns") is False
    other = "is public, or another network's, and zones here are the network's"
    assert left(draft) == {
        "dns_managed_zone.records": "has names of its own, which no file here holds",
        "dns_managed_zone.public": other,
        "dns_managed_zone.theirs": other,
        "dns_managed_zone.nobody": other,
    }


def test_servers_in_aws_are_those_of_its_zones() -> None:
    """By the subnets that hold their addresses."""
    subnets = [
        FoundObject(
            "aws.tfstate",
            f"aws_subnet.{zone_}",
            "aws_subnet",
            {"cidr_block": cidr, "availability_zone": zone_},
        )
        for zone_, cidr in (("eu-west-1a", "10.48.0.0/24"), ("eu-west-1b", "10.48.1.0/24"))
    ]
    both = ("10.48.0.53", "10.48.1.53")

    draft = drafted(
        NETWORK,
        NODES,
        *subnets,
        zone("kl-prod-dns-aws-main", "aws.acme.example", *both),
        zone("more", "rds.acme.example", *both),
        zone("other", "x.acme.example", "10.48.0.54"),
    )

    assert draft.at("dns", "aws") == {
        "addresses": {"eu-west-1a": "10.48.0.53", "eu-west-1b": "10.48.1.53"},
        "domains": {"main": "aws.acme.example", "more": "rds.acme.example"},
    }
    assert draft.at("google", "names", "dns-aws-more") == "more"
    assert list(left(draft)) == ["dns_managed_zone.other: forwarding_config"]


def test_without_a_network_nothing_is_said_of_names() -> None:
    """Nobody could ask."""
    assert "network" not in drafted(thing("compute_shared_vpc_host_project", project=HOST)).data["google"]
