"""The VPNs of an environment against its other sections."""

from __future__ import annotations

from typing import Any

import pytest

from estate.derived.google.allows import allows
from estate.derived.google.authorized import authorized_networks
from estate.derived.google.services import needed_services
from estate.derived.vpn.routes import advertised, from_aws, written_out
from estate.model.environment import Environment
from estate.model.google.firewall import OWN_OPENINGS
from tests.model.google.documents import CLUSTER
from tests.model.refusals import refusals
from tests.model.vmware.documents import SECTION, changed
from tests.model.vpn.documents import ENVIRONMENT

WITH_CLUSTERS: dict[str, Any] = {
    **ENVIRONMENT,
    "vmware": changed(SECTION, user_clusters__apps__network__dns=["10.20.0.53"]),
    "fleet": {},
}
SERVICE_PROJECTS = {"apps": {"id": "kl-dev-apps", "number": 523456789012}}
EXISTING = {
    "existing": {
        "vpc_id": "vpc-0123456789abcdef0",
        "cidr": "10.0.0.0/16",
        "zones": {
            "eu-west-1a": {"private": "subnet-0123456789abcdef0", "public": "subnet-0123456789abcdef1"}
        },
    }
}


def test_a_valid_environment_is_refused_nothing() -> None:
    """With and without on-prem clusters."""
    assert refusals(Environment, ENVIRONMENT) == {}
    assert refusals(Environment, WITH_CLUSTERS) == {}


@pytest.mark.parametrize(
    ("changes", "path", "reason"),
    [
        ({"google__network": None}, "vpn", "needs google.network"),
        ({"google": None}, "vpn", "needs google.network"),
        ({"aws": None}, "vpn.aws", "needs aws.management_vpc"),
        ({"aws__management_vpc": None}, "vpn.aws", "needs aws.management_vpc"),
        ({"aws__management_vpc": EXISTING}, "vpn.aws", "of this environment's own"),
        (
            {"google__network__onprem_prefixes": []},
            "google.network.onprem_prefixes",
            "is needed with vpn.onprem",
        ),
        (
            {"google__network__onprem_prefixes": ["10.0.8.0/24"]},
            "google.network.onprem_prefixes.0",
            "must not overlap aws.management_vpc.cidr 10.0.0.0/16, which is in a cloud",
        ),
        (
            {"google__network__onprem_prefixes": [f"10.20.{third}.0/24" for third in range(201)]},
            "google.network.onprem_prefixes",
            "must have at most 200 ranges, for which the policies of a Cloud Router have room, got 201",
        ),
        (
            {"vpn__advertise": ["10.20.1.0/24"]},
            "vpn.advertise.0",
            "google.network.onprem_prefixes.0 10.20.0.0/16",
        ),
        ({"vpn__advertise": ["10.64.0.0/16"]}, "vpn.advertise.0", "google.network.subnets.gke.cidr"),
        (
            {"vpn__advertise": [f"100.64.{third}.0/24" for third in range(200)]},
            "vpn.onprem",
            "at most 200 ranges",
        ),
    ],
)
def test_refuses_what_does_not_fit(changes: dict[str, Any], path: str, reason: str) -> None:
    """Each mistake at the key to change."""
    assert reason in refusals(Environment, changed(ENVIRONMENT, **changes))[path]


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({}, False),
        ({"region": "europe-west4"}, True),
        ({"region": "europe-west4", "global_access": True}, False),
        ({"region": "europe-west4", "private_endpoint": False}, False),
    ],
    ids=["same region", "another region", "reached from all", "no address"],
)
def test_aws_reaches_control_planes_of_other_regions_by_global_access(
    changes: dict[str, Any],
    refused: bool,  # noqa: FBT001 - a case of the test
) -> None:
    """Where there are data centers too, a rule of theirs asks for it already."""
    region = changes.get("region", "europe-north1")
    own = {key: value for key, value in changes.items() if key != "region"}
    document = changed(
        ENVIRONMENT,
        vpn__onprem=None,
        vpn__transit=None,
        fleet={},
        google__network__onprem_prefixes=None,
        google__network__subnets__gke__region=region,
        google__kms_keys={"secrets": {"location": region}},
        google__gke_clusters={"cloud": {**CLUSTER, **own}},
        google__service_projects=SERVICE_PROJECTS,
    )

    found = refusals(Environment, document)

    assert list(found) == (["google.gke_clusters.cloud.global_access"] if refused else [])


def test_clusters_need_no_on_prem_vpn() -> None:
    """An environment may be joined to AWS alone."""
    document = changed(WITH_CLUSTERS, vpn__onprem=None, vpn__transit=None)

    assert refusals(Environment, document) == {}


@pytest.mark.parametrize(
    ("transit", "to_onprem", "to_aws"),
    [
        (False, [], []),
        (True, ["10.0.0.0/16"], ["10.20.0.0/16", "10.21.0.0/24"]),
    ],
    ids=["apart", "joined"],
)
def test_advertises_each_side_to_the_other_only_where_that_is_said(
    transit: bool,  # noqa: FBT001 - a case of the test
    to_onprem: list[str],
    to_aws: list[str],
) -> None:
    """Cloud Router passes nothing on that it has learned."""
    environment = Environment.model_validate(
        changed(ENVIRONMENT, vpn__transit=transit, vpn__advertise=["100.64.0.0/24"])
    )

    google = ["10.64.0.0/20", "10.68.0.0/16", "10.72.0.0/20", "100.64.0.0/24"]
    assert list(map(str, advertised(environment, "onprem"))) == [*to_onprem, *google, "199.36.153.8/30"]
    assert list(map(str, advertised(environment, "aws"))) == [*to_aws, *google]


@pytest.mark.parametrize(("by", "whole"), [("advertisements", True), ("both", True), ("hub", False)])
def test_what_a_hub_passes_on_is_told_and_not_written_out(by: str, *, whole: bool) -> None:
    """Routes in AWS and tickets for firewalls are of what is told; sessions say what is not learned."""
    environment = Environment.model_validate(changed(ENVIRONMENT, vpn__transit_by=by))
    other = {"onprem": {"10.0.0.0/16"}, "aws": {"10.20.0.0/16", "10.21.0.0/24"}}

    for side, ranges in other.items():
        told = set(map(str, advertised(environment, side)))
        assert ranges <= told
        assert set(map(str, written_out(environment, side))) == (told if whole else told - ranges)


def test_a_hub_needs_an_api() -> None:
    """Which is switched on with it."""
    name = "networkconnectivity.googleapis.com"

    assert name in needed_services(Environment.model_validate(changed(ENVIRONMENT, vpn__transit_by="hub")))
    assert name not in needed_services(Environment.model_validate(ENVIRONMENT))


def test_an_environment_without_vpns_advertises_nothing() -> None:
    """There is nobody to tell, and nobody comes in from AWS."""
    environment = Environment.model_validate(changed(ENVIRONMENT, vpn=None))

    assert advertised(environment, "aws") == ()
    assert written_out(environment, "aws") == ()
    assert from_aws(environment) == ()


def test_what_comes_in_from_aws_is_let_in_beside_the_data_centers() -> None:
    """At gateways and at the private address of the API, which has to be in what AWS is told."""
    environment = Environment.model_validate(
        changed(
            ENVIRONMENT,
            fleet={},
            google__kms_keys={"secrets": {}},
            google__gke_clusters={"cloud": CLUSTER},
            google__service_projects=SERVICE_PROJECTS,
            google__network__proxy_subnets={"internal": {"cidr": "10.73.0.0/23"}},
        )
    )
    assert environment.google is not None
    cluster = environment.google.gke_clusters["cloud"]

    table = {allow.key: (list(map(str, allow.sources)), allow.ports) for allow in allows(environment)}
    assert table["onprem"] == (["10.20.0.0/16", "10.21.0.0/24"], ("icmp", "tcp:443"))
    assert set(table) == OWN_OPENINGS
    assert table["aws"] == (["10.0.0.0/16"], ("icmp", "tcp:443"))
    # Nothing in AWS calls the API of a cluster in Google Cloud.
    assert list(authorized_networks(environment, cluster)) == ["onprem 10.20.0.0/16", "onprem 10.21.0.0/24"]
    for side in ("onprem", "aws"):
        assert cluster.control_plane_cidr in advertised(environment, side)
        assert "10.73.0.0/23" not in map(str, advertised(environment, side))
