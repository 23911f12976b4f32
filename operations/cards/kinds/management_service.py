"""The management service of GKE on AWS."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.aws.management_service import MAINTENANCE_WARNING, ManagementServiceConfig
from operations.cards.card import NOTHING_ELSE, Card, Entity, Feature, Step, Turn, Weight, certain, row


def _summary(entity: Entity[ManagementServiceConfig]) -> str:
    return entity.config.version


def _warnings(entity: Entity[ManagementServiceConfig]) -> Iterator[tuple[Weight, str]]:
    for key in certain(entity.environment.aws).eks_clusters:
        yield (
            Weight.BROKEN,
            f"EKS cluster {key} shares its subnets with GKE on AWS, whose tags hide them from the cluster's load "
            "balancers: hybrid prerequisites says how to tag them for both",
        )
    yield Weight.BROKEN, MAINTENANCE_WARNING


def _steps(entity: Entity[ManagementServiceConfig]) -> Iterator[Step]:
    service, clusters = entity.config, certain(entity.environment.aws).eks_clusters
    project = service.google_cloud.project_id
    yield Step(
        Turn.RIGHTS,
        f"have project {project} with the service accounts of management service, connect agent and nodes, whose keys "
        "are put into the bootstrap bucket encrypted (docs/gke-on-aws.md)",
        (f"gcloud iam service-accounts list --project={project}",),
    )
    yield Step(
        Turn.AFTER,
        "put the agent and the four secrets into the bootstrap bucket, for which the instance waits: docs/gke-on-aws.md",
    )
    if service.iam.permissions_boundary:
        yield Step(
            Turn.RIGHTS,
            f"have the permissions boundary {service.iam.permissions_boundary}",
            (f"aws iam get-policy --policy-arn {service.iam.permissions_boundary}",),
        )
    if clusters:
        yield Step(
            Turn.AFTER,
            "tag the VPC's subnets for the EKS clusters as GKE on AWS tags them for its own; Terraform leaves these "
            "tags alone",
            tuple(
                "aws ec2 create-tags --resources SUBNETS --tags "
                f"Key=kubernetes.io/cluster/{cluster.name_in(*entity.names, key)},Value=shared"
                for key, cluster in clusters.items()
            ),
        )


CARD = Card(
    path="aws.management_service",
    models=(ManagementServiceConfig,),
    noun="GKE on AWS management service",
    rows=row(_summary),
    warnings=_warnings,
    steps=_steps,
    constructs={"ManagementService": "management service"},
    stateful=dict.fromkeys(("aws_ebs_volume", "aws_lb", "aws_s3_bucket"), NOTHING_ELSE),
    feature=Feature("aws.management_service", "*.ManagementService_*"),
)
