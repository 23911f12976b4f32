"""An estate in which an environment has one cluster only, so that what is said of all clusters is said of this one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from estate.model.base import Model
from estate.model.estate import Estate

C = TypeVar("C", bound=Model)


def alone(estate: Estate, name: str, cluster: str) -> Estate:
    """The estate without an environment's other clusters; it is asked for steps, and not judged."""
    environment = estate.environments[name]
    changes: dict[str, Model] = {}
    if environment.google:
        kept = _only(environment.google.gke_clusters, cluster)
        changes["google"] = environment.google.model_copy(update={"gke_clusters": kept})
    if environment.vmware:
        on_prem = _only(environment.vmware.user_clusters, cluster)
        changes["vmware"] = environment.vmware.model_copy(update={"user_clusters": on_prem})
    if environment.aws:
        in_aws = _only(environment.aws.eks_clusters, cluster)
        changes["aws"] = environment.aws.model_copy(update={"eks_clusters": in_aws})
    if environment.fleet:
        attached = _only(environment.fleet.attached_clusters, cluster)
        changes["fleet"] = environment.fleet.model_copy(update={"attached_clusters": attached})
    narrowed = environment.model_copy(update=changes)
    return replace(estate, environments={**estate.environments, name: narrowed})


def _only(clusters: Mapping[str, C], key: str) -> dict[str, C]:
    return {key: clusters[key]} if key in clusters else {}
