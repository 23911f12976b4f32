"""What the Google Cloud half of an environment contains beside its host project."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.google.allows import allows
from estate.derived.google.authorized import authorized_networks
from estate.model.environment import Environment
from estate.model.google.gke_cluster import GkeClusterConfig
from estate.model.google.gke_node_pool import GkeNodePoolConfig
from estate.model.google.google import GoogleConfig
from estate.model.google.network import NetworkConfig
from operations.cards.content import Content


def google_contents(environment: Environment, google: GoogleConfig) -> Iterator[Content]:
    """Yield every entity of the section after its host project."""
    for key, project in sorted(google.service_projects.items()):
        summary = f"{project.id} ({project.number}), attached to the Shared VPC"
        yield Content(f"google.service_projects.{key}", "service project", summary)
    if google.network:
        yield from _network(environment, google, google.network)
    for key, kms_key in sorted(google.kms_keys.items()):
        place = kms_key.location or google.region
        summary = f"in {place}, {kms_key.protection}, rotated every {kms_key.rotation_days} days"
        yield Content(f"google.kms_keys.{key}", "Cloud KMS key", summary)
    for key, cluster in sorted(google.gke_clusters.items()):
        path = f"google.gke_clusters.{key}"
        yield Content(path, "GKE cluster", _cluster(environment, google, cluster))
        for name, pool in sorted(cluster.node_pools.items()):
            yield Content(f"{path}.node_pools.{name}", "node pool", _node_pool(pool))


def _network(environment: Environment, google: GoogleConfig, network: NetworkConfig) -> Iterator[Content]:
    access = network.private_google_access
    nat = "no way to the internet" if network.nat is None else "Cloud NAT"
    yield Content("google.network", "Shared VPC", f"Google's APIs at {access.cidr} ({access}), {nat}")
    for key, subnet in sorted(network.subnets.items()):
        ranges = f", pods {subnet.pods}, services {subnet.services}" if subnet.pods else ""
        summary = f"{subnet.cidr}{ranges} in {subnet.region or google.region}"
        yield Content(f"google.network.subnets.{key}", "subnet", summary)
    for allow in allows(environment):
        where = ", ".join(f"nodes of {cluster}" for cluster in allow.clusters) or "every machine"
        sources = ", ".join(map(str, allow.sources))
        said = f".allows.{allow.key}" if allow.key in network.firewall.allows else ""
        summary = f"{sources} to {where}, {', '.join(allow.ports)}: {allow.why}"
        yield Content(f"google.network.firewall{said}", "opening", summary)


def _cluster(environment: Environment, google: GoogleConfig, cluster: GkeClusterConfig) -> str:
    doors = [
        *(["at its DNS name"] if cluster.dns_endpoint else []),
        *([_private_door(environment, cluster)] if cluster.private_endpoint else []),
    ]
    observability = cluster.observability
    prometheus = ", managed Prometheus" if observability.managed_prometheus else ""
    return (
        f"{cluster.release_channel} channel in {google.project_of(cluster).id}, {google.region_of(cluster)}, API "
        f"{' and '.join(doors)}; logs {observability.logs}, metrics {observability.metrics}{prometheus}"
    )


def _private_door(environment: Environment, cluster: GkeClusterConfig) -> str:
    count = len(authorized_networks(environment, cluster))
    ranges = {0: "its own nodes", 1: "1 range"}.get(count, f"{count} ranges")
    return f"in {cluster.control_plane_cidr} to {ranges}"


def _node_pool(pool: GkeNodePoolConfig) -> str:
    spot = ", spot" if pool.spot else ""
    return f"{pool.min_nodes} to {pool.max_nodes} nodes, {pool.machine_type}, {pool.disk_size_gb} GB{spot}"


def google_warnings(environment: Environment) -> Iterator[str]:
    """Yield what is worth saying, as sentences without a final period."""
    google = environment.google
    if google is None:
        return
    clusters = ", ".join(sorted(google.gke_clusters))
    if clusters and not environment.deletion_protection:
        yield (
            f"deletion_protection is off: destroying a GKE cluster ({clusters}) destroys its nodes, its etcd, the "
            "disks that no retain policy keeps, and its membership"
        )
    network = google.network
    if network and google.gke_clusters and network.nat is None:
        yield "google.network has no nat: nodes reach Google's registries and no other"
    if network and environment.vmware and not network.onprem_prefixes:
        yield "google.network.onprem_prefixes is empty: on-prem clusters and those in Google Cloud do not reach each other"
    for key, cluster in sorted(google.gke_clusters.items()):
        if len(cluster.zones) in {1, 2}:
            yield f"GKE cluster {key} has nodes in {len(cluster.zones)} of the three zones that survive the loss of one"
