"""Buckets of backups: one a cluster, with a name that S3 takes."""

from __future__ import annotations

from typing import Any

from estate.model.estate import Estate
from estate.model.rules import broken_rules
from tests.model.access.estates import environment, organization
from tests.model.aws.eks_documents import AWS
from tests.model.vmware.documents import changed


def section(**backup: Any) -> dict[str, Any]:
    """A section whose cluster is backed up."""
    return changed(AWS, kms_keys__backups={}, eks_clusters__cloud__backup={"kms_key": "backups", **backup})


def refused(**sections: dict[str, Any]) -> dict[str, str]:
    """What is refused of the buckets of environments with these aws sections."""
    environments = {
        name: environment(name, google=None, fleet=None, aws=alone(one)) for name, one in sections.items()
    }
    found = broken_rules(Estate(organization(promotion=tuple(sections)), environments))
    return {".".join(map(str, one.path)): one.message for one in found if "backup" in one.path}


def alone(one: dict[str, Any]) -> dict[str, Any]:
    """A section whose cluster is in no fleet."""
    return changed(one, eks_clusters__cloud__attach=None, eks_clusters__cloud__access__installer=None)


def test_a_bucket_is_one_cluster_s() -> None:
    """Names that nobody says differ by themselves."""
    assert refused(dev=section(), prod=section()) == {}
    assert refused(dev=AWS) == {}
    [(path, words)] = refused(dev=section(bucket="kept"), prod=section(bucket="kept")).items()
    assert path == "prod.aws.eks_clusters.cloud.backup.bucket"
    assert words.startswith("must differ from that of dev.aws.eks_clusters.cloud.backup, got kept for both")


def test_a_name_that_s3_does_not_take_is_refused() -> None:
    """A long key makes one; a name of its own is the way out."""
    long = "a-cluster-with-a-name-that-is-long"
    named = changed(section(), eks_clusters__cloud__short_name=long)
    said = changed(section(bucket="kept"), eks_clusters__cloud__short_name=long)

    [(path, words)] = refused(dev=named).items()
    assert path == "dev.aws.eks_clusters.cloud.backup"
    assert "characters, S3 takes 63; say bucket" in words
    assert refused(dev=said) == {}
