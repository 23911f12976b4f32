"""A user cluster on VMware, with Controlplane V2.

It registers itself with the fleet, so it needs no membership resource. Whatever a supported version needs
is said, because the provider's defaults are those of versions that are gone. Left out: proxies, binary
authorization and the forward mode of Dataplane V2, which the provider does not know.

https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/gkeonprem_vmware_cluster
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address
from typing import Final

from cdktf import ITerraformDependable, TerraformResourceLifecycle
from cdktf_cdktf_provider_google.gkeonprem_vmware_cluster import (
    GkeonpremVmwareCluster,
    GkeonpremVmwareClusterAuthorization,
    GkeonpremVmwareClusterAuthorizationAdminUsers,
    GkeonpremVmwareClusterControlPlaneNode,
    GkeonpremVmwareClusterDataplaneV2,
    GkeonpremVmwareClusterTimeouts,
    GkeonpremVmwareClusterVcenter,
)
from constructs import Construct

from constructs_lib.vmware import drift
from constructs_lib.vmware.load_balancer import load_balancer
from constructs_lib.vmware.network_config import network_config
from constructs_lib.vmware.site import VmwareSite
from estate.model.vmware.user_cluster import UserClusterConfig
from estate.model.vmware.vcenter import VcenterConfig


class UserCluster(Construct):
    """Define a user cluster; its node pools come beside it.

    Stateful. Destroying it destroys its nodes, its etcd and every volume that no retain policy keeps, and
    its membership.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: UserClusterConfig,
        name: str,
        site: VmwareSite,
        dependencies: Sequence[ITerraformDependable] = (),
        prevent_destroy: bool = True,
    ) -> None:
        super().__init__(scope, id_)

        def host_name(address: IPv4Address) -> str | None:
            return config.host_name(name, address)

        self._resource = GkeonpremVmwareCluster(
            self,
            "Resource",
            name=name,
            project=site.project,
            location=site.location,
            admin_cluster_membership=site.admin_cluster_membership,
            on_prem_version=config.version,
            annotations=drift.NO_ANNOTATIONS,
            enable_control_plane_v2=True,
            enable_advanced_cluster=True,
            dataplane_v2=GkeonpremVmwareClusterDataplaneV2(
                dataplane_v2_enabled=True, advanced_networking=config.advanced_networking or None
            ),
            control_plane_node=GkeonpremVmwareClusterControlPlaneNode(
                cpus=config.control_plane.cpus,
                memory=config.control_plane.memory_mb,
                replicas=len(config.control_plane.ips),
            ),
            network_config=network_config(config, host_name),
            load_balancer=load_balancer(config),
            authorization=_authorization(config.admin_users),
            vcenter=_vcenter(site.vcenter),
            disable_bundled_ingress=config.disable_bundled_ingress,
            anti_affinity_groups=drift.anti_affinity_groups(disabled=not config.spreads_nodes(site.vcenter)),
            auto_repair_config=drift.AUTO_REPAIR,
            storage=drift.storage(vsphere_csi_disabled=config.vsphere_csi_disabled),
            upgrade_policy=drift.upgrade_policy(control_plane_only=config.upgrade_policy.control_plane_only),
            timeouts=GkeonpremVmwareClusterTimeouts(create="2h", update="4h", delete="2h"),
            depends_on=list(dependencies) or None,
            lifecycle=TerraformResourceLifecycle(prevent_destroy=prevent_destroy),
        )
        self.site: Final[VmwareSite] = site
        self.name: Final[str] = self._resource.name
        self.membership_id: Final[str] = name
        self.membership_location: Final[str] = site.location

    @property
    def membership(self) -> str:
        """Full name of the membership that the cluster registered, with the project's number."""
        return self._resource.fleet.get(0).membership

    @property
    def resource(self) -> ITerraformDependable:
        """What to depend on."""
        return self._resource

    @property
    def address(self) -> str:
        """The Terraform address without `${}`, as `replace_triggered_by` wants it."""
        return f"{self._resource.terraform_resource_type}.{self._resource.friendly_unique_id}"


def _authorization(users: Sequence[str]) -> GkeonpremVmwareClusterAuthorization | None:
    if not users:
        return None
    admin_users = [GkeonpremVmwareClusterAuthorizationAdminUsers(username=user) for user in users]
    return GkeonpremVmwareClusterAuthorization(admin_users=admin_users)


def _vcenter(vcenter: VcenterConfig) -> GkeonpremVmwareClusterVcenter | None:
    """What differs from the admin cluster; the service adds the rest, which shows no difference."""
    fields = vcenter.model_dump(exclude={"hosts"}, exclude_none=True)
    return GkeonpremVmwareClusterVcenter(**fields) if fields else None
