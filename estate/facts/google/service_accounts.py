"""The service accounts of clusters on VMware, with the exact roles of each on the fleet host project.

Their keys are made by a person (`hybrid check --prerequisites`): a key that Terraform makes stands in its
state. The ids are those that the product's documentation uses, so that accounts which exist are imported.
https://docs.cloud.google.com/kubernetes-engine/distributed-cloud/vmware/docs/how-to/service-accounts
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class ServiceAccount:
    """One service account.

    Attributes:
        description: what it is for.
        roles: its roles on the fleet host project, and no others.
    """

    description: str
    roles: tuple[str, ...]


SERVICE_ACCOUNTS: Final[Mapping[str, ServiceAccount]] = {
    "component-access-sa": ServiceAccount(
        "fetches the components of clusters on VMware",
        ("roles/serviceusage.serviceUsageViewer", "roles/iam.roleViewer", "roles/iam.serviceAccountViewer"),
    ),
    "connect-register-sa": ServiceAccount(
        "registers clusters on VMware with the fleet", ("roles/gkehub.editor",)
    ),
    "logging-monitoring-sa": ServiceAccount(
        "writes logs and metrics of clusters on VMware",
        (
            "roles/stackdriver.resourceMetadata.writer",
            "roles/opsconfigmonitoring.resourceMetadata.writer",
            "roles/logging.logWriter",
            "roles/monitoring.metricWriter",
            "roles/monitoring.dashboardEditor",
            "roles/kubernetesmetadata.publisher",
        ),
    ),
    "audit-logging-sa": ServiceAccount("writes audit logs of clusters on VMware", ()),
}
"""By account id; 6 to 30 characters, unique in the project."""
