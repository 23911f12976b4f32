"""The first way into each cluster, and what whoever takes it brings along so that others come in too.

A cluster's own objects are no Terraform's: it is Config Sync, or a person, who brings them
(docs/adr/0012-cluster-administrators-come-past-the-scopes.md). The first entry is as an identity that the stacks let in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from estate.model.access.team import CustomAccess
from estate.model.aws.eks_cluster import EksClusterConfig
from estate.model.environment import Environment
from estate.model.fleet.service_mesh import MeshManagement, ServiceMesh
from estate.model.google.gke_cluster import GkeClusterConfig
from estate.model.google.google import GoogleConfig
from estate.model.organization import Organization
from estate.model.vmware.user_cluster import UserClusterConfig
from operations.cards.card import Entity, Step, Turn, certain
from operations.cards.steps.commands import for_each, kubeconfig, reading


def into_gke(entity: Entity[GkeClusterConfig]) -> Step:
    """IAM decides who is in: https://docs.cloud.google.com/kubernetes-engine/docs/how-to/dns-based-endpoint."""
    cluster, environment = entity.config, entity.environment
    google: GoogleConfig = certain(environment.google)
    project = google.project_of(cluster).id
    if cluster.dns_endpoint:
        where, door = "from anywhere", "--dns-endpoint"
    else:
        where, door = "from a range that its private endpoint is open to", "--internal-ip"
    glass = ", ".join(_breaking_glass(entity.organization, environment) if environment.fleet else ())
    return Step(
        Turn.WAY_IN,
        f"enter GKE cluster {entity.key} {where}, as who applied or anybody else with roles/container.admin on {project}"
        f"{f' ({glass})' if glass else ''}",
        (
            f"KUBECONFIG={kubeconfig(environment.environment, entity.key)} gcloud container clusters get-credentials "
            f"{cluster.name_in(*entity.names, entity.key)} --project={project} "
            f"--location={google.region_of(cluster)} {door}",
        ),
        (reading(environment.environment, entity.key),),
    )


def into_eks(entity: Entity[EksClusterConfig]) -> Step:
    """Whoever makes the cluster gets nothing by that: https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html."""
    cluster, aws = entity.config, certain(entity.environment.aws)
    arns = list(cluster.access.administrators.values())
    name = cluster.name_in(*entity.names, entity.key)
    ranges = [*cluster.endpoint.public_from, *cluster.endpoint.private_from]
    environment = entity.environment.environment
    bastion = aws.bastion if cluster.vpc is None else None
    tunnel = "the bastion's tunnel, with HTTPS_PROXY=http://127.0.0.1:8118 while sh bastion-tunnel.sh runs"
    way = [*map(str, ranges), *([tunnel] if bastion else [])]
    far = cluster.vpc and cluster.endpoint.private_from
    routed = f" as far as the owner of existing_vpcs.{cluster.vpc} routes it there" if far else ""
    role = f" --role-arn {arns[0]}" if ":role/" in arns[0] else ""
    return Step(
        Turn.WAY_IN,
        f"enter EKS cluster {entity.key} from {', '.join(way)}{routed}, as {' or '.join(arns)}",
        (
            *(
                [
                    f"terraform -chdir=cdktf.out/stacks/{environment} output -raw bastion_tunnel > bastion-tunnel.sh"
                ]
                if bastion
                else []
            ),
            f"aws eks update-kubeconfig --name {name} --region {aws.region}{role} "
            f"--kubeconfig {kubeconfig(environment, entity.key)}",
        ),
        (reading(environment, entity.key),),
    )


def into_user_cluster(entity: Entity[UserClusterConfig]) -> Step:
    """Who stands in admin_users is let through by the agent; IAM says who comes as far as that.

    https://docs.cloud.google.com/kubernetes-engine/enterprise/multicluster-management/gateway/setup
    """
    cluster, environment = entity.config, entity.environment
    project = certain(environment.google).host_project.id
    vmware = certain(environment.vmware)
    glass = _breaking_glass(entity.organization, environment)
    others = [user for user in cluster.admin_users if user not in glass]
    if not glass and not others:
        return Step(
            Turn.WAY_IN,
            f"name somebody for user cluster {entity.key}, in break_glass of organization.yaml or in its admin_users: "
            "until then nobody is in, but for the kubeconfig of the admin cluster that gkectl left on the admin workstation",
        )
    name = cluster.name_in(*entity.names, entity.key)
    who = " or ".join(
        [*glass, *(f"{user} (whom IAM has to let through the gateway, below)" for user in others)]
    )
    return Step(
        Turn.WAY_IN,
        f"enter user cluster {entity.key} by the Connect gateway from anywhere, as {who}",
        (
            *(
                for_each(
                    "role",
                    ("gkehub.gatewayAdmin", "gkehub.viewer"),
                    f"gcloud projects add-iam-policy-binding {project} --member={_member(user)} --role=roles/$role "
                    "--condition=None --format=none",
                )
                for user in others
            ),
            f"KUBECONFIG={kubeconfig(environment.environment, entity.key)} gcloud container fleet memberships "
            f"get-credentials {name} --project={project} --location={vmware.location}",
        ),
        (reading(environment.environment, entity.key),),
    )


def _member(user: str) -> str:
    return f"{'serviceAccount' if user.endswith('.gserviceaccount.com') else 'user'}:{user}"


def _breaking_glass(organization: Organization, environment: Environment) -> list[str]:
    """People who break glass in an environment."""
    name = environment.environment
    return sorted(entry.user for entry in organization.break_glass.values() if name in entry.environments)


def administrators(environment: Environment, group: str) -> Step:
    """The object that makes the platform team administrator, put into each cluster by whoever entered first.

    Without a tree of manifests, which holds it (:mod:`operations.cards.steps.manifests`).
    """
    name = environment.environment
    features = certain(environment.fleet).features
    output = f"terraform -chdir=cdktf.out/stacks/{name} output -raw cluster_admin_binding"
    repository = (
        "; put it into the repository that Config Sync reads as well, and it stays"
        if features.config_sync
        else ""
    )
    return Step(
        Turn.IN_CLUSTERS,
        "make the platform team cluster administrator: until this is in a cluster, the gateway lets the team through "
        f"and the cluster does not{repository}",
        (
            in_each_cluster(
                name, environment.own_members, f"{output} | kubectl --kubeconfig $FILE apply -f -"
            ),
        ),
        (in_each_cluster(name, environment.own_members, f"kubectl --kubeconfig $FILE {administers(group)}"),),
    )


def administers(group: str) -> str:
    """The rest of a command by which kubectl says that a group administers a cluster, and what it prints then."""
    return f"auth can-i '*' '*' --all-namespaces --as=nobody --as-group={group}"


def custom_roles(organization: Organization, environment: Environment) -> Iterator[Step]:
    """ClusterRoles that scopes bind and that neither a stack nor the tree makes, so that a misspelt one shows as missing."""
    name, features = environment.environment, certain(environment.fleet).features
    by_role: dict[str, list[str]] = {}
    for key, team in sorted(organization.teams.items()):
        access = team.access.get(name)
        if isinstance(access, CustomAccess) and access.custom_role not in organization.cluster_roles:
            by_role.setdefault(access.custom_role, []).append(key)
    how = "in the repository that Config Sync reads" if features.config_sync else "with kubectl"
    for role, teams in sorted(by_role.items()):
        yield Step(
            Turn.IN_CLUSTERS,
            f"make ClusterRole {role} in every cluster, {how}, unless this shows it: no stack does, and without it "
            f"{', '.join(teams)} may do nothing there. It shows the role's rights, which nothing here judges: one with an "
            "aggregationRule has those of every role that is labelled for it",
            (
                in_each_cluster(
                    name,
                    environment.members,
                    f"kubectl --kubeconfig $FILE get clusterrole {role} "
                    "-o 'jsonpath={.metadata.name}: {.aggregationRule} {.rules}{\"\\n\"}'",
                ),
            ),
        )


def in_each_cluster(environment: str, clusters: Iterable[str], command: str) -> str:
    """A command run in each cluster by its first way in; `$FILE` stands for the file."""
    return for_each("cluster", clusters, command.replace("$FILE", kubeconfig(environment, "$cluster")))


def viewing(environment: Environment, group: str) -> Iterator[Step]:
    """What the platform team needs beside the fleet's roles, where clusters stand in other projects."""
    google: GoogleConfig = certain(environment.google)
    others = sorted({google.project_of(one).id for one in google.gke_clusters.values() if one.project})
    if others:
        yield Step(
            Turn.GROUPS,
            "if the platform team is to see GKE clusters in the console and by gcloud, too, let it in their projects: no "
            "stack does; by the gateway it reaches them without",
            (
                for_each(
                    "project",
                    others,
                    f"gcloud projects add-iam-policy-binding $project --member=group:{group} "
                    "--role=roles/container.clusterViewer --condition=None --format=none",
                ),
            ),
        )


def mesh_steps(environment: Environment, mesh: ServiceMesh) -> Iterator[Step]:
    """The control planes that people install, but for those of joined clusters, and the APIs and the grant of those that Google
    runs.

    A cluster in another project than the fleet's wants the API there too, and the mesh's agent of the fleet's project let
    in: "Grant service accounts in the fleet project permission to access the cluster project [...] Enable the Mesh API on
    the cluster's project", https://docs.cloud.google.com/service-mesh/docs/onboarding/provision-control-plane (excerpt,
    2026-12-01). The agent comes with the feature, and has that role in its own project, which the network is of.
    "Google APIs are used to determine how you are billed. [...] The asmcli enables all of the other required Google APIs
    for you": https://docs.cloud.google.com/service-mesh/docs/unified-install/prerequisites (excerpt, 2026-11-30).
    """
    name = environment.environment
    joined = {key for key, one in mesh.clusters.items() if one.control_plane}
    by_hand, by_google = (
        [
            key
            for key in environment.own_members
            if mesh.clusters.get(key, mesh).management is management and key not in joined
        ]
        for management in (MeshManagement.MANUAL, MeshManagement.AUTOMATIC)
    )
    if by_google:
        google = certain(environment.google)
        host = google.host_project
        stood_in = {google.project_of(google.gke_clusters[key]).id for key in by_google}
        elsewhere = sorted(stood_in - {host.id})
        yield Step(
            Turn.BEFORE,
            f"switch on the mesh's API, with which Google runs the control plane of {', '.join(by_google)}; it can be "
            "charged by itself where GKE Enterprise is not on, so no stack does",
            tuple(
                f"gcloud services enable mesh.googleapis.com --project={project}"
                for project in (host.id, *elsewhere)
            ),
        )
        if elsewhere:
            agent = f"serviceAccount:service-{host.number}@gcp-sa-servicemesh.iam.gserviceaccount.com"
            grant = (
                f"gcloud projects add-iam-policy-binding $project --member={agent} "
                "--role=roles/anthosservicemesh.serviceAgent --condition=None --format=none"
            )
            yield Step(
                Turn.AFTER,
                "let the mesh's agent, which came with the fleet's feature, work where its clusters stand: "
                f"{', '.join(elsewhere)}",
                (for_each("project", elsewhere, grant),),
                (
                    f"gcloud container fleet mesh describe --project={host.id}  # each membership becomes ACTIVE",
                ),
            )
    if by_hand:
        yield Step(
            Turn.IN_CLUSTERS,
            f"install the mesh with asmcli in {', '.join(by_hand)}, where management is manual, with the mesh id and the "
            "network names that this prints; asmcli switches on the APIs that it needs, --enable_gcp_apis",
            (f"terraform -chdir=cdktf.out/stacks/{name} output -raw service_mesh",),
            (
                in_each_cluster(
                    name,
                    by_hand,
                    "kubectl --kubeconfig $FILE get deployments --namespace=istio-system --selector=app=istiod",
                ),
            ),
        )
