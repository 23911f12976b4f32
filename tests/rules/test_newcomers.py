"""An environment of which nothing is recorded makes way for those that may run, whatever the two collide with."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.organization import Organization
from estate.model.rules import Violation, broken_rules
from estate.reading.yaml_source import read
from tests.example import ENVIRONMENTS
from tests.model.vmware.documents import SECTION, changed, moved
from tests.model.vpn.documents import ENVIRONMENT as WITH_VPN

PROD: dict[str, Any] = read(ENVIRONMENTS / "prod.yaml", "prod").data
LAB: dict[str, Any] = {"environment": "lab", "state": {"local": {}}}
HOST = {"id": "kl-lab-host", "number": 123456789012}
SHARED = {"id": "kl-prod-host", "number": 456789012345, "owner": "prod"}
ADVERTISED = ["10.99.0.0/16"]


def vpc(net: str) -> dict[str, Any]:
    """An AWS section with a VPC of a /16."""
    zones = {"eu-west-1a": {"private": f"{net}.1.0/24", "public": f"{net}.4.0/24"}}
    return {
        "aws": {
            "region": "eu-west-1",
            "account_id": "012345678901",
            "management_vpc": {"cidr": f"{net}.0.0/16", "zones": zones},
        }
    }


def on_prem(host: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Clusters on VMware that register with a host project."""
    section = changed(SECTION, user_clusters={"web": moved(SECTION["user_clusters"]["apps"], "10.25.0")})
    admin = f"projects/{host['id']}/locations/global/memberships/kl-lab-admin"
    return {
        "google": {"host_project": host, "region": "europe-north1"},
        "vmware": changed(section, admin_cluster__membership=admin, **changes),
        "fleet": {},
    }


def found(newcomers: frozenset[str], prod: dict[str, Any], lab: dict[str, Any]) -> list[Violation]:
    """What is wrong with the two together, of which the newcomer comes first in promotion order."""
    environments = {
        name: Environment.model_validate(document) for name, document in (("lab", lab), ("prod", prod))
    }
    organization = Organization(name="kl", domain="example.com", promotion=("lab", "prod"))
    return broken_rules(Estate(organization, environments, newcomers=newcomers).by_age())


@pytest.mark.parametrize(
    ("changes", "newcomer", "path", "words"),
    [
        (
            {},
            vpc("192.168"),
            "aws.management_vpc.cidr",
            "must not lie in vmware.user_clusters.apps.network.pods 192.168.0.0/16 of prod, whose cluster could then",
        ),
        (
            {"vpn__advertise": ADVERTISED},
            vpc("10.99"),
            "aws.management_vpc.cidr",
            "must not overlap vpn.advertise.0 10.99.0.0/16 of prod, got 10.99.0.0/16: one range would be advertised "
            "from two sides; choose another range",
        ),
        (
            {"vpn__advertise": ADVERTISED},
            changed(WITH_VPN, environment="lab", vpn__advertise=ADVERTISED),
            "vpn.advertise.0",
            "must not overlap vpn.advertise.0 10.99.0.0/16 of prod, got 10.99.0.0/16: one range would be advertised "
            "from two sides; leave it out",
        ),
        (
            {},
            vpc("10.30"),
            "aws.management_vpc.cidr",
            "must not overlap google.network.onprem_prefixes.2 10.30.0.0/16 of prod, which is in a data center",
        ),
        (
            {},
            {"google": {"host_project": {**HOST, "id": "kl-prod-apps"}, "region": "europe-north1"}},
            "google.host_project.id",
            "must be no other environment's, got kl-prod-apps, the service project of prod",
        ),
        (
            {},
            on_prem(HOST, admin_cluster__addresses=["10.24.0.21"]),
            "vmware.admin_cluster.addresses.0",
            "must not overlap vmware.user_clusters.apps.network.node_ips.0 10.24.0.20-10.24.0.59 of prod, "
            "got 10.24.0.21 for the ",
        ),
        (
            {"vmware__user_clusters__apps__name": "kl-lab-admin"},
            on_prem(SHARED),
            "vmware.admin_cluster",
            "must differ in name from prod vmware.user_clusters.apps in the same fleet, got kl-lab-admin for both",
        ),
        (
            {},
            on_prem(SHARED, user_clusters__web__name="kl-prod-cloud"),
            "vmware.user_clusters.web",
            "must differ in name from prod google.gke_clusters.cloud in the same fleet, got kl-prod-cloud for both",
        ),
        (
            {},
            on_prem(SHARED, user_clusters__web__name="kl-prod-aws"),
            "vmware.user_clusters.web",
            "must differ in name from prod aws.eks_clusters.aws, got kl-prod-aws for both",
        ),
    ],
    ids=[
        "a range inside a cluster",
        "a range that is advertised",
        "advertised by both",
        "a range of a data center",
        "a service project",
        "an address of a node",
        "the name of an admin cluster",
        "the name of a GKE cluster",
        "the name of an EKS cluster",
    ],
)
def test_the_newcomer_is_told(
    changes: dict[str, Any], newcomer: dict[str, Any], path: str, words: str
) -> None:
    """And where none is a newcomer, the rule decides whose matter it is: never that of the first alone."""
    prod, lab = changed(PROD, **changes), {**LAB, **newcomer}

    told = [(one.path, one.message) for one in found(frozenset({"lab"}), prod, lab)]

    assert {place[0] for place, _ in told} == {"lab"}
    assert [message for place, message in told if place == ("lab", *parts(path)) and words in message]
    for newcomers in (frozenset[str](), frozenset({"lab", "prod"})):
        assert "prod" in {one.path[0] for one in found(newcomers, prod, lab)}


def parts(path: str) -> tuple[str | int, ...]:
    """A path as rules give it."""
    return tuple(int(part) if part.isdigit() else part for part in path.split("."))
