"""Which software of others each cluster gets, a member of the fleet or not."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.clusters.eks_software import EksPlace, eks_software
from estate.derived.clusters.mesh import mesh_software
from estate.derived.clusters.mesh_trust import mesh_trust_software
from estate.derived.clusters.monitoring import monitoring_software
from estate.derived.clusters.software import Software
from estate.derived.clusters.user_cluster_software import user_cluster_software
from estate.model.environment import Environment
from estate.model.organization import Organization


def installed(organization: Organization, environment: Environment, cluster: str) -> Iterator[Software]:
    """Yield what a cluster gets, by name."""
    aws = environment.aws
    if aws and cluster in aws.eks_clusters:
        yield from eks_software(EksPlace((organization.name, environment.environment), cluster, aws))
    on_prem = environment.vmware.user_clusters.get(cluster) if environment.vmware else None
    if on_prem:
        name = on_prem.name_in(organization.name, environment.environment, cluster)
        yield from user_cluster_software(on_prem, name)
    # What signs comes before who signs with it.
    yield from mesh_trust_software(organization, environment, cluster)
    yield from mesh_software(organization, environment, cluster)
    for one in environment.clusters if environment.monitoring else ():
        if one.key == cluster:
            collectors = monitoring_software(
                environment, cluster, one.name_in(organization.name, environment.environment)
            )
            yield from [collectors] if collectors else []
