"""The clusters of an environment, whatever their kind."""

from __future__ import annotations

from estate.model.cluster import ClusterKind
from estate.model.environment import Environment
from tests.model.access.estates import environment
from tests.model.aws.eks_documents import AWS, CLUSTER
from tests.model.refusals import refusals
from tests.model.vmware.documents import SECTION, changed

ALONE = changed(CLUSTER, attach=None, access__installer=None, services="172.21.0.0/16")


def test_clusters_stand_kind_after_kind() -> None:
    """Each with its key, its place and its name, a member of the fleet or not."""
    there = environment("dev", vmware=SECTION, aws=changed(AWS, eks_clusters__alone=ALONE))

    assert [
        (str(one), one.name_in("kl", "dev"), one.is_member, one.is_attached) for one in there.clusters
    ] == [
        ("vmware.user_clusters.apps", "kl-dev-apps", True, False),
        ("aws.eks_clusters.alone", "kl-dev-alone", False, False),
        ("aws.eks_clusters.cloud", "kl-dev-cloud", True, True),
    ]
    assert there.members == ("apps", "cloud")
    assert there.own_members == ("apps",)


def test_a_kind_is_a_place_in_the_file() -> None:
    """That the model has."""
    assert ClusterKind.GOOGLE.path == ("google", "gke_clusters")


def test_a_key_is_one_cluster_s() -> None:
    """The later kind is told."""
    there = environment("dev", vmware=SECTION).model_dump(mode="json", exclude_unset=True)

    found = refusals(Environment, {**there, "aws": changed(AWS, eks_clusters={"apps": CLUSTER})})

    assert list(found) == ["aws.eks_clusters.apps"]
    assert "must differ from vmware.user_clusters.apps" in found["aws.eks_clusters.apps"]
