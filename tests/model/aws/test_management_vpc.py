"""The address plan of the management VPC as an environment file writes it."""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import Any

import pytest
from pydantic import TypeAdapter

from estate.model.aws.management_vpc import (
    ExistingVpcConfig,
    ManagementVpc,
    ManagementVpcConfig,
    NatGateways,
)
from tests.model.refusals import refusals

ZONE = {"private": "10.0.1.0/24", "public": "10.0.4.0/24"}
PLAN = {"cidr": "10.0.0.0/16", "zones": {"eu-west-1a": ZONE}}
EXISTING = {
    "vpc_id": "vpc-0123456789abcdef0",
    "cidr": "10.0.0.0/16",
    "zones": {"eu-west-1a": {"private": "subnet-0a", "public": "subnet-0b"}},
}


def existing(**zones: dict[str, str]) -> dict[str, Any]:
    """An existing VPC with these zones, given with underscores."""
    return {"existing": {**EXISTING, "zones": {zone.replace("_", "-"): ids for zone, ids in zones.items()}}}


def test_an_address_plan_is_enough() -> None:
    """The rest is operation: a NAT gateway a zone, flow logs for a year."""
    config = TypeAdapter[Any](ManagementVpc).validate_python(PLAN)

    assert isinstance(config, ManagementVpcConfig)
    assert config.cidr == IPv4Network("10.0.0.0/16")
    assert config.zones["eu-west-1a"].public == IPv4Network("10.0.4.0/24")
    assert (config.nat_gateways, config.flow_log_retention_days) == (NatGateways.PER_ZONE, 365)


def test_an_existing_vpc_reads_like_one_of_our_own() -> None:
    """Whoever wants its range or zones need not know which of the two it is."""
    config = TypeAdapter[Any](ManagementVpc).validate_python(
        existing(eu_west_1a={"private": "subnet-01234567", "public": "subnet-89abcdef"})
    )

    assert isinstance(config, ExistingVpcConfig)
    assert config.cidr == IPv4Network("10.0.0.0/16")
    assert config.zones["eu-west-1a"].public == "subnet-89abcdef"


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        ({"cidr": "10.0.0.0/8"}, "cidr", "between /16 and /28, got 10.0.0.0/8"),
        ({"cidr": "10.0.1.0/16"}, "cidr", "did you mean 10.0.0.0/16"),
        ({"cidr": "10.0.0.0"}, "cidr", "CIDR form"),
        ({"zones": {}}, "zones", "at least 1 item"),
        ({"zones": {"a": ZONE}}, "zones.a.[key]", "match pattern"),
        ({"zones": {"eu-west-1a": {"private": "10.0.1.0/24"}}}, "zones.eu-west-1a.public", "required"),
        (
            {"zones": {"eu-west-1a": {**ZONE, "public": "10.1.4.0/24"}}},
            "zones.eu-west-1a.public",
            "inside management_vpc.cidr 10.0.0.0/16, got 10.1.4.0/24",
        ),
        (
            {"zones": {"eu-west-1a": {**ZONE, "public": "10.0.4.0/29"}}},
            "zones.eu-west-1a.public",
            "/28 or larger, got 10.0.4.0/29",
        ),
        (
            {"zones": {"eu-west-1a": {"private": "10.0.4.0/22", "public": "10.0.4.0/24"}}},
            "zones.eu-west-1a.public",
            "overlaps zones.eu-west-1a.private 10.0.4.0/22",
        ),
        (
            {"zones": {"eu-west-1a": ZONE, "eu-west-1b": {**ZONE, "public": "10.0.5.0/24"}}},
            "zones.eu-west-1b.private",
            "overlaps zones.eu-west-1a.private 10.0.1.0/24",
        ),
        ({"nat_gateways": "none"}, "nat_gateways", "'per_zone' or 'single'"),
        ({"flow_log_retention_days": 100}, "flow_log_retention_days", "Input should be 1, 3"),
        ({"flow_log_retention_days": "365"}, "flow_log_retention_days", "Input should be 1, 3"),
        ({"flow_log_retention_days": True}, "flow_log_retention_days", "Input should be 1, 3"),
        ({"vpc_cidr": "10.0.0.0/16"}, "vpc_cidr", "not permitted"),
    ],
    ids=[
        "vpc too large",
        "host bits",
        "no prefix",
        "no zone",
        "zone by letter",
        "no public subnet",
        "subnet elsewhere",
        "subnet too small",
        "overlap in a zone",
        "overlap of zones",
        "no NAT",
        "retention not offered",
        "retention quoted",
        "retention yes",
        "unknown key",
    ],
)
def test_refuses(changes: dict[str, Any], path: str, words: str) -> None:
    """Each mistake is reported at the field that has to change."""
    found = refusals(ManagementVpc, {**PLAN, **changes})

    assert list(found) == [path]
    assert words in found[path]


@pytest.mark.parametrize(
    ("document", "path", "words"),
    [
        (
            existing(eu_west_1a={"private": "subnet-01234567", "public": "subnet-01234567"}),
            "existing.zones.eu-west-1a.public",
            "subnet-01234567 stands here a second time",
        ),
        (
            existing(
                eu_west_1a={"private": "subnet-01234567", "public": "subnet-89abcdef"},
                eu_west_1b={"private": "subnet-76543210", "public": "subnet-89abcdef"},
            ),
            "existing.zones.eu-west-1b.public",
            "subnet-89abcdef stands here a second time",
        ),
        (
            existing(eu_west_1a={"private": "10.0.1.0/24", "public": "subnet-89abcdef"}),
            "existing.zones.eu-west-1a.private",
            "match pattern",
        ),
        (
            {**existing(eu_west_1a={"private": "subnet-01234567", "public": "subnet-89abcdef"}), **PLAN},
            "cidr",
            "not permitted",
        ),
    ],
    ids=["same subnet twice", "same subnet in two zones", "range for an id", "both kinds at once"],
)
def test_refuses_existing(document: dict[str, Any], path: str, words: str) -> None:
    """A VPC of somebody else's is named by ids, each of them once."""
    found = refusals(ManagementVpc, document)

    assert words in found[path]


def test_reports_every_subnet_that_is_wrong() -> None:
    """One run tells everything that has to change."""
    zones = {
        "eu-west-1a": {"private": "10.1.1.0/24", "public": "10.1.4.0/24"},
        "eu-west-1b": {"private": "10.0.2.0/24", "public": "10.0.2.0/25"},
    }

    assert sorted(refusals(ManagementVpc, {**PLAN, "zones": zones})) == [
        "zones.eu-west-1a.private",
        "zones.eu-west-1a.public",
        "zones.eu-west-1b.public",
    ]
