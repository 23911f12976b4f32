"""Who administers EKS clusters, against the roles that the estate makes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from estate.model.rules import broken_rules
from estate.reading.estate_loader import load_estate
from tests.example import ENVIRONMENTS
from tests.model.access.estates import environment, estate, organization
from tests.model.aws.eks_documents import ACCOUNT, AWS
from tests.model.vmware.documents import changed

NODES = f"arn:aws:iam::{ACCOUNT}:role/kl-dev-eks-cloud-nodes"


def refused(**changes: Any) -> dict[str, str]:
    """What the estate is refused for with other values in its cluster's access."""
    aws = changed(AWS, **{f"eks_clusters__cloud__access__{key}": value for key, value in changes.items()})
    shared = organization(aws_accounts={"elsewhere": "210987654321"})
    found = broken_rules(estate(shared, environment("dev", aws=aws)))
    return {".".join(map(str, one.path)): one.message for one in found}


@pytest.mark.parametrize("arn", [NODES, NODES.replace(":role/", ":role/nodes/"), NODES.replace("kl-", "KL-")])
def test_the_role_of_nodes_administers_nothing(arn: str) -> None:
    """EKS makes its entry and refuses ours; the name is one whatever its path and case."""
    found = refused(administrators={"platform": arn})

    assert list(found) == ["dev.aws.eks_clusters.cloud.access.administrators.platform"]
    assert "must not be the role of the nodes of cloud of dev" in next(iter(found.values()))


def test_the_role_of_nodes_installs_nothing() -> None:
    """The installer's entry is one too."""
    assert list(refused(installer=NODES)) == ["dev.aws.eks_clusters.cloud.access.installer"]


@pytest.mark.parametrize("arn", [NODES.replace(ACCOUNT, "210987654321"), NODES.replace(":role/", ":user/")])
def test_the_same_name_elsewhere_is_another_identity(arn: str) -> None:
    """In another account, or a user."""
    assert refused(administrators={"platform": arn}) == {}


def test_the_name_is_the_one_that_is_synthesized() -> None:
    """Or the rule would look for a role that nobody has."""
    there = load_estate(ENVIRONMENTS)
    expected = {
        name: cluster.node_role_in(there.organization.name, name, key)
        for name, one in there.environments.items()
        for key, cluster in (one.aws.eks_clusters if one.aws else {}).items()
    }

    assert set(expected) == {"test", "prod"}
    assert {name: role for name, role in expected.items() if role not in roles(name)} == {}


def roles(name: str) -> list[str]:
    """Names of the IAM roles in an environment's snapshot."""
    stack = json.loads((ENVIRONMENTS / "snapshots" / f"{name}.tf.json").read_text("utf-8"))
    return [role["name"] for role in stack["resource"]["aws_iam_role"].values()]
