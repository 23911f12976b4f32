"""Where one on-prem cluster belongs."""

from __future__ import annotations

from dataclasses import dataclass

from estate.model.vmware.vcenter import VcenterConfig


@dataclass(frozen=True)
class VmwareSite:
    """Where a cluster registers and where its machines stand; literal values, so no data source is needed.

    Attributes:
        project: id of the fleet host project.
        location: Google Cloud region that keeps the cluster's data and membership.
        admin_cluster_membership: full name of the admin cluster's membership.
        vcenter: where in vCenter; what it leaves out is as in the admin cluster.
    """

    project: str
    location: str
    admin_cluster_membership: str
    vcenter: VcenterConfig
