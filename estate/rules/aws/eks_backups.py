"""Rules on the buckets that backups of EKS clusters are kept in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from estate.model.estate import Estate
from estate.model.rules import Path, Violation, rule

_LONGEST_NAME: Final = 63


@rule(on=Estate)
def backups_have_a_bucket_of_their_own(estate: Estate) -> Iterator[Violation]:
    """A bucket is one cluster's, and its name one that S3 takes.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
    """
    taken: dict[str, Path] = {}
    for path, name in _buckets(estate):
        if len(name) > _LONGEST_NAME:
            yield Violation(
                path,
                f"makes the bucket name {name} with {len(name)} characters, S3 takes {_LONGEST_NAME}; say bucket",
            )
        owner = taken.setdefault(name, path)
        if owner != path:
            yield Violation(
                (*path, "bucket"),
                f"must differ from that of {'.'.join(map(str, owner))}, got {name} for both; a bucket is one cluster's",
                owner,
            )


def _buckets(estate: Estate) -> Iterator[tuple[Path, str]]:
    """Where a backup is said, and what its bucket is called."""
    for name, environment in estate.environments.items():
        if environment.aws is None:
            continue
        for key, cluster in environment.aws.eks_clusters.items():
            if cluster.backup:
                called = cluster.bucket_in(estate.organization.name, name, key, environment.aws.account_id)
                yield (name, "aws", "eks_clusters", key, "backup"), called
