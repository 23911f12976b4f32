"""Who may ask which root for what: the one service account of an environment's clusters, and the pool that it asks.

A fleet has one pool of workload identities: the account of one name is one identity in all clusters of the fleet host
project ("identity sameness"), so that its name says the environment.
https://docs.cloud.google.com/kubernetes-engine/fleet-management/docs/use-workload-identity (excerpts, 2026-12-01)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from estate.model.environment import Environment
from estate.model.fleet.mesh_trust import MeshAuthority, MeshTrust
from estate.model.fleet.service_mesh import MeshManagement
from estate.model.google.google import HostProject

ISSUER_NAMESPACE: Final = "cert-manager"
"""Where cert-manager and the issuer run."""
MESH_NAMESPACE: Final = "istio-system"
"""Where a mesh's control plane runs, and looks for what it signs with."""


@dataclass(frozen=True)
class MeshPool:
    """The pool of Certificate Authority Service that an environment's mesh is rooted in.

    Attributes:
        config: what the file says of it.
        project: id of its project.
        location: its region.
        name: its name.
        account: name of the service account in each cluster that asks it for certificates.
        pool: pool of workload identities that this account is in.
        member: the same account as IAM knows it.
    """

    config: MeshAuthority
    project: str
    location: str
    name: str
    account: str
    pool: str
    member: str


def mesh_trust(environment: Environment) -> MeshTrust | None:
    """What the file says of the mesh's trust."""
    mesh = environment.fleet.features.service_mesh if environment.fleet else None
    return mesh.trust if mesh else None


def mesh_pool(environment: Environment, organization: str) -> MeshPool | None:
    """The pool that the environment's stack makes; None where it makes none.

    Args:
        environment: the environment.
        organization: the organization's name, which names are made of.
    """
    trust, google = mesh_trust(environment), environment.google
    if trust is None or google is None or trust.service is None:
        return None
    name, host = environment.environment, google.host_project
    account = f"mesh-issuer-{name}"
    return MeshPool(
        config=trust.service,
        project=host.id,
        location=trust.service.location or google.region,
        name=trust.service.pool_in(organization, name),
        account=account,
        pool=identity_pool(host),
        member=f"principal://iam.googleapis.com/projects/{host.number}/locations/global/workloadIdentityPools/"
        f"{identity_pool(host)}/subject/ns/{ISSUER_NAMESPACE}/sa/{account}",
    )


def identity_pool(host: HostProject) -> str:
    """The pool of workload identities of a fleet."""
    return f"{host.id}.svc.id.goog"


def signing_clusters(environment: Environment) -> tuple[str, ...]:
    """Keys of the clusters whose own control plane signs, in order; where Google runs it, Google does."""
    mesh = environment.fleet.features.service_mesh if environment.fleet else None
    if mesh is None or mesh.trust is None:
        return ()
    return tuple(
        key
        for key in sorted(environment.own_members)
        if mesh.clusters.get(key, mesh).management is MeshManagement.MANUAL
    )


def signs_in_by_metadata(environment: Environment, cluster: str) -> bool:
    """Whether pods of a cluster are of the fleet's pool by the metadata server alone: those of GKE in the fleet's own project.

    Elsewhere they need a token and a file that says what it is for; a cluster of another project has that project's pool.
    """
    clusters = environment.google.gke_clusters if environment.google else {}
    return cluster in clusters and clusters[cluster].project is None
