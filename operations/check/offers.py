"""What workloads find in each cluster: what volumes are made of, what lets clients in, who changes the number of nodes.

Where nothing here decides it, it is what the vendor says of its clusters (2026-11-30, excerpts):

- GKE: https://docs.cloud.google.com/kubernetes-engine/docs/concepts/persistent-volumes (standard-rwo),
  .../docs/troubleshooting/ingress ("You cannot specify a GKE Ingress using spec.ingressClassName") and
  .../docs/how-to/gatewayclass-capabilities ("API enablement: GKE Autopilot: enabled by default", and no cluster here is one).
- VMware: https://docs.cloud.google.com/kubernetes-engine/distributed-cloud/vmware/docs/concepts/storage (standard-rwo, of the
  vSphere CSI driver) and .../docs/how-to/disable-bundled-ingress ("By default, bundled ingress is enabled").
- Both have Dataplane V2 here, whatever the file says: "Kubernetes Network policy is always on in clusters with Dataplane V2",
  https://docs.cloud.google.com/kubernetes-engine/multi-cloud/docs/aws/concepts/dataplane-v2, of all of Google's clusters.
- Of clusters of others (`fleet.attached_clusters`) no file says any of it.
- EKS brings none of it: what stands there is what `estate/derived/clusters/` decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from typing import Final

from estate.derived.clusters.storage import default_storage
from estate.model.aws.eks_cluster import EksClusterConfig, NetworkPolicies, Scaler
from estate.model.environment import Environment
from estate.model.organization import Organization
from estate.model.vmware.user_cluster import UserClusterConfig

HEADERS: Final = (
    "cluster",
    "default StorageClass",
    "ingress",
    "Gateway API",
    "nodes scaled by",
    "NetworkPolicies",
)
_NONE: Final = "none"
_THEIRS: Final = "whoever made it knows"
_DATAPLANE: Final = "Dataplane V2"


@dataclass(frozen=True)
class Offer:
    """What one cluster has for workloads, in words.

    Attributes:
        cluster: its key.
        storage: StorageClass of claims that name none.
        ingress: what takes an Ingress, and how it is named.
        gateway_api: what takes a Gateway.
        scaling: who changes the number of nodes.
        network_policies: what holds pods to them.
    """

    cluster: str
    storage: str
    ingress: str
    gateway_api: str
    scaling: str
    network_policies: str


def offers(organization: Organization, environment: Environment) -> Iterator[Offer]:
    """Yield every cluster of an environment, those on VMware first."""
    for key, on_prem in sorted(environment.vmware.user_clusters.items() if environment.vmware else ()):
        yield _on_prem(key, on_prem)
    for key in sorted(environment.google.gke_clusters if environment.google else ()):
        yield Offer(
            key,
            "standard-rwo",
            "gce or gce-internal, by annotation",
            "off",
            "GKE, within each node pool",
            _DATAPLANE,
        )
    for key, eks in sorted(environment.aws.eks_clusters.items() if environment.aws else ()):
        storage = default_storage(organization, environment, key)
        yield Offer(
            key,
            storage.name if storage else "not from here",
            "class alb" if eks.load_balancer_controller else _NONE,
            _NONE,
            _scaled_by(eks),
            _held_by(eks),
        )
    for key in sorted(environment.clusters_of_others):
        yield Offer(key, *[_THEIRS] * 5)


def offer_rows(organization: Organization, environment: Environment) -> list[tuple[str, ...]]:
    """The same as rows of a table."""
    return [astuple(one) for one in offers(organization, environment)]


def _on_prem(key: str, cluster: UserClusterConfig) -> Offer:
    scaled = sorted(name for name, pool in cluster.node_pools.items() if pool.autoscaling)
    return Offer(
        key,
        "none, vsphere_csi_disabled" if cluster.vsphere_csi_disabled else "standard-rwo",
        "none, disable_bundled_ingress"
        if cluster.disable_bundled_ingress
        else f"Google's, at {cluster.load_balancer.ingress_vip}",
        _NONE,
        f"GKE on VMware, of {', '.join(scaled)}" if scaled else "nobody, no pool has autoscaling",
        _DATAPLANE,
    )


def _scaled_by(cluster: EksClusterConfig) -> str:
    return {
        None: "nobody, no scaler",
        Scaler.CLUSTER_AUTOSCALER: "Cluster Autoscaler",
        Scaler.OTHER: "something else",
    }[cluster.scaler]


def _held_by(cluster: EksClusterConfig) -> str:
    return {
        None: "nobody, no network_policies",
        NetworkPolicies.VPC_CNI: "VPC CNI",
        NetworkPolicies.OTHER: "something else",
        NetworkPolicies.NONE: "nobody",
    }[cluster.network_policies]
