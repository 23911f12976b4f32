"""Roles of Google's that cover what an environment's stacks make, by project; a test holds them against every type.

Left out: lending a network to service projects, which takes `roles/compute.xpnAdmin` on their folder.
"""

from __future__ import annotations

from estate.derived.google.agents import backs_up
from estate.derived.google.rings import keys_in_host
from estate.derived.google.services import makes_rules
from estate.derived.vpn.routes import by_hub
from estate.model.environment import Environment
from estate.model.google.google import GoogleConfig


def host_roles(environment: Environment, google: GoogleConfig) -> list[str]:
    """Roles on the host project, without `roles/`."""
    in_host = any(cluster.project is None for cluster in google.gke_clusters.values())
    wanted = {
        "serviceusage.serviceUsageAdmin": True,
        "resourcemanager.projectIamAdmin": True,
        "compute.networkAdmin": google.network or environment.vpn,
        "compute.securityAdmin": google.network,
        "dns.admin": google.network,
        "cloudkms.admin": keys_in_host(google),
        "container.admin": in_host,
        "gkebackup.backupAdmin": backs_up(google, None),
        "iam.serviceAccountAdmin": in_host or environment.vmware,
        "iam.serviceAccountUser": in_host,
        "iam.roleAdmin": makes_rules(google),
        "gkehub.admin": environment.fleet,
        "gkeonprem.admin": environment.vmware,
        "gkemulticloud.admin": environment.attached_clusters,
        "networkconnectivity.hubAdmin": by_hub(environment),
    }
    return [role for role, needed in wanted.items() if needed]


def service_roles(google: GoogleConfig, key: str) -> list[str]:
    """Roles on a service project, without `roles/`."""
    holds = any(cluster.project == key for cluster in google.gke_clusters.values())
    more = (
        "resourcemanager.projectIamAdmin",
        "container.admin",
        "iam.serviceAccountAdmin",
        "iam.serviceAccountUser",
    )
    backups = ["gkebackup.backupAdmin"] if backs_up(google, key) else []
    return ["serviceusage.serviceUsageAdmin", *(more if holds else ()), *backups]
