"""What a cluster asks of the root of its mesh, and how its issuer signs in to the service that holds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from estate.derived.clusters.software import Software
from estate.derived.fleet.mesh_trust import (
    ISSUER_NAMESPACE,
    MeshPool,
    mesh_pool,
    mesh_trust,
    signing_clusters,
    signs_in_by_metadata,
)
from estate.model.environment import Environment
from estate.model.fleet.mesh_trust import OwnIssuer
from estate.model.organization import Organization

ROOT_ISSUER: Final = OwnIssuer(name="mesh-root", kind="GoogleCASIssuer", group="cas-issuer.jetstack.io")
"""The issuer that is made here: of namespace istio-system, so that nobody in another namespace has anything signed."""


@dataclass(frozen=True)
class MeshTrustContents:
    """What one cluster signs with, and where it is from.

    Attributes:
        name: what the intermediate says of itself.
        days: days for which it is valid.
        renew_days: days before its end at which the next one comes.
        issuer: who issues it.
        pool: the pool that is asked; None for an issuer of one's own.
        provider: by whom the cluster's tokens are known to the fleet; None where the metadata server knows its pods, or nobody asks.
    """

    name: str
    days: int
    renew_days: int
    issuer: OwnIssuer
    pool: MeshPool | None = None
    provider: str | None = None


def mesh_trust_contents(
    organization: Organization, environment: Environment, cluster: str
) -> MeshTrustContents | None:
    """What a cluster gets; None where it signs nothing, or nothing is said."""
    trust = mesh_trust(environment)
    if trust is None or cluster not in signing_clusters(environment):
        return None
    pool = mesh_pool(environment, organization.name)
    name = _called(organization, environment, cluster)
    by_token = pool is not None and not signs_in_by_metadata(environment, cluster)
    return MeshTrustContents(
        name=f"istiod.{name}",
        days=trust.intermediate_days,
        renew_days=trust.renew_days,
        issuer=trust.issuer or ROOT_ISSUER,
        pool=pool,
        provider=identity_provider(organization, environment, cluster) if by_token else None,
    )


def mesh_trust_software(
    organization: Organization, environment: Environment, cluster: str
) -> Iterator[Software]:
    """Yield cert-manager and the issuer that asks the service; none of them for an issuer of one's own."""
    config = mesh_trust_contents(organization, environment, cluster)
    if config is None or config.pool is None:
        return
    yield Software(
        "cert-manager",
        "cert-manager",
        ISSUER_NAMESPACE,
        # The check is a job of Helm's, which nobody runs here who does not run Helm.
        {"crds": {"enabled": True, "keep": True}, "startupapicheck": {"enabled": False}},
    )
    account = config.pool.account
    # The chart mounts no token of a fleet (its values.yaml, v0.12.0): its account and rights are taken, and a Deployment of
    # the tree's runs in the place of its own.
    yield Software(
        "google-cas-issuer",
        account,
        ISSUER_NAMESPACE,
        {"nameOverride": account, "replicaCount": 0 if config.provider else 1},
    )


def identity_provider(organization: Organization, environment: Environment, cluster: str) -> str:
    """How the fleet knows a cluster's tokens: `authority.identityProvider` of its membership."""
    google, vmware = environment.google, environment.vmware
    on_prem = vmware is not None and cluster in vmware.user_clusters
    location = vmware.location if vmware and on_prem else ""
    if google and not on_prem:
        location = google.region_of(google.gke_clusters[cluster])
    project = google.host_project.id if google else ""
    name = _called(organization, environment, cluster)
    return f"https://gkehub.googleapis.com/projects/{project}/locations/{location}/memberships/{name}"


def _called(organization: Organization, environment: Environment, cluster: str) -> str:
    [one] = [one for one in environment.clusters if one.key == cluster]
    return one.name_in(organization.name, environment.environment)
