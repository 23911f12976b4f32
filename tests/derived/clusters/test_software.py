"""What is installed in EKS clusters, with which settings."""

from __future__ import annotations

from typing import Any

from estate.derived.clusters.installed import installed
from estate.derived.clusters.software import Software
from estate.facts.aws.eks_versions import versions
from tests.manifests.asking import EVERYTHING
from tests.model.access.estates import environment, organization
from tests.model.aws.eks_documents import ACCOUNT, AWS
from tests.model.vmware.documents import changed
from tests.operations.check.test_eks import EXISTING


def found(section: dict[str, Any], cluster: str = "cloud") -> list[Software]:
    """What a cluster of a section gets."""
    return list(installed(organization(promotion=("dev",)), environment("dev", aws=section), cluster))


def test_a_cluster_gets_what_it_asks_for() -> None:
    """And others nothing from here."""
    assert [one.name for one in found(EVERYTHING)] == ["aws-load-balancer-controller", "cluster-autoscaler"]
    assert found(AWS) == []
    assert found(EVERYTHING, "apps") == []
    assert list(installed(organization(promotion=("dev",)), environment("dev"), "cloud")) == []


def test_the_scaler_is_of_the_cluster_s_minor() -> None:
    """With the role that is made for its service account."""
    [_, scaler] = found(EVERYTHING)

    assert (scaler.release, scaler.namespace) == ("cluster-autoscaler", "kube-system")
    assert scaler.values == {
        "fullnameOverride": "cluster-autoscaler",
        "autoDiscovery": {"clusterName": "kl-dev-cloud"},
        "awsRegion": "eu-west-1",
        "extraArgs": {"balance-similar-node-groups": True},
        "image": {"tag": scaler.package.tags["1.35"]},
        "rbac": {
            "serviceAccount": {
                "name": "cluster-autoscaler",
                "annotations": {
                    "eks.amazonaws.com/role-arn": f"arn:aws:iam::{ACCOUNT}:role/kl-dev-eks-cloud-scaler"
                },
            }
        },
    }


def test_every_version_that_eks_has_a_scaler_is_known_for() -> None:
    """A new minor gets its image with it."""
    [_, scaler] = found(EVERYTHING)

    assert set(versions().kubernetes) <= set(scaler.package.tags)


def test_the_controller_is_told_where_it_is() -> None:
    """By what the file says: it does not reach the nodes' metadata."""
    [balancers, _] = found(EVERYTHING)

    role = "kl-dev-eks-cloud-load-balancers"
    assert balancers.values == {
        "clusterName": "kl-dev-cloud",
        "region": "eu-west-1",
        "vpcTags": {"Name": "kl-dev-management-vpc"},
        "serviceAccount": {
            "name": "aws-load-balancer-controller",
            "annotations": {"eks.amazonaws.com/role-arn": f"arn:aws:iam::{ACCOUNT}:role/{role}"},
        },
        "defaultTargetType": "ip",
        "keepTLSSecret": True,
        "enableShield": False,
        "enableWaf": False,
        "enableWafv2": False,
    }


def test_a_vpc_that_exists_is_told_by_its_id() -> None:
    """Nobody here gave it a name."""
    [balancers, _] = found(changed(EVERYTHING, management_vpc=EXISTING))

    assert balancers.values["vpcId"] == "vpc-0123456789abcdef0"
    assert "vpcTags" not in balancers.values
