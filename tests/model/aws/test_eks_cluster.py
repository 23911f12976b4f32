"""EKS clusters as an environment file writes them: what is refused, with the mistake that a person makes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from estate.facts.aws.eks_versions import minor_number, platforms_for, versions
from estate.model.aws.aws import AwsConfig
from estate.model.aws.eks_access import EksEndpoint
from estate.model.aws.eks_cluster import EksClusterConfig, LogType
from estate.model.aws.eks_node_group import EksNodeGroupConfig
from estate.model.base import Model
from estate.reading.loader import validate
from tests.model.aws.eks_documents import (
    ACCOUNT,
    AWS,
    CLUSTER,
    DEPLOYER,
    GROUP,
    PEOPLE,
    PIPELINE,
    SCALING,
    ZONES,
)
from tests.model.refusals import refusals
from tests.model.vmware.documents import changed
from tests.reading.sample import source

GRAVITON = {**GROUP, "instance_types": ["m7g.large"]}
TAINT = {"key": "dedicated", "value": "batch", "effect": "NO_SCHEDULE"}
RANGES = [f"198.51.{i}.0/24" for i in range(41)]


def refused(**changes: Any) -> dict[str, str]:
    """What the section is refused for with other values in its cluster."""
    return refusals(AwsConfig, {**AWS, "eks_clusters": {"cloud": changed(CLUSTER, **changes)}})


def test_the_least_cluster_is_valid() -> None:
    """With defaults for operation, and none for identity and addresses."""
    config = EksClusterConfig.model_validate(CLUSTER)

    assert refused() == {}
    assert config.log_types == tuple(LogType)
    assert config.endpoint.public_from == ()
    assert config.name_in("kl", "dev", "cloud") == "kl-dev-cloud"


def test_a_cluster_need_not_be_attached() -> None:
    """It has no installer then."""
    assert refused(attach=None, access__installer=None) == {}


def test_a_kept_name_survives_another_key() -> None:
    """Another one would replace the cluster."""
    config = EksClusterConfig.model_validate({**CLUSTER, "name": "old"})

    assert config.name_in("kl", "dev", "cloud") == "old"


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        ({"version": "1.36.1"}, "version", "pattern"),
        ({"version": "1.20"}, "version", "must be a known version, 1.33, 1.34, 1.35, 1.36; got 1.20"),
        (
            {"version": "1.33", "attach__platform_version": "1.33.0-gke.1"},
            "version",
            "left standard support on 2026-07-29, got 1.33",
        ),
        (
            {"version": "1.34"},
            "attach.platform_version",
            "must be of 1.33 or 1.34 for Kubernetes 1.34, got 1.35.0-gke.1",
        ),
        ({"attach__platform_version": "1.35"}, "attach.platform_version", "pattern"),
        ({"attach__location": "Frankfurt"}, "attach.location", "pattern"),
        ({"attach__logging": ["workloads", "workloads"]}, "attach.logging.1", "a second time"),
        ({"services": "172.20.0.0/25"}, "services", "must be a /12 to /24"),
        ({"services": "8.8.0.0/16"}, "services", "must be a /12 to /24 of 10.0.0.0/8"),
        ({"log_types": ["api"]}, "log_types", "must have audit"),
        ({"log_types": ["audit", "audit"]}, "log_types.1", "a second time"),
        ({"log_types": []}, "log_types", "at least 1"),
        ({"log_retention_days": 100}, "log_retention_days", "Input should be 1, 3"),
        ({"kms_key": "absent"}, "kms_key", "must be one of kms_keys: secrets"),
        ({"name": "Cloud"}, "name", "pattern"),
        ({"role": PEOPLE.replace(ACCOUNT, "210987654321")}, "role", f"must be a role of account {ACCOUNT}"),
        ({"role": PEOPLE.replace(":role/", ":user/")}, "role", f"must be a role of account {ACCOUNT}"),
        ({"name": "c" * 64}, "name", "pattern"),
        ({"addon_versions": {"coredns": "1.12"}}, "addon_versions.coredns", "pattern"),
        ({"addon_versions": {"calico": "v1.0.0-eksbuild.1"}}, "addon_versions.calico.[key]", "vpc-cni"),
        ({"endpoint__public_from": ["0.0.0.0/0"]}, "endpoint.public_from.0", "to the internet"),
        ({"endpoint__private_from": ["0.0.0.0/0"]}, "endpoint.private_from.0", "to the internet"),
        (
            {"endpoint__public_from": ["10.30.0.0/16"]},
            "endpoint.public_from.0",
            "did you mean private_from?",
        ),
        ({"endpoint__public_from": RANGES}, "endpoint.public_from", "at most 40"),
        ({"endpoint": {}}, "endpoint", "nobody reaches the cluster's API"),
        (
            {"access__administrators": {"ci": DEPLOYER}},
            "access.administrators",
            f"must have one who is not the deployer, got {DEPLOYER}",
        ),
        ({"access": {"installer": PIPELINE}}, "access.administrators", "Field required"),
        ({"access__administrators": {}}, "access.administrators", "at least 1"),
        (
            {"access__administrators": {"platform": PIPELINE}},
            "access.administrators.platform",
            "must not be the installer",
        ),
        (
            {"access__administrators": {"a": PEOPLE, "b": PEOPLE}},
            "access.administrators.b",
            "must differ from a",
        ),
        (
            {"access__administrators": {"a": PEOPLE, "b": PEOPLE.replace(":role/", ":role/teams/infra/")}},
            "access.administrators.b",
            "must differ from a",
        ),
        (
            {"access__administrators": {"ci": DEPLOYER.replace(":role/", ":role/pipelines/")}},
            "access.administrators",
            "must have one who is not the deployer",
        ),
        (
            {"access__administrators": {"platform": SCALING}},
            "access.administrators.platform",
            "no service-linked role",
        ),
        ({"access__installer": SCALING}, "access.installer", "no service-linked role"),
        ({"access__installer": None}, "access.installer", "is needed with attach"),
        ({"attach": None}, "access.installer", "must be left out without attach"),
    ],
)
def test_a_mistake_in_the_cluster_is_refused(changes: dict[str, Any], path: str, words: str) -> None:
    """Before it costs the half hour that a cluster takes to fail."""
    found = refused(**changes)

    assert words in found[f"eks_clusters.cloud.{path}"]
    assert len(found) == 1


def test_a_version_out_of_standard_support_is_said() -> None:
    """It costs six times the price, and is for clusters that are still to be upgraded."""
    older = {"version": "1.33", "attach__platform_version": "1.33.0-gke.1"}

    assert refused(**older, support="extended") == {}


@pytest.mark.parametrize(
    ("group", "path", "words"),
    [
        ({"instance_types": []}, "instance_types", "at least 1"),
        ({"instance_types": ["m7i.large"] * 21}, "instance_types", "at most 20"),
        ({"instance_types": ["m7i.large", "large"]}, "instance_types.1", "pattern"),
        ({"instance_types": ["m7i.large", "m7g.large"]}, "instance_types.1", "make two groups"),
        ({"instance_types": ["m7i.large", "m7i.large"]}, "instance_types.1", "a second time"),
        ({"min_size": 4}, "min_size", "must be at most max_size 3"),
        ({"max_size": 451}, "max_size", "less than or equal to 450"),
        ({"max_unavailable": 4}, "max_unavailable", "must be at most max_size 3"),
        ({"zones": ["eu-west-1d"]}, "zones.0", "must be one of management_vpc.zones"),
        ({"zones": ["eu-west-1a", "eu-west-1a"]}, "zones.1", "a second time"),
        ({"version": "1.31"}, "version", "must be at most 3 minor versions behind the cluster's 1.35"),
        ({"version": "1.36"}, "version", "not ahead of it"),
        ({"volume": {"kms_key": "absent"}}, "volume.kms_key", "must be one of kms_keys"),
        ({"volume": {"size_gib": 4}}, "volume.size_gib", "greater than or equal to 8"),
        (
            {"volume": {"size_gib": 19}},
            "volume.size_gib",
            "must be at least 20, which EKS's image takes, got 19",
        ),
        ({"labels": {"node.kubernetes.io/x": "y"}}, "labels.node.kubernetes.io/x", "keeps to itself"),
        ({"labels": {"eks.amazonaws.com/x": "y"}}, "labels.eks.amazonaws.com/x", "keeps to itself"),
        ({"taints": [TAINT] * 51}, "taints", "at most 50"),
    ],
)
def test_a_mistake_in_a_node_group_is_refused(group: dict[str, Any], path: str, words: str) -> None:
    """Each where it stands."""
    groups = {"default": GROUP, "other": {**GROUP, **group}}

    found = refused(node_groups=groups)

    assert words in found[f"eks_clusters.cloud.node_groups.other.{path}"]
    assert len(found) == 1


def test_what_a_node_group_may_be() -> None:
    """Arm or x86, older by three minor versions, in one zone, with labels of one's own."""
    other = {
        **GRAVITON,
        "version": "1.32",
        "zones": ["eu-west-1a"],
        "labels": {"workload": "batch", "example.com/tier": "a"},
        "taints": [TAINT],
    }

    assert refused(node_groups={"default": GROUP, "other": other}) == {}


@pytest.mark.parametrize(
    "group",
    [{"taints": [TAINT]}, {"min_size": 0}, {"taints": [{**TAINT, "effect": "NO_EXECUTE"}]}],
    ids=["tainted", "may be empty", "evicting"],
)
def test_pods_without_tolerations_need_a_node(group: dict[str, Any]) -> None:
    """DNS, and Google's agents, without which the cluster is never attached."""
    found = refused(node_groups={"default": {**GROUP, **group}})

    assert "must have a group with min_size of at least 1" in found["eks_clusters.cloud.node_groups"]


def test_a_taint_that_only_advises_keeps_nobody_out() -> None:
    """Pods land there when there is nowhere else."""
    assert refused(node_groups__default__taints=[{**TAINT, "effect": "PREFER_NO_SCHEDULE"}]) == {}


def test_there_are_at_most_thirty_groups() -> None:
    """AWS's quota for a cluster."""
    groups = {f"g{i}": GROUP for i in range(31)}

    assert "at most 30" in refused(node_groups=groups)["eks_clusters.cloud.node_groups"]


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        ({"management_vpc": None}, "eks_clusters.cloud", "needs management_vpc"),
        (
            {"management_vpc__zones": {"eu-west-1a": ZONES["eu-west-1a"]}},
            "eks_clusters.cloud",
            "needs 2 zones in management_vpc",
        ),
        ({"deployer": None}, "deployer", "EKS has it grant eks_clusters.cloud the use of kms_keys.secrets"),
        (
            {"deployer": "arn:aws:iam::999999999999:role/deploy"},
            "deployer",
            f"must be of account {ACCOUNT}, as account_id says",
        ),
        (
            {"eks_clusters__cloud__node_groups__default": {**GROUP, "volume": {"kms_key": "secrets"}}},
            "kms_keys.secrets.users",
            f"must name {SCALING}, which starts the nodes of eks_clusters.cloud.node_groups.default",
        ),
    ],
    ids=[
        "no network",
        "one zone",
        "nobody who applies",
        "deployer of another account",
        "key without the nodes' starter",
    ],
)
def test_a_cluster_fits_the_rest_of_its_section(changes: dict[str, Any], path: str, words: str) -> None:
    """Each of these fails in AWS, some after half an hour."""
    found = refusals(AwsConfig, changed(AWS, **changes))

    assert words in found[path]
    assert len(found) == 1


def test_an_existing_key_is_its_owners_business() -> None:
    """Its policy is not in this file."""
    arn = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    group = {**GROUP, "volume": {"kms_key": "secrets"}}

    assert (
        refusals(
            AwsConfig,
            changed(
                AWS,
                deployer=None,
                kms_keys__secrets={"existing": {"key_arn": arn}},
                eks_clusters__cloud__node_groups__default=group,
            ),
        )
        == {}
    )


def test_a_bastion_is_a_way_in() -> None:
    """With it, no range need be named."""
    with_bastion = changed(AWS, eks_clusters__cloud__endpoint={})

    assert refusals(AwsConfig, {**with_bastion, "bastion": {"access": "session_manager"}}) == {}


def test_versions_have_their_source() -> None:
    """A platform version goes with its own minor version and the next."""
    known = versions()

    assert list(known.kubernetes) == sorted(known.kubernetes, key=minor_number)
    assert platforms_for("1.35") == ("1.34", "1.35")
    assert not known.kubernetes["1.33"].standard
    assert [name for name in known.kubernetes if not platforms_for(name)] == []


@pytest.mark.parametrize(
    ("model", "key", "words"),
    [
        (EksClusterConfig, "aws_auth", "access entries stand in its place"),
        (EksClusterConfig, "pods", "addresses of the VPC's private subnets"),
        (EksEndpoint, "public", "list them there"),
        (EksNodeGroupConfig, "desired_size", "whoever scales the group"),
        (EksNodeGroupConfig, "ami_type", "follows from instance_types"),
    ],
)
def test_keys_of_the_provider_are_refused_with_the_reason(
    tmp_path: Path, model: type[Model], key: str, words: str
) -> None:
    """People know them from elsewhere."""
    problems = validate(source(tmp_path, f"{key}: false\n"), model).problems

    assert words in next(problem.message for problem in problems if problem.path == key)
