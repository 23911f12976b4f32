"""Fields of gkectl that an environment has no place for: why, and what to do.

Sources: the field references user-cluster-configuration-file-latest and admin-cluster-configuration-file-latest
under https://docs.cloud.google.com/kubernetes-engine/distributed-cloud/vmware/docs/how-to/, and those of the
versions before. A field that stands here is known; any other is said to be unknown.
"""

from __future__ import annotations

from typing import Final

from estate.model.rules import Path
from operations.adopt.why import why_of

_STAYS: Final = "stays in the cluster as it is; the provider does not know it, change it with gkectl"
_KEY_FILE: Final = "is a path on the admin workstation, where keys stay; it is neither read nor copied"
_LOGIN: Final = (
    "stays in the cluster as it is; logging in by the organization's groups comes from organization.yaml"
)
_VCENTER: Final = "is inherited from the admin cluster; nothing about it is said per user cluster"
OTHER_KIND: Final = "belongs to another kind of load balancer than loadBalancer.kind"
"""Of the sections of load balancers that the cluster does not have."""
_KUBECEPTION: Final = "belongs to kubeception; control plane nodes serve their own address"
_LOGS: Final = (
    "stays in the cluster as it is; clusters made by the API send logs and metrics to the host project"
)
_ADMIN: Final = "the admin cluster stays gkectl's; only its membership, version and addresses are data here"

_USER: Final = {
    "preparedSecrets": _STAYS,
    "enableWindowsDataplaneV2": "no supported version has Windows nodes; take it out",
    "dataplaneV2": _STAYS,
    "multipleNetworkInterfaces": _STAYS,
    "vCenter.address": _VCENTER,
    "vCenter.caCertPath": _VCENTER,
    "vCenter.credentials": "credentials are neither read nor copied; the cluster keeps those that it has",
    "network.ipMode.ipBlockFilePath": "is not read, because workers take their addresses from DHCP",
    "loadBalancer.manualLB.controlPlaneNodePort": _KUBECEPTION,
    "loadBalancer.manualLB.konnectivityServerNodePort": _KUBECEPTION,
    "loadBalancer.f5BigIP": OTHER_KIND,
    "loadBalancer.seesaw": OTHER_KIND,
    "masterNode.autoResize": _STAYS,
    "masterNode.vsphere": "the provider only reads where control plane nodes stand; it stays as it is",
    "nodePools.*.osImage": "only Windows pools have it, and no supported version has those",
    "nodePools.*.vsphere.storagePolicyName": "the provider knows no storage policy of a pool; it stays as it is",
    "nodePools.*.updateStrategy": "the provider knows no update strategy; a pool keeps the one that it has",
    "nodePoolUpdatePolicy": "the provider knows no update policy; the cluster keeps the one that it has",
    "enableVMTracking": "is left as the cluster has it",
    "authentication": _LOGIN,
    "authentication.sni": "certificates of the API server stay in the cluster; renew them with gkectl",
    "binaryAuthorization": _STAYS,
    "cloudRun": "Cloud Run is no part of any supported version; take it out",
    "secretsEncryption": _STAYS,
    "usageMetering": "usage metering stays in the cluster as it is; BigQuery data set and grants are not made here",
    "schedulerConfiguration": _STAYS,
    "stackdriver.projectID": _LOGS,
    "stackdriver.clusterLocation": _LOGS,
    "stackdriver.enableVPC": _LOGS,
    "stackdriver.disableVsphereResourceMetrics": _LOGS,
    "stackdriver.serviceAccountKeyPath": _KEY_FILE,
    "cloudAuditLogging": _LOGS,
    "cloudAuditLogging.serviceAccountKeyPath": _KEY_FILE,
    "gkeConnect.registerServiceAccountKeyPath": _KEY_FILE,
    "gkeConnect.agentServiceAccountKeyPath": _KEY_FILE,
    "gkeConnect.location": "is where the membership is; an environment has one region for all its clusters",
    "gkeOnPremAPI": "says whether gkectl enrolls the cluster; what is adopted is enrolled",
    "privateRegistry": _STAYS,
    "privateRegistry.credentials": "credentials are neither read nor copied; the cluster keeps those that it has",
    "componentAccessServiceAccountKeyPath": _KEY_FILE,
}
_ADMIN_FIELDS: Final = (
    *(
        "addonNode",
        "adminMaster",
        "antiAffinityGroups",
        "authentication",
        "autoRepair",
        "binaryAuthorization",
    ),
    *("bundlePath", "cloudAuditLogging", "clusterBackup", "componentAccessServiceAccountKeyPath"),
    *(
        "enableAdvancedCluster",
        "gkeConnect",
        "gkeOnPremAPI",
        "infraConfigFilePath",
        "loadBalancer",
        "network",
    ),
    *(
        "osImageType",
        "preparedSecrets",
        "privateRegistry",
        "proxy",
        "secretsEncryption",
        "stackdriver",
        "vCenter",
    ),
)
_IP_BLOCKS: Final = {
    "hostconfig": "network.hostConfig of the cluster comes before it",
    **dict.fromkeys(
        (f"blocks.*.{field}" for field in ("netmask", "gateway", "ips.*.hostname", "ips.*.isControlPlane")),
        _ADMIN,
    ),
}
"""A user cluster's are carried over, so that what is left of these is an admin cluster's."""


def why_no_place(kind: str, path: Path) -> str | None:
    """Say why a field has no place here and what to do; None when the field is not known.

    Args:
        kind: UserCluster or AdminCluster; "" for an IP block file.
        path: where the field stands.
    """
    known = {"UserCluster": _USER, "AdminCluster": dict.fromkeys(_ADMIN_FIELDS, _ADMIN)}.get(kind, _IP_BLOCKS)
    return why_of(known, path)
