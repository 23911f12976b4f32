"""An EKS cluster that is lost, by the commands of AWS, and of Google for its membership.

A cluster goes only once its node groups are gone, and once its deletion protection is off:
https://docs.aws.amazon.com/eks/latest/userguide/delete-cluster.html. `--ignore-errors` deletes a membership whose cluster
does not answer: https://docs.cloud.google.com/sdk/gcloud/reference/container/attached/clusters/delete (excerpts, 2026-11-30).
The new cluster has another issuer of tokens, which a membership cannot change to, so its membership goes first.
"""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.aws.eks_backup import BACKUP_OF
from estate.model.aws.eks_cluster import EksClusterConfig
from operations.cards.card import Entity, Lost, Task, certain
from operations.cards.steps.commands import for_each, tagged_balancers
from operations.cards.steps.lost import NOTHING_LEFT, UNRELEASED, kept_elsewhere
from operations.cards.steps.velero import restored_by_velero


def lost_eks(entity: Entity[EksClusterConfig]) -> Lost:
    """What is looked at, taken away and brought back."""
    region = certain(entity.environment.aws).region
    name = entity.config.name_in(*entity.names, entity.key)
    before, *after = _saved(entity, name)
    return Lost(
        type="aws_eks_cluster",
        balancers=tagged_balancers(region, name),
        look=(
            Task(
                f"see what is left of EKS cluster {entity.key}, {name}: whether it is there and answers",
                (
                    f"aws eks describe-cluster --region {region} --name {name} --query cluster.status --output text",
                ),
            ),
            before,
        ),
        away=(*_membership(entity, name), _cluster(entity, name, region)),
        back=tuple(after),
    )


def _saved(entity: Entity[EksClusterConfig], name: str) -> tuple[Task, ...]:
    """What to see before, and what to do after."""
    what, aws = f"EKS cluster {entity.key}", certain(entity.environment.aws)
    if entity.config.backup is None:
        return kept_elsewhere(what, elsewhere=entity.config.backup_elsewhere)
    bucket = entity.config.bucket_in(*entity.names, entity.key, aws.account_id)
    return (
        Task(
            f"see that {what} has a backup to go back to, before anything is taken away, and note the name of the newest; bucket "
            "and snapshots stay when the cluster goes",
            (
                f"aws s3 ls s3://{bucket}/backups/ --region {aws.region} | sort | tail -n 3",
                f"aws ec2 describe-snapshots --region {aws.region} --owner-ids self "
                f"--filters Name=tag:{BACKUP_OF},Values={name} "
                "--query \"sort(Snapshots[].Tags[?Key=='velero.io/backup'].Value[])[-3:]\"",
            ),
        ),
        *restored_by_velero(entity.environment.environment, entity.key, what),
    )


def _membership(entity: Entity[EksClusterConfig], name: str) -> Iterator[Task]:
    attach, google = entity.config.attach, entity.environment.google
    if attach is None or google is None:
        return
    where = f"--project={google.host_project.id} --location={attach.location or google.region}"
    yield Task(
        f"delete the membership of EKS cluster {entity.key}: the new cluster has another issuer of tokens, which a "
        "membership cannot change to",
        (f"gcloud container attached clusters delete {name} {where} --ignore-errors --allow-missing",),
        (
            f"gcloud container attached clusters list {where} --filter=name~/{name}$ --format='value(name)'  "
            f"{NOTHING_LEFT}",
        ),
    )


def _cluster(entity: Entity[EksClusterConfig], name: str, region: str) -> Task:
    of_it = f"--region {region} --cluster-name {name}"
    groups = [group.name or key for key, group in entity.config.node_groups.items()]
    protected = entity.environment.deletion_protection
    return Task(
        f"delete what is left of EKS cluster {entity.key}, its node groups first; volumes that its pods claimed stay in the "
        f"account. {UNRELEASED}",
        (
            *(
                [f"aws eks update-cluster-config --region {region} --name {name} --no-deletion-protection"]
                if protected
                else []
            ),
            for_each("group", groups, f"aws eks delete-nodegroup {of_it} --nodegroup-name $group"),
            for_each("group", groups, f"aws eks wait nodegroup-deleted {of_it} --nodegroup-name $group"),
            f"aws eks delete-cluster --region {region} --name {name}",
            f"aws eks wait cluster-deleted --region {region} --name {name}",
        ),
        (
            f"aws eks list-clusters --region {region} --query \"clusters[?@=='{name}']\" --output text  {NOTHING_LEFT}",
        ),
    )
