"""Names across the sites in an environment's stack."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.model.test_dns import NAMES
from tests.model.vmware.documents import changed
from tests.stacks.test_environment_stack import synthesize
from tests.synth import Synthesized

ZONES, ENDPOINTS = "google_dns_managed_zone", "aws_route53_resolver_endpoint"
FIELDS = {key: NAMES[key] for key in ("google", "aws", "vpn", "dns")}


def forwarding(found: Synthesized) -> dict[str, dict[str, Any]]:
    """The zones that lead out of the network, by domain."""
    zones = found.resources(ZONES).values()
    return {zone["dns_name"]: zone for zone in zones if "forwarding_config" in zone}


def groups(found: Synthesized) -> dict[str, dict[str, Any]]:
    """The endpoints' security groups by direction."""
    return {
        body["name"].removeprefix("kl-dev-resolver-"): body
        for body in found.resources("aws_security_group").values()
        if "resolver" in body["name"]
    }


def test_cloud_dns_asks_through_the_network(tmp_path: Path) -> None:
    """Whatever the addresses are, and of the network alone."""
    found = synthesize(tmp_path, **FIELDS)

    zones = forwarding(found)
    assert {
        domain: (
            zone["name"],
            [
                (one["ipv4_address"], one["forwarding_path"])
                for one in zone["forwarding_config"]["target_name_servers"]
            ],
        )
        for domain, zone in zones.items()
    } == {
        "corp.example.com.": (
            "kl-dev-dns-onprem-corp",
            [("10.20.0.53", "private"), ("10.21.0.53", "private")],
        ),
        "aws.example.com.": ("kl-dev-dns-aws-aws", [("10.0.1.53", "private"), ("10.0.2.53", "private")]),
    }
    network = f"${{{found.address('google_compute_network')}.id}}"
    assert [zone["private_visibility_config"] for zone in zones.values()] == [
        {"networks": [{"network_url": network}]}
    ] * 2


def test_aws_answers_at_addresses_that_stay(tmp_path: Path) -> None:
    """Whoever has a way there: Cloud DNS, whose answers find it back, and the data centers by transit."""
    found = synthesize(tmp_path, **FIELDS)

    [inbound] = [body for body in found.resources(ENDPOINTS).values() if body["direction"] == "INBOUND"]
    assert [one["ip"] for one in inbound["ip_address"]] == ["10.0.1.53", "10.0.2.53"]
    group = groups(found)["inbound"]
    assert group["egress"] == []
    assert [(rule["protocol"], rule["from_port"], rule["cidr_blocks"]) for rule in group["ingress"]] == [
        (protocol, 53, ["35.199.192.0/19", "10.20.0.0/16", "10.21.0.0/24"]) for protocol in ("tcp", "udp")
    ]
    routes = found.resources("aws_route").values()
    assert sum(route["destination_cidr_block"] == "35.199.192.0/19" for route in routes) == 2


def test_aws_asks_the_data_centers(tmp_path: Path) -> None:
    """From a private subnet of every zone, and nobody else."""
    found = synthesize(tmp_path, **FIELDS)

    [(address, outbound)] = [
        (name, body) for name, body in found.resources(ENDPOINTS).items() if body["direction"] == "OUTBOUND"
    ]
    assert len(outbound["ip_address"]) == 2
    rule = found.one("aws_route53_resolver_rule")
    assert (rule["domain_name"], rule["rule_type"]) == ("corp.example.com", "FORWARD")
    assert rule["target_ip"] == [{"ip": "10.20.0.53", "port": 53}, {"ip": "10.21.0.53", "port": 53}]
    assert rule["resolver_endpoint_id"] == f"${{{ENDPOINTS}.{address}.id}}"
    assert "aws_route53_resolver_rule_association" in found.counts()
    group = groups(found)["outbound"]
    assert group["ingress"] == []
    assert [(one["protocol"], one["cidr_blocks"]) for one in group["egress"]] == [
        (protocol, ["10.20.0.53/32", "10.21.0.53/32"]) for protocol in ("tcp", "udp")
    ]


def test_aws_answers_what_lies_below_a_domain_of_the_data_centers(tmp_path: Path) -> None:
    """They would send the question back to the VPC, which would ask them again."""
    found = synthesize(tmp_path, **changed(FIELDS, dns__onprem__corp__domain="example.com"))

    rules = {
        one["name"]: (address, one["rule_type"], one["domain_name"], "resolver_endpoint_id" in one)
        for address, one in found.resources("aws_route53_resolver_rule").items()
    }
    assert {name: rule[1:] for name, rule in rules.items()} == {
        "kl-dev-dns-aws-aws": ("SYSTEM", "aws.example.com", False),
        "kl-dev-resolver-corp": ("FORWARD", "example.com", True),
    }
    associated = found.resources("aws_route53_resolver_rule_association").values()
    assert {one["resolver_rule_id"] for one in associated} == {
        f"${{aws_route53_resolver_rule.{address}.id}}" for address, *_ in rules.values()
    }
    assert len({one["vpc_id"] for one in associated}) == 1


def test_sides_that_are_not_joined_ask_nothing_of_each_other(tmp_path: Path) -> None:
    """AWS is asked by Cloud DNS alone, and asks nobody."""
    found = synthesize(tmp_path, **changed(FIELDS, vpn__transit=False))

    assert {body["direction"] for body in found.resources(ENDPOINTS).values()} == {"INBOUND"}
    assert groups(found)["inbound"]["ingress"][0]["cidr_blocks"] == ["35.199.192.0/19"]


def test_aws_may_ask_where_it_answers_nothing(tmp_path: Path) -> None:
    """Its VPC has the way out alone."""
    found = synthesize(tmp_path, **changed(FIELDS, dns__aws=None))

    assert {body["direction"] for body in found.resources(ENDPOINTS).values()} == {"OUTBOUND"}


def test_nothing_of_aws_without_aws(tmp_path: Path) -> None:
    """The network asks all the same."""
    fields = changed(FIELDS, dns__aws=None, aws=None, vpn__aws=None, vpn__transit=None)

    found = synthesize(tmp_path, **{key: value for key, value in fields.items() if value is not None})

    assert list(forwarding(found)) == ["corp.example.com."]
    assert ENDPOINTS not in found.counts()
