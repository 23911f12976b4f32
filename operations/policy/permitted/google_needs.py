"""What Google asks for what stacks make: a table with dates. Who asks it of what, the finder tells."""

from __future__ import annotations

from typing import Final

from operations.policy.permitted.need import Need

_READ: Final = "2026-11-30"
_USE_KEY: Final = ("roles/cloudkms.cryptoKeyEncrypterDecrypter",)
_SHARED_VPC: Final = "https://docs.cloud.google.com/kubernetes-engine/docs/how-to/cluster-shared-vpc"

ENCRYPT_SECRETS: Final = Need(
    task="encrypt the cluster's secrets",
    asks=_USE_KEY,
    source="https://docs.cloud.google.com/kubernetes-engine/docs/how-to/encrypting-secrets",
    read=_READ,
    says="the GKE service agent of the cluster's project encrypts and decrypts with the key",
)
ENCRYPT_BACKUPS: Final = Need(
    task="encrypt the cluster's backups",
    asks=_USE_KEY,
    source="https://docs.cloud.google.com/kubernetes-engine/docs/add-on/backup-for-gke/concepts/about-cmek",
    read=_READ,
    says="the service agent of Backup for GKE in the cluster's project encrypts and decrypts with the plan's key",
)
ENCRYPT_DISKS: Final = Need(
    task="encrypt the nodes' boot disks",
    asks=_USE_KEY,
    source="https://docs.cloud.google.com/kubernetes-engine/docs/how-to/using-cmek",
    read=_READ,
    says="the Compute Engine service agent of the cluster's project encrypts and decrypts with the key",
)
ACT_IN_HOST: Final = Need(
    task="make the cluster in the Shared VPC",
    asks=("roles/container.hostServiceAgentUser",),
    source=_SHARED_VPC,
    read=_READ,
    says="the GKE service agent of the service project uses that of the host project",
)
USE_SUBNET: Final = Need(
    task="put nodes into the subnet",
    asks=("roles/compute.networkUser",),
    source=_SHARED_VPC,
    read=_READ,
    says="the GKE service agent and the Google APIs service agent of the service project use the cluster's subnet",
)
REGISTER: Final = Need(
    task="register the cluster in the fleet of another project",
    asks=("roles/gkehub.serviceAgent", "roles/gkehub.crossProjectServiceAgent"),
    source="https://docs.cloud.google.com/kubernetes-engine/fleet-management/docs/before-you-begin/gke",
    read=_READ,
    says="the fleet's service agent works in the cluster's project by its two roles",
)
RUN_NODES: Final = Need(
    task="write the nodes' logs and metrics",
    asks=("roles/container.defaultNodeServiceAccount",),
    source="https://docs.cloud.google.com/kubernetes-engine/security/configure-node-service-accounts",
    read=_READ,
    says="a service account of nodes has at least this role on the project",
)
SEND_TELEMETRY: Final = Need(
    task="send the attached cluster's logs and metrics",
    asks=("roles/gkemulticloud.telemetryWriter",),
    source="https://docs.cloud.google.com/kubernetes-engine/multi-cloud/docs/attached/eks/how-to/attach-cluster",
    read=_READ,
    says="the telemetry agent in the cluster writes by the workload identity of the fleet's project",
)
SERVE_VMWARE: Final = Need(
    task="serve clusters on VMware",
    asks=(),
    source="https://docs.cloud.google.com/kubernetes-engine/distributed-cloud/vmware/docs/how-to/service-accounts",
    read=_READ,
    says="each service account of the product has the roles that the page lists for it",
)
"""Of a service account of VMware's; asks what estate/facts/google/service_accounts.py lists."""
