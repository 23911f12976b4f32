"""Roles of Google's that cover what an environment's stacks make, by project, and none that nothing in them takes.

A test holds them against every type that is synthesized, by what Terraform asks for it and what each role holds. What a
host project has once takes its roles of its owner alone.

Left out: lending a network to service projects, which takes `roles/compute.xpnAdmin` on their folder.
"""

from __future__ import annotations

from estate.derived.access.grants import Binding
from estate.derived.google.agents import backs_up
from estate.derived.google.rings import keys_in_host
from estate.derived.google.services import has_authority, makes_rules, owned_services
from estate.derived.share import Share
from estate.derived.vpn.routes import by_hub
from estate.model.environment import Environment
from estate.model.google.google import GoogleConfig


def host_roles(environment: Environment, google: GoogleConfig, share: Share) -> list[str]:
    """Roles on the host project, without `roles/`.

    Besides those of its service a node pool takes one that may list instance groups, which the network's can too:
    `refreshIfNeeded` in resource_container_node_pool.go of the provider, 7.45.0.
    """
    in_host = any(cluster.project is None for cluster in google.gke_clusters.values())
    on_prem = bool(environment.vmware and environment.vmware.user_clusters)
    wanted = {
        "serviceusage.serviceUsageAdmin": owned_services(environment),
        "resourcemanager.projectIamAdmin": _binds(google, share, in_host=in_host),
        "compute.networkAdmin": google.network or environment.vpn,
        "compute.viewer": in_host and not (google.network or environment.vpn),
        "compute.securityAdmin": google.network,
        "dns.admin": google.network,
        "cloudkms.admin": keys_in_host(google),
        "container.admin": in_host,
        "gkebackup.backupAdmin": backs_up(google, None),
        "iam.serviceAccountAdmin": in_host or share.has_on_prem_clusters,
        "iam.serviceAccountUser": in_host,
        "iam.roleAdmin": makes_rules(google),
        "gkehub.admin": environment.fleet and _uses_fleet(environment, google, share),
        "gkeonprem.admin": on_prem,
        "gkemulticloud.admin": environment.attached_clusters,
        "networkconnectivity.hubAdmin": by_hub(environment),
        "privateca.admin": has_authority(environment),
    }
    return [role for role, needed in wanted.items() if needed]


def _binds(google: GoogleConfig, share: Share, *, in_host: bool) -> bool:
    """Whether a stack of the environment gives anybody a role on the host project itself."""
    given = any(
        grant.project == google.host_project.id
        and grant.binding in {Binding.PROJECT_IAM, Binding.CLUSTER_IAM}
        for grant in share.grants
    )
    agents = bool(google.service_projects) or share.has_on_prem_clusters or share.lets_telemetry_in
    return in_host or given or agents


def _uses_fleet(environment: Environment, google: GoogleConfig, share: Share) -> bool:
    """Whether a stack of the environment makes anything of the fleet."""
    return (
        google.host_project.owner is None
        or bool(environment.members)
        or any(grant.scope for grant in share.grants)
    )


def service_roles(google: GoogleConfig, key: str) -> list[str]:
    """Roles on a service project, without `roles/`."""
    holds = any(cluster.project == key for cluster in google.gke_clusters.values())
    more = (
        "resourcemanager.projectIamAdmin",
        "compute.viewer",
        "container.admin",
        "iam.serviceAccountAdmin",
        "iam.serviceAccountUser",
    )
    backups = ["gkebackup.backupAdmin"] if backs_up(google, key) else []
    return ["serviceusage.serviceUsageAdmin", *(more if holds else ()), *backups]
