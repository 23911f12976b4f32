"""Rules on what pods of EKS clusters use in the account: keys of volumes, roles, encryption by default."""

from __future__ import annotations

from collections.abc import Iterator

from estate.facts.software import packages
from estate.model.aws.aws import AwsConfig
from estate.model.estate import Estate
from estate.model.references import names_one
from estate.model.rules import Path, Violation, rule


@rule(on=AwsConfig)
def keys_of_claimed_volumes_are_for_volumes(aws: AwsConfig) -> Iterator[Violation]:
    """The key of volumes that pods claim, and that of backups, is a key of the section, and no cluster's key for secrets.

    Its policy names the driver's role, or Velero's, which trusts the cluster, which waits for its key: one key for both would
    wait for itself.
    """
    of_clusters = {cluster.kms_key: key for key, cluster in aws.eks_clusters.items()}
    for key, cluster in aws.eks_clusters.items():
        named: list[tuple[Path, str | None, str]] = [(("volumes_key",), cluster.volumes_key, "volumes")]
        if cluster.backup:
            named.append((("backup", "kms_key"), cluster.backup.kms_key, "backups"))
        for field, wanted, what in named:
            path = ("eks_clusters", key, *field)
            yield from names_one(path, wanted, ("kms_keys",), aws.kms_keys)
            owner = of_clusters.get(wanted or "")
            if owner:
                yield Violation(
                    path,
                    f"must not be the kms_key of eks_clusters.{owner}, got {wanted}; make a key for {what}",
                    ("eks_clusters", owner, "kms_key"),
                )


@rule(on=AwsConfig)
def pods_have_policies_of_the_account(aws: AwsConfig) -> Iterator[Violation]:
    """What pods may do is said by policies of the section's account, or of AWS."""
    for key, cluster in aws.eks_clusters.items():
        for name, role in cluster.pod_roles.items():
            for position, arn in enumerate(role.policies):
                if arn.split(":")[4] not in {"aws", aws.account_id}:
                    yield Violation(
                        ("eks_clusters", key, "pod_roles", name, "policies", position),
                        f"must be a policy of account {aws.account_id} or of AWS, got {arn}; IAM attaches no other",
                        ("account_id",),
                    )


@rule(on=AwsConfig)
def software_runs_on_the_version(aws: AwsConfig) -> Iterator[Violation]:
    """What is installed in a cluster is for its version of Kubernetes, as far as its vendor says so."""
    for key, cluster in aws.eks_clusters.items():
        for name in cluster.software:
            package = packages()[name]
            if not package.runs_on(cluster.version):
                yield Violation(
                    ("eks_clusters", key, "version"),
                    f"must be one that {name} {package.version} is for, {', '.join(package.supports)}; got {cluster.version}; "
                    "if its vendor names it by now, add it to estate/facts/software.yaml",
                    ("eks_clusters", key, "scaler"),
                )


@rule(on=Estate)
def one_environment_encrypts_by_default(estate: Estate) -> Iterator[Violation]:
    """A setting of an account and region is one environment's: whoever took it out would take it from the others."""
    taken: dict[tuple[str, str], str] = {}
    for name, environment in estate.environments.items():
        aws = environment.aws
        if aws is None or not aws.ebs_encryption_by_default:
            continue
        owner = taken.setdefault((aws.account_id, aws.region), name)
        if owner != name:
            yield Violation(
                (name, "aws", "ebs_encryption_by_default"),
                f"must be left out, because {owner} says it for account {aws.account_id} in {aws.region} already",
                (owner, "aws", "ebs_encryption_by_default"),
            )
