"""What hybrid check says of what scales, encrypts and asks in EKS clusters."""

from __future__ import annotations

import pytest

from tests.model.access.estates import environment, estate, organization
from tests.model.aws.eks_documents import ACCOUNT, AWS, CLUSTER, GROUP, PEOPLE, SCALING
from tests.model.vmware.documents import changed
from tests.operations.cards.asking import contents, steps, warnings


@pytest.mark.parametrize(
    ("scaler", "sizes", "words"),
    [
        (None, (1, 3), ["cloud, which stays at 1 node and never has 3"]),
        (None, (2, 3), ["cloud, which stays at 2 nodes and never has 3"]),
        (None, (3, 3), []),
        ("other", (1, 3), []),
        ("cluster_autoscaler", (1, 3), []),
    ],
)
def test_a_group_that_nothing_scales_is_warned_of(
    scaler: str | None, sizes: tuple[int, int], words: list[str]
) -> None:
    """EKS itself never leaves the number that a group was made with."""
    group = {**GROUP, "min_size": sizes[0], "max_size": sizes[1]}
    said = {"scaler": scaler} if scaler else {}
    section = changed(AWS, eks_clusters__cloud={**CLUSTER, **said, "node_groups": {"default": group}})

    found = [one for one in warnings(environment("dev", aws=section)) if "nothing scales" in one]

    assert len(found) == len(words)
    assert all(part in text for part, text in zip(words, found, strict=True))


def test_a_key_without_a_use_is_told_of() -> None:
    """One that somebody else may use is for them, one of a cluster or its volumes for these."""
    keys = {
        "secrets": {},
        "volumes": {},
        "disks": {"users": [SCALING]},
        "lent": {"users": [PEOPLE]},
        "idle": {},
    }
    section = changed(
        AWS,
        kms_keys=keys,
        eks_clusters__cloud__volumes_key="volumes",
        eks_clusters__cloud__node_groups__default={**GROUP, "volume": {"kms_key": "disks"}},
    )

    found = [one for one in warnings(environment("dev", aws=section)) if "nothing is encrypted" in one]

    assert found == ["nothing is encrypted with aws.kms_keys.idle, and nobody may use it"]


def test_a_group_without_nodes_never_has_any() -> None:
    """Beside one that has some."""
    groups = {"default": {**GROUP, "max_size": 1}, "batch": {**GROUP, "min_size": 0}}
    section = changed(AWS, eks_clusters__cloud__node_groups=groups)

    [found] = [one for one in warnings(environment("dev", aws=section)) if "nothing scales" in one]

    assert found.startswith("nothing scales node group batch of EKS cluster cloud, which has no nodes")


def test_what_runs_in_a_cluster_is_told_its_roles() -> None:
    """The policies that somebody has to make; AWS's own are there."""
    role = {"namespace": "kube-system", "service_account": "controller"}
    own, aws_own = f"arn:aws:iam::{ACCOUNT}:policy/own", "arn:aws:iam::aws:policy/AmazonVPCReadOnlyAccess"
    section = changed(
        AWS,
        ebs_encryption_by_default=True,
        eks_clusters__cloud__pod_roles={
            "own": {**role, "policies": [own]},
            "theirs": {**role, "service_account": "other", "policies": [aws_own]},
        },
    )
    config = environment("dev", aws=section)
    told = steps(estate(organization(promotion=("dev",)), config), "dev")

    assert [found for step, found in told.items() if "policies of pod role" in step] == [
        (f"aws iam get-policy --policy-arn {own}",)
    ]
    found = {row.path: row.summary for row in contents(config)}
    assert found["aws.eks_clusters.cloud.pod_roles.own"] == "own for kube-system/controller"
    assert found["aws"].endswith("in eu-west-1, encrypts every new volume")
