"""Which APIs an environment's content needs in its host project; derived, never listed twice.

https://docs.cloud.google.com/kubernetes-engine/distributed-cloud/vmware/docs/how-to/minimal-infrastructure
has the list for clusters on VMware.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from environments.model.fleet.attached import attached_services
from environments.model.fleet.services import fleet_services

if TYPE_CHECKING:
    from environments.model.environment import Environment

_VMWARE = (
    "anthos",
    "anthosaudit",
    "anthosgke",
    "cloudresourcemanager",
    "connectgateway",
    "container",
    "gkeconnect",
    "gkehub",
    "gkeonprem",
    "iam",
    "kubernetesmetadata",
    "logging",
    "monitoring",
    "opsconfigmonitoring",
    "serviceusage",
    "stackdriver",
    "storage",
)


def needed_services(environment: Environment) -> frozenset[str]:
    """The APIs that the environment's content needs, in full; none without a google section."""
    if not environment.google:
        return frozenset()
    names = fleet_services(environment.fleet).union(
        _VMWARE if environment.vmware else (), attached_services(environment)
    )
    return frozenset(f"{name}.googleapis.com" for name in names) | set(environment.google.services)


def owned_services(environment: Environment) -> tuple[str, ...]:
    """The APIs that the environment itself switches on, in order: none in a project that it only shares."""
    if not environment.google or environment.google.host_project.owner:
        return ()
    return tuple(sorted(needed_services(environment)))
