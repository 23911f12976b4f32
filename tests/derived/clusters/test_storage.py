"""What volumes are made of that claims get which name no StorageClass."""

from __future__ import annotations

from typing import Any

import pytest

from estate.derived.clusters.storage import StorageClass, default_storage
from tests.model.access.estates import environment, organization
from tests.model.aws.eks_documents import ACCOUNT, AWS
from tests.model.vmware.documents import changed

ELSEWHERE = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"


def found(cluster: str = "cloud", **changes: Any) -> StorageClass | None:
    """The default class of a cluster."""
    section = changed(AWS, **changes)
    return default_storage(organization(promotion=("dev",)), environment("dev", aws=section), cluster)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ({}, ("gp3-volumes", f"arn:aws:kms:eu-west-1:{ACCOUNT}:alias/kl-dev-kms-key-volumes")),
        ({"name": "disks"}, ("gp3-disks", f"arn:aws:kms:eu-west-1:{ACCOUNT}:alias/kl-dev-kms-key-disks")),
        ({"alias": "alias/mine"}, ("gp3-volumes", f"arn:aws:kms:eu-west-1:{ACCOUNT}:alias/mine")),
        ({"existing": {"key_arn": ELSEWHERE}}, ("gp3-volumes", ELSEWHERE)),
    ],
    ids=["made here", "renamed", "alias of its own", "existing"],
)
def test_volumes_are_encrypted_with_the_cluster_s_key(key: dict[str, Any], expected: tuple[str, str]) -> None:
    """By an ARN that the file knows; the class goes by the key's name, which stays."""
    changes: dict[str, Any] = {"kms_keys__volumes": key, "eks_clusters__cloud__volumes_key": "volumes"}

    assert found(**changes) == StorageClass(*expected)


def test_without_a_key_they_are_encrypted_with_aws_s_own() -> None:
    """Always encrypted."""
    assert found() == StorageClass("gp3", None)


def test_others_have_none_from_here() -> None:
    """Who makes it, and clusters that come with one."""
    assert found(eks_clusters__cloud__default_storage_class=False) is None
    assert found("apps") is None
    assert default_storage(organization(promotion=("dev",)), environment("dev"), "apps") is None
