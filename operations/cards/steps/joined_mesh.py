"""What people do for clusters that a mesh joins: addresses, Google's control planes, and the Secrets by which each reads the others.

Those Secrets are made where they are needed and stand in no file: `istioctl create-remote-secret` prints one with a token that
never ends, of an account that reads every Secret of its cluster (manifests/charts/base/templates/
reader-serviceaccount.yaml and .../istio-discovery/templates/reader-clusterrole.yaml of istio/istio, release-1.31, 2026-12-01).
asmcli's options: https://github.com/GoogleCloudPlatform/anthos-service-mesh-packages, asmcli/commands/help.sh (2026-12-01).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from estate.derived.clusters.folder import INSTALL, cluster_folder
from estate.derived.clusters.mesh import MESH_NAMESPACE
from estate.derived.fleet.mesh import MeshMember, mesh_members
from estate.model.cluster import ClusterKind
from estate.model.environment import Environment
from estate.model.fleet.service_mesh import ControlPlane
from estate.model.organization import Organization
from operations.cards.card import Step, Turn, certain
from operations.cards.steps.commands import kubeconfig


def joined_steps(organization: Organization, environment: Environment) -> Iterator[Step]:
    """In the order in which they are done; nothing where the mesh joins nobody."""
    members = mesh_members(environment, organization)
    for one in members:
        if one.kind is ClusterKind.GOOGLE:
            yield _address(organization, environment, one)
    for one in members:
        if one.control_plane is ControlPlane.CSM:
            yield _installed(organization, environment, one)
    for source, target in permutations(members, 2):
        yield _read(organization, environment, source, target)


def _address(organization: Organization, environment: Environment, member: MeshMember) -> Step:
    """GKE takes the address for the gateway when it is free, and a node may have it by then."""
    google = certain(environment.google)
    cluster = google.gke_clusters[member.key]
    subnet = certain(google.network).subnets[cluster.subnet]
    region = google.region_of(cluster)
    names = (organization.name, environment.environment)
    place = f"projects/{google.host_project.id}/regions/{region}/subnetworks/{subnet.name_in(*names, cluster.subnet)}"
    name = f"{cluster.name_in(*names, member.key)}-east-west"
    project = google.project_of(cluster).id
    return Step(
        Turn.AFTER,
        f"keep {member.east_west_vip} for the east-west gateway of {member.key}",
        (
            f"gcloud compute addresses create {name} --project={project} --region={region} --subnet={place} "
            f"--addresses={member.east_west_vip}",
        ),
        (
            f"gcloud compute addresses describe {name} --project={project} --region={region} --format='value(status)'",
        ),
    )


def _installed(organization: Organization, environment: Environment, member: MeshMember) -> Step:
    file = kubeconfig(environment.environment, member.key)
    gitops = organization.gitops
    folder = cluster_folder(gitops, environment.environment, member.key) if gitops else ""
    host = certain(environment.google).host_project.id
    asked = certain(certain(environment.fleet).features.service_mesh).clusters[member.key].revision
    tagged = (
        (f"istioctl --kubeconfig {file} tag set {asked} --revision={member.revision} --overwrite",)
        if asked not in {None, member.revision}
        else ()
    )
    return Step(
        Turn.IN_CLUSTERS,
        f"install Cloud Service Mesh {member.version} in {member.key}, by asmcli of that version, from the top of the tree's "
        f"repository; the namespace {MESH_NAMESPACE} with its network and the Secret cacerts in it are there before, or the control "
        "plane signs by a root of its own that no other cluster believes",
        (
            f"kubectl --kubeconfig {file} --namespace={MESH_NAMESPACE} get secret cacerts",
            f"asmcli install --kubeconfig {file} --fleet_id {host} --platform multicloud --ca citadel "
            f"--network_id {member.network} --revision_name {member.revision} --enable_gcp_apis "
            f"--custom_overlay {folder}/{INSTALL}/asm-overlay.yaml --output_dir asm-{member.key}",
            *tagged,
        ),
        (
            f"kubectl --kubeconfig {file} --namespace={MESH_NAMESPACE} rollout status deployment/istiod-{member.revision}",
        ),
    )


def _read(
    organization: Organization, environment: Environment, source: MeshMember, target: MeshMember
) -> Step:
    there, here = (kubeconfig(environment.environment, one.key) for one in (source, target))
    return Step(
        Turn.IN_CLUSTERS,
        f"let the control plane of {target.key} read {source.key}, when both run: whoever reads Secrets of {MESH_NAMESPACE} in "
        f"{target.key} then reads every Secret of {source.key}, by a token that does not end",
        (
            f"istioctl create-remote-secret --kubeconfig {there} --name {source.name} "
            f"--server https://{_api(organization, environment, source)}:443 | kubectl --kubeconfig {here} apply -f -",
        ),
        (
            f"istioctl remote-clusters --kubeconfig {here}  # {source.name} is synced; timeout: its API is not reached",
        ),
    )


def _api(organization: Organization, environment: Environment, member: MeshMember) -> str:
    """The address of its API; Google chooses that of a GKE cluster, in a range that the file says."""
    if member.kind is ClusterKind.ON_PREM:
        return str(member.api.network_address)
    google = certain(environment.google)
    cluster = google.gke_clusters[member.key]
    name = cluster.name_in(organization.name, environment.environment, member.key)
    return (
        f"$(gcloud container clusters describe {name} --project={google.project_of(cluster).id} "
        f"--location={google.region_of(cluster)} --format='value(privateClusterConfig.privateEndpoint)')"
    )
