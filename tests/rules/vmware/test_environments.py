"""On-prem clusters beside the rest of their environment, and beside those of other environments."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.organization import Organization
from estate.model.rules import broken_rules
from tests.model.refusals import refusals
from tests.model.vmware.documents import ADMIN, CLUSTER, GOOGLE, MANUAL, SECTION, changed, moved

ENVIRONMENT: dict[str, Any] = {
    "environment": "dev",
    "state": {"local": {}},
    "google": GOOGLE,
    "vmware": SECTION,
    "fleet": {},
}
AWS = {
    "region": "eu-west-1",
    "account_id": "012345678901",
    "management_vpc": {
        "cidr": "10.0.0.0/16",
        "zones": {"eu-west-1a": {"private": "10.0.1.0/24", "public": "10.0.4.0/24"}},
    },
}
ORGANIZATION = Organization.model_validate(
    {"name": "kl", "domain": "example.com", "promotion": ["dev", "prod"]}
)
OTHER_HOST = {"host_project": {"id": "kl-prod-host", "number": 210987654321}, "region": "europe-north1"}
OTHER_ADMIN = {
    "membership": "projects/kl-prod-host/locations/global/memberships/kl-prod-admin",
    "version": "1.35.0-gke.525",
}
OTHER = changed(
    ENVIRONMENT,
    environment="prod",
    google=OTHER_HOST,
    vmware={
        "location": "europe-north1",
        "admin_cluster": OTHER_ADMIN,
        "user_clusters": {"apps": moved(CLUSTER, "10.22.0")},
    },
)


def violations(*documents: dict[str, Any]) -> dict[str, str]:
    """Message by environment and dotted path of every broken rule that crosses environments."""
    environments = {document["environment"]: Environment.model_validate(document) for document in documents}
    found = broken_rules(Estate(ORGANIZATION, environments))
    return {f"{one.path[0]}: {'.'.join(map(str, one.path[1:]))}": one.message for one in found}


def test_on_prem_and_cloud_stand_side_by_side() -> None:
    """Nothing overlaps, and nothing covers the other."""
    assert refusals(Environment, {**ENVIRONMENT, "aws": AWS}) == {}


def test_a_load_balancer_may_stand_in_the_subnet_of_a_neighbour() -> None:
    """An address there that nobody else uses is no overlap of two plans."""
    data = changed(
        moved(CLUSTER, "10.22.0"),
        load_balancer={"manual": MANUAL | {"ingress_vip": "10.21.0.100"}},
        node_pools__balancers__load_balancer=False,
    )

    assert refusals(Environment, changed(ENVIRONMENT, vmware__user_clusters__data=data)) == {}


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        ({"fleet": None}, "vmware", "needs fleet: clusters on VMware register themselves"),
        (
            {"vmware__user_clusters__apps": moved(CLUSTER, "10.0.7")},
            "aws.management_vpc.cidr",
            "must not overlap vmware.user_clusters.apps.network.cidr 10.0.7.0/24, got 10.0.0.0/16",
        ),
        (
            {"vmware__user_clusters__apps__network__services": "10.0.16.0/20"},
            "vmware.user_clusters.apps.network.services",
            "must not cover aws.management_vpc.cidr 10.0.0.0/16",
        ),
        (
            {"vmware__admin_cluster__addresses": ["10.0.7.5"]},
            "vmware.admin_cluster.addresses.0",
            "must not overlap aws.management_vpc.cidr 10.0.0.0/16, got 10.0.7.5 for the admin cluster",
        ),
        (
            {"vmware__user_clusters__apps__network__pods": "10.21.0.0/16"},
            "vmware.user_clusters.apps.network.pods",
            "must not cover vmware.user_clusters.apps.network.cidr 10.21.0.0/24",
        ),
        (
            {
                "vmware__user_clusters__apps__network__pods": "10.22.0.0/16",
                "vmware__user_clusters__data": moved(CLUSTER, "10.22.0"),
            },
            "vmware.user_clusters.apps.network.pods",
            "must not cover vmware.user_clusters.data.network.cidr 10.22.0.0/24",
        ),
    ],
    ids=[
        "no fleet",
        "subnet in the VPC",
        "services over the VPC",
        "admin cluster in the VPC",
        "pods over nodes",
        "pods over neighbours",
    ],
)
def test_an_environment_refuses(changes: dict[str, Any], path: str, words: str) -> None:
    """Each mistake is reported at the field that has to change."""
    found = refusals(Environment, changed({**ENVIRONMENT, "aws": AWS}, **changes))

    assert list(found) == [path]
    assert words in found[path]


def test_on_prem_clusters_need_a_host_project() -> None:
    """Said once, although their fleet needs it too."""
    found = refusals(Environment, changed(ENVIRONMENT, google=None))

    assert list(found) == ["vmware"]
    assert "needs google with the host_project that the clusters register with" in found["vmware"]


def test_environments_with_plans_of_their_own_stand_side_by_side() -> None:
    """Islands repeat, node networks do not; the same key makes two names."""
    assert violations(ENVIRONMENT, OTHER) == {}


def test_two_files_may_speak_of_one_admin_cluster() -> None:
    """With the same addresses, which are its own."""
    shared = changed(OTHER, vmware__admin_cluster=ADMIN)

    assert violations(ENVIRONMENT, shared) == {}


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        (
            {"vmware__user_clusters__apps": CLUSTER},
            "prod: vmware.user_clusters.apps.network.cidr",
            "overlaps vmware.user_clusters.apps.network.cidr 10.21.0.0/24 of dev",
        ),
        (
            {"vmware__user_clusters__apps__network__pods": "10.21.0.0/16"},
            "prod: vmware.user_clusters.apps.network.pods",
            "must not cover vmware.user_clusters.apps.network.cidr 10.21.0.0/24 of dev",
        ),
        (
            {"vmware__admin_cluster": {**ADMIN, "version": "1.36.0-gke.532"}},
            "prod: vmware.admin_cluster.version",
            "must be 1.35.0-gke.525, as dev says of the same admin cluster, got 1.36.0-gke.532",
        ),
        (
            {"vmware__admin_cluster__addresses": ["10.20.21.12-10.20.21.14"]},
            "prod: vmware.admin_cluster.addresses.0",
            "must not overlap 10.20.21.10-10.20.21.12 of dev's admin cluster",
        ),
        (
            {"vmware__user_clusters__apps": moved(CLUSTER, "10.20.21")},
            "prod: vmware.user_clusters.apps.control_plane.vip",
            "must not overlap vmware.admin_cluster.addresses.0 10.20.21.5 of dev",
        ),
        (
            {
                "vmware__user_clusters": {
                    "a-key-of-forty-characters-which-is-a-lot": moved(CLUSTER, "10.22.0")
                }
            },
            "prod: vmware.user_clusters.a-key-of-forty-characters-which-is-a-lot",
            "with 48 characters, at most 40",
        ),
        (
            {
                "google": changed(GOOGLE, host_project__owner="dev"),
                "vmware__user_clusters__apps__name": "kl-dev-apps",
            },
            "prod: vmware.user_clusters.apps",
            "must differ in name from dev vmware.user_clusters.apps in the same fleet, got kl-dev-apps",
        ),
        (
            {"vmware__user_clusters__apps__name": "kl-prod-admin"},
            "prod: vmware.user_clusters.apps",
            "must differ in name from prod vmware.admin_cluster in the same fleet, got kl-prod-admin",
        ),
    ],
    ids=[
        "same subnet",
        "pods over nodes",
        "two claims",
        "admin clusters",
        "admin addresses",
        "long name",
        "same name",
        "name of the admin cluster",
    ],
)
def test_an_estate_refuses(changes: dict[str, Any], path: str, words: str) -> None:
    """Each mistake is reported in the file and at the field that has to change."""
    found = violations(ENVIRONMENT, changed(OTHER, **changes))

    assert path in found
    assert words in found[path]
