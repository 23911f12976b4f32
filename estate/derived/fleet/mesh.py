"""The names by which the clusters of one mesh know each other."""

from __future__ import annotations

from estate.model.environment import Environment


def mesh_id(project_number: int) -> str:
    """Id of the mesh, the same for all clusters of a fleet host project."""
    return f"proj-{project_number}"


def network_names(environment: Environment) -> dict[str, str]:
    """Name of the network that each of the environment's own members is, unique in the mesh, by key.

    Made of what a cluster's name keeps of its key, because the mesh knows the cluster by it.
    """
    name = environment.environment
    on_prem = environment.vmware.user_clusters if environment.vmware else {}
    in_google = environment.google.gke_clusters if environment.google else {}
    kept = {key: (one.name or "").partition(f"-{name}-")[2] for key, one in on_prem.items()}
    short = {key: one.short_name for key, one in in_google.items()}
    return {key: f"{name}-{kept.get(key) or short.get(key) or key}" for key in environment.own_members}


def mesh_revision(environment: Environment, cluster: str) -> str | None:
    """What the teams' namespaces of a member cluster ask of the mesh; None where they ask for nothing, or it is in none."""
    mesh = environment.fleet.features.service_mesh if environment.fleet else None
    if mesh is None or cluster not in environment.own_members:
        return None
    return mesh.clusters.get(cluster, mesh).revision
