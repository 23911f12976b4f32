"""What the provider would show as a difference for ever, and what is done about it; all of it stands here.

Seen with provider 6.50.0 and 7.45.0. Two kinds: a nested `false` is never sent, so a block that holds nothing else
comes back absent; and fields that the service fills in, or changes, without the provider expecting it.
Whatever is not named here is neither left out nor ignored, so that real drift shows.
"""

from __future__ import annotations

from typing import Final

from cdktf_cdktf_provider_google.gkeonprem_vmware_cluster import (
    GkeonpremVmwareClusterAntiAffinityGroups,
    GkeonpremVmwareClusterAutoRepairConfig,
    GkeonpremVmwareClusterStorage,
    GkeonpremVmwareClusterUpgradePolicy,
)

NO_ANNOTATIONS: Final[dict[str, str]] = {}
"""Said although empty: the service adds annotations of its own, which are not ours to remove."""

AUTO_REPAIR: Final = GkeonpremVmwareClusterAutoRepairConfig(enabled=True)
"""Only ever true: a false is never sent, which is why an environment cannot say it."""

_VERSION: Final = "on_prem_version"
"""A pool follows its cluster, which nobody says of the pool. From provider 7.7 on it can be said, and is no longer
computed, so that every plan would take it away; https://github.com/hashicorp/terraform-provider-google/pull/24614"""


def anti_affinity_groups(*, disabled: bool) -> GkeonpremVmwareClusterAntiAffinityGroups | None:
    """The block when it says something, none for the default."""
    return GkeonpremVmwareClusterAntiAffinityGroups(aag_config_disabled=True) if disabled else None


def storage(*, vsphere_csi_disabled: bool) -> GkeonpremVmwareClusterStorage | None:
    """The block when it says something, none for the default."""
    return GkeonpremVmwareClusterStorage(vsphere_csi_disabled=True) if vsphere_csi_disabled else None


def upgrade_policy(*, control_plane_only: bool) -> GkeonpremVmwareClusterUpgradePolicy | None:
    """The block when it says something, none for the default."""
    return GkeonpremVmwareClusterUpgradePolicy(control_plane_only=True) if control_plane_only else None


def ignored_by_pool(*, autoscaled: bool, vsphere_config_said: bool) -> list[str]:
    """Fields of a node pool that somebody else changes.

    Args:
        autoscaled: the autoscaler changes the number of nodes.
        vsphere_config_said: whether the pool says where its machines stand; when it does not, the service
            fills that in, and the provider would want to take it away again.
    """
    return [
        _VERSION,
        *(["config[0].replicas"] if autoscaled else []),
        *([] if vsphere_config_said else ["config[0].vsphere_config"]),
    ]
