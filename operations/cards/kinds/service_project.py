"""Projects that are attached to the Shared VPC."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.google.google import LoadBalancerRules, ServiceProject
from operations.cards.card import Card, Entity, Step, Turn, certain, row


def _summary(entity: Entity[ServiceProject]) -> str:
    project = entity.config
    rules = {
        None: "",
        LoadBalancerRules.GKE: ", where GKE makes firewall rules for its load balancers",
        LoadBalancerRules.BY_HAND: ", with firewall rules for its load balancers made by hand",
    }
    return f"{project.id} ({project.number}), attached to the Shared VPC{rules[project.load_balancer_rules]}"


def _steps(entity: Entity[ServiceProject]) -> Iterator[Step]:
    if entity.config.load_balancer_rules is LoadBalancerRules.GKE:
        host = certain(entity.environment.google).host_project.id
        yield Step(
            Turn.BEFORE,
            f"let whoever applies {entity.environment.environment} make roles in {host} (iam.roles.create, for example by "
            "roles/iam.roleAdmin), for the one by which GKE makes firewall rules",
            (f"gcloud projects get-iam-policy {host}",),
        )


CARD = Card(
    path="google.service_projects.*",
    models=(ServiceProject,),
    noun="service project",
    rows=row(_summary),
    steps=_steps,
    collections={"ServiceProjects": "service project"},
)
