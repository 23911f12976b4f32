"""Projects that are attached to the Shared VPC."""

from __future__ import annotations

from estate.model.google.google import LoadBalancerRules, ServiceProject
from operations.cards.card import Card, Entity, row


def _summary(entity: Entity[ServiceProject]) -> str:
    project = entity.config
    rules = {
        None: "",
        LoadBalancerRules.GKE: ", where GKE makes firewall rules for its load balancers",
        LoadBalancerRules.BY_HAND: ", with firewall rules for its load balancers made by hand",
    }
    return f"{project.id} ({project.number}), attached to the Shared VPC{rules[project.load_balancer_rules]}"


CARD = Card(
    path="google.service_projects.*",
    models=(ServiceProject,),
    noun="service project",
    rows=row(_summary),
    collections={"ServiceProjects": "service project"},
)
