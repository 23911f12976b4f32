"""What the rules refuse is taken out of the draft again, so that everything else can come in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.operations.adopt.terraform.recognizers.aws.drafts import arn, left, network, of
from tests.operations.adopt.terraform.recognizers.aws.eks_states import (
    administers,
    cluster,
    entry,
    group,
)
from tests.operations.adopt.terraform.recognizers.aws.test_kms_keys import ADMINISTER, GRANT, KEY, USE, key
from tests.operations.adopt.terraform.states import resource

OWN_KEY = [{"provider": [{"key_arn": arn("kms", f"key/{KEY}")}], "resources": ["secrets"]}]
WHOLE = (
    resource("aws_eks_access_entry.admin", entry("admin")),
    resource("aws_eks_access_policy_association.admin", administers("admin")),
    resource("aws_eks_node_group.this", group(launch_template=[{"id": "lt-1"}])),
)


def judged(folder: Path, *resources: Any) -> Any:
    """What stands after the rules were asked."""
    return of(folder, *network(), *resources, judged=True)


def test_a_cluster_with_everything_stays(tmp_path: Path) -> None:
    """No rule refuses it."""
    draft = judged(tmp_path, cluster(), *WHOLE)

    assert list(draft.at("aws", "eks_clusters")) == ["shop"]


@pytest.mark.parametrize(
    ("more", "resources", "why"),
    [
        ({}, WHOLE[2:], "access is missing"),
        ({}, WHOLE[:2], "node_groups is missing"),
        ({"version": "1.20"}, WHOLE, "version must be a known version"),
        ({"vpc_config": [{"vpc_id": "vpc-1"}]}, WHOLE, "endpoint must let somebody in"),
    ],
    ids=["nobody administers", "no nodes", "out of support", "nobody reaches it"],
)
def test_a_cluster_that_a_rule_refuses_is_left(
    more: dict[str, Any], resources: tuple[Any, ...], why: str, tmp_path: Path
) -> None:
    """With all that belongs to it, and the key that was to be made for it; the network comes in."""
    draft = judged(tmp_path, cluster(encryption_config=[], **more), *resources)

    assert "eks_clusters" not in draft.data["aws"]
    assert "kms_keys" not in draft.data["aws"]
    assert why in left(draft)["module.eks.aws_eks_cluster.this[0]"]
    assert left(draft)["module.eks.aws_eks_cluster.this[0]"].startswith("the cluster has no place as it is: ")
    assert list(draft.at("aws", "management_vpc")["zones"]) == ["eu-west-1a", "eu-west-1b"]


def test_the_key_of_a_cluster_that_nobody_is_said_to_make_stays(tmp_path: Path) -> None:
    """A key of the file would ask for the deployer."""
    draft = judged(
        tmp_path,
        resource("aws_kms_key.this", key(ADMINISTER, USE, GRANT)),
        cluster(encryption_config=OWN_KEY),
        *WHOLE,
    )

    assert draft.at("aws", "kms_keys") == {"of-the-shop": {"existing": {"key_arn": arn("kms", f"key/{KEY}")}}}
    assert draft.at("aws", "eks_clusters", "shop", "kms_key") == "of-the-shop"
    assert "deployer must name the role that applies this stack" in left(draft)["aws_kms_key.this"]


def test_the_key_of_disks_that_auto_scaling_may_not_use_stays(tmp_path: Path) -> None:
    """A key of the file would have to name its role, which may not be there."""
    disks = {"ebs": [{"volume_size": 20, "kms_key_id": arn("kms", f"key/{KEY}")}]}
    template = {"id": "lt-1", "name": "default", "block_device_mappings": [disks]}
    draft = judged(
        tmp_path,
        resource("aws_kms_key.this", key(ADMINISTER, USE, GRANT)),
        cluster(),
        *WHOLE,
        resource("aws_launch_template.this", template),
    )

    assert "existing" in draft.at("aws", "kms_keys", "of-the-shop")
    assert "which starts the nodes of eks_clusters.shop" in left(draft)["aws_kms_key.this"]


def test_a_key_that_is_not_to_be_had_takes_its_cluster_out(tmp_path: Path) -> None:
    """An alias that no state has is no key of the file."""
    wrong = [{"provider": [{"key_arn": arn("kms", "alias/none")}], "resources": ["secrets"]}]
    draft = judged(tmp_path, cluster(encryption_config=wrong), *WHOLE)

    assert list(draft.data["aws"]) == ["account_id", "region", "management_vpc"]
    assert (
        "kms_keys existing.key_arn must be the ARN of a KMS key"
        in left(draft)["module.eks.aws_eks_cluster.this[0]"]
    )


def test_what_another_cluster_needs_stays(tmp_path: Path) -> None:
    """Its key among it; nothing of AWS is nothing to judge."""
    other = cluster(id="old", name="old", version="1.20")
    empty, several = tmp_path / "empty", tmp_path / "several"
    empty.mkdir()
    several.mkdir()

    assert of(empty, resource("google_project.one", {"id": "projects/one"}), judged=True).data == {}
    draft = judged(several, {**other, "module": "module.old"}, cluster(), *WHOLE)

    assert list(draft.at("aws", "eks_clusters")) == ["shop"]
    assert list(draft.at("aws", "kms_keys")) == ["key-elsewher"]


def test_what_nobody_can_take_out_is_told_of_where_the_file_is_checked(tmp_path: Path) -> None:
    """An account that is none, for one; the cluster is not taken out for it."""
    far = resource(
        "aws_vpc.far",
        {"id": "vpc-8", "arn": arn("ec2", "vpc/vpc-8", region="nowhere"), "cidr_block": "10.8.0.0/16"},
    )
    draft = of(tmp_path, far, judged=True)

    assert draft.at("aws", "region") == "nowhere"
    assert draft.left == []
