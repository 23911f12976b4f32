"""The VPNs of an environment against its other sections."""

from __future__ import annotations

from typing import Any

import pytest

from environments.model.environment import Environment
from environments.model.vpn.routes import advertised
from tests.environments.model.refusals import refusals
from tests.environments.model.vmware.documents import SECTION, changed
from tests.environments.model.vpn.documents import ENVIRONMENT

WITH_CLUSTERS: dict[str, Any] = {**ENVIRONMENT, "vmware": SECTION, "fleet": {}}
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
        ({"vpn__onprem__prefixes": ["10.0.0.0/8"]}, "vpn.onprem.prefixes.0", "advertised from two sides"),
        ({"vpn__onprem__prefixes": ["10.0.8.0/24"]}, "vpn.onprem.prefixes.0", "aws.management_vpc.cidr"),
        (
            {"vpn__onprem__prefixes": ["10.68.1.0/24"]},
            "vpn.onprem.prefixes.0",
            "google.network.subnets.gke.pods",
        ),
        ({"vpn__advertise": ["10.20.1.0/24"]}, "vpn.advertise.0", "vpn.onprem.prefixes.0 10.20.0.0/16"),
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


def test_refuses_an_on_prem_cluster_that_the_clouds_do_not_reach() -> None:
    """Its network has to be in what the on-prem side advertises."""
    document = changed(WITH_CLUSTERS, vpn__onprem__prefixes=["10.20.0.0/16"])

    assert (
        "must hold vmware.user_clusters.apps.network.cidr 10.21.0.0/24"
        in (refusals(Environment, document)["vpn.onprem.prefixes"])
    )


def test_refuses_pods_that_cover_the_on_prem_network() -> None:
    """Inside the cluster those addresses are pods."""
    document = changed(
        WITH_CLUSTERS, vpn__onprem__prefixes=["10.20.0.0/16", "10.21.0.0/24", "192.168.7.0/24"]
    )

    assert (
        "must not cover vpn.onprem.prefixes.2 192.168.7.0/24"
        in (refusals(Environment, document)["vmware.user_clusters.apps.network.pods"])
    )


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
        changed(ENVIRONMENT, vpn__transit=transit, vpn__advertise=["199.36.153.8/30"])
    )

    google = ["10.64.0.0/20", "10.68.0.0/16", "10.72.0.0/20", "199.36.153.8/30"]
    assert list(map(str, advertised(environment, "onprem"))) == [*to_onprem, *google]
    assert list(map(str, advertised(environment, "aws"))) == [*to_aws, *google]


def test_an_environment_without_vpns_advertises_nothing() -> None:
    """There is nobody to tell."""
    assert advertised(Environment.model_validate(changed(ENVIRONMENT, vpn=None)), "aws") == ()
