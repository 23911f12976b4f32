"""Clusters elsewhere as members of a fleet: what they need, what they are called, what they cannot have."""

from __future__ import annotations

from typing import Any

import pytest

from estate.derived.fleet.attached import attached_services, sends_telemetry
from estate.derived.google.services import needed_services
from estate.derived.share import shares
from estate.model.environment import Environment
from estate.model.rules import broken_rules
from tests.model.access.estates import environment, estate, organization
from tests.model.aws.eks_documents import ACCOUNT, AWS, CLUSTER, DEPLOYER
from tests.model.refusals import refusals
from tests.model.vmware.documents import GOOGLE, SECTION, changed

GIT = {"git": {"repo": "https://git.example.com/config.git", "secret_type": "gcenode"}}
ALONE = changed(AWS, eks_clusters__cloud__attach=None, eks_clusters__cloud__access__installer=None)
_DEPLOYER = "arn:aws:iam::123456789012:role/deploy"
PROD = changed(AWS, account_id="123456789012", deployer=_DEPLOYER, management_vpc__cidr="10.1.0.0/16") | {
    "management_vpc": {
        "cidr": "10.1.0.0/16",
        "zones": {
            f"eu-west-1{letter}": {"private": f"10.1.{i}.0/24", "public": f"10.1.1{i}.0/24"}
            for i, letter in enumerate("ab")
        },
    },
}


def refused(**fields: Any) -> dict[str, str]:
    """What an environment with the attached cluster `cloud` is refused for."""
    document = {
        "environment": "dev",
        "state": {"local": {}},
        "google": GOOGLE,
        "fleet": {},
        "aws": AWS,
        **fields,
    }
    return refusals(Environment, {key: value for key, value in document.items() if value is not None})


def test_an_attached_cluster_is_a_member() -> None:
    """Of the fleet of the host project."""
    config = environment("dev", aws=AWS)

    assert refused() == {}
    assert list(config.attached_clusters) == ["cloud"]
    assert list(environment("dev", aws=ALONE).attached_clusters) == []
    assert list(environment("dev").attached_clusters) == []


@pytest.mark.parametrize(
    ("fields", "path", "words"),
    [
        ({"google": None, "fleet": None}, "aws.eks_clusters.cloud.attach", "needs google"),
        ({"google": None}, "aws.eks_clusters.cloud.attach", "needs google"),
        ({"fleet": None}, "aws.eks_clusters.cloud.attach", "needs fleet"),
        (
            {"aws": changed(AWS, eks_clusters={"apps": CLUSTER}), "vmware": SECTION},
            "aws.eks_clusters.apps",
            "must differ from vmware.user_clusters.apps",
        ),
        (
            {"aws": changed(AWS, eks_clusters__cloud__services="10.0.0.0/16")},
            "aws.eks_clusters.cloud.services",
            "must not cover aws.management_vpc.cidr",
        ),
        (
            {"fleet": {"features": {"config_sync": GIT}}},
            "fleet.features.config_sync.git.secret_type",
            "must not be gcenode for aws.eks_clusters.cloud",
        ),
        (
            {"fleet": {"features": {"service_mesh": {"management": "automatic"}}}},
            "fleet.features.service_mesh.management",
            "must be manual in a fleet with attached clusters such as aws.eks_clusters.cloud",
        ),
        (
            {"fleet": {"features": {"service_mesh": {"clusters": {"cloud": {}}}}}},
            "fleet.features.service_mesh.clusters.cloud",
            "Google ends the mesh of attached clusters on 2027-03-17",
        ),
        (
            {"fleet": {"features": {"policy_controller": {"clusters": {"clout": {}}}}}},
            "fleet.features.policy_controller.clusters.clout",
            "must be one of vmware.user_clusters, google.gke_clusters, attached aws.eks_clusters or fleet.attached_clusters: cloud; "
            "got clout",
        ),
    ],
)
def test_a_mistake_is_refused(fields: dict[str, Any], path: str, words: str) -> None:
    """Where the file can be corrected."""
    found = refused(**fields)

    assert words in found[path]
    assert len(found) == 1


def test_settings_of_its_own_are_taken() -> None:
    """An attached cluster is named by its key, as any other."""
    features = {
        "policy_controller": {"clusters": {"cloud": {"audit_interval_seconds": 90}}},
        "service_mesh": {},
    }

    assert refused(fleet={"features": features}) == {}


def test_its_apis_are_switched_on() -> None:
    """Those that the documentation of attached clusters lists."""
    config = environment("dev", aws=AWS)

    assert {"gkemulticloud.googleapis.com", "opsconfigmonitoring.googleapis.com"} <= needed_services(config)
    assert attached_services(environment("dev", aws=ALONE)) == frozenset()


@pytest.mark.parametrize(("platform", "asks"), [("1.33.0-gke.1", True), ("1.34.0-gke.1", False)])
def test_older_platforms_ask_for_one_api_more(platform: str, asks: bool) -> None:  # noqa: FBT001 - a table
    """From 1.34 on, attached clusters belong to the standard tier."""
    section = changed(
        AWS, eks_clusters__cloud__version="1.34", eks_clusters__cloud__attach__platform_version=platform
    )

    assert ("anthos" in attached_services(environment("dev", aws=section))) is asks


def violations(*environments: Environment, **fields: Any) -> list[str]:
    """Messages of the rules that cross environments."""
    names = tuple(one.environment for one in environments)
    whole = estate(organization(promotion=names, **fields), *environments)
    return [violation.message for violation in broken_rules(whole)]


def test_a_key_is_short_enough_for_its_roles() -> None:
    """EKS would take it, and IAM does not."""
    long = "c" * 40
    section = changed(AWS, eks_clusters={long: CLUSTER})

    [message] = violations(environment("dev", aws=section))

    assert (
        f"makes the role name kl-dev-eks-{long}-aws-ebs-csi-driver with 70 characters, IAM takes 64"
        in message
    )


def test_a_short_name_may_stand_for_a_long_key() -> None:
    """And is short enough itself."""
    section = changed(AWS, eks_clusters={"c" * 40: {**CLUSTER, "short_name": "cloud"}})
    long = changed(AWS, eks_clusters={"cloud": {**CLUSTER, "short_name": "c" * 40}})

    assert violations(environment("dev", aws=section)) == []
    [message] = violations(environment("dev", aws=long))
    assert "choose another short_name" in message


def test_names_differ_within_a_fleet() -> None:
    """From those of on-prem clusters and of admin clusters too."""
    named = changed(AWS, eks_clusters__cloud__name="kl-dev-apps")
    admin = changed(AWS, eks_clusters__cloud__name="kl-dev-admin")

    [cluster] = violations(environment("dev", aws=named, vmware=SECTION))
    [administering] = violations(environment("dev", aws=admin, vmware=SECTION))

    assert "must differ in name from dev vmware.user_clusters.apps, got kl-dev-apps" in cluster
    assert "must differ in name from dev vmware.admin_cluster" in administering


def test_names_differ_within_an_account() -> None:
    """Two environments may share one, and not a cluster."""
    one = environment("dev", aws=changed(AWS, eks_clusters__cloud__name="cloud"))
    other = environment(
        "prod", aws=changed(PROD, account_id=ACCOUNT, deployer=DEPLOYER, eks_clusters__cloud__name="cloud")
    )
    elsewhere = environment("prod", aws=changed(PROD, eks_clusters__cloud__name="cloud"))

    assert [m for m in violations(one, other) if "must differ in name from dev aws.eks_clusters.cloud" in m]
    assert violations(one, elsewhere) == []


def test_on_prem_clusters_without_an_admin_cluster_take_no_names() -> None:
    """A section may be begun before there is one."""
    begun = changed(SECTION, admin_cluster=None, user_clusters=None)

    assert violations(environment("dev", aws=AWS, vmware=begun)) == []


def test_the_service_takes_ten_people() -> None:
    """More who break glass than that are too many for other reasons as well."""
    people = {
        f"p{i}": {
            "user": f"p{i}@example.com",
            "environments": ["dev"],
            "expires": "2027-01-31",
            "reason": "on call",
        }
        for i in range(11)
    }

    [message] = violations(environment("dev", aws=AWS), break_glass=people)

    assert "takes at most 10 people as administrators, got 11" in message


def test_one_environment_of_a_host_project_lets_telemetry_in() -> None:
    """The role is the project's, and stands once."""
    first, second = environment("dev"), environment("test", project="kl-shared", aws=AWS)
    third = environment("prod", project="kl-shared", owner="test", aws=PROD)
    found = shares(estate(organization(promotion=("dev", "test", "prod")), first, second, third))

    assert {name: share.lets_telemetry_in for name, share in found.items()} == {
        "dev": False,
        "test": True,
        "prod": False,
    }


def test_a_cluster_may_keep_its_logs_to_itself() -> None:
    """Ingestion is charged."""
    silent = changed(AWS, eks_clusters__cloud__attach__logging=[])

    assert not sends_telemetry(environment("dev", aws=silent))
