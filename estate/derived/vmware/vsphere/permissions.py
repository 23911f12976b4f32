"""Every permission that the clusters' vCenter account needs, computed once: set here, or by the vSphere team.

The provider replaces the whole list of an object's permissions. So only objects that the environment makes
get theirs from its stack; what datastores, the root and other shared objects need is for the vSphere team,
who add it to what stands there. The network has the account's role alone, though Google's table lists two
roles for it: vCenter keeps one role a principal on an object, and this one includes the other.
https://docs.cloud.google.com/kubernetes-engine/distributed-cloud/vmware/docs/how-to/vsphere-requirements
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from estate.derived.vmware.vsphere.placement import ADMIN, pool_name, vsphere_cluster_of
from estate.facts.vmware.vsphere.privileges import RoleKind
from estate.model.naming import physical_name
from estate.model.vmware.vmware import VmwareConfig
from estate.model.vmware.vsphere.access import AccessConfig
from estate.model.vmware.vsphere.vsphere import VsphereConfig

READ_ONLY: Final = "Read-only"
"""Label of the role that every vCenter has for reading."""

_OF_ADMIN: Final = "(the admin cluster's)"


@dataclass(frozen=True)
class Permission:
    """A principal's role on an object and what is in it.

    Attributes:
        entity_type: what the object is.
        path: its path in vCenter.
        principal: user or group.
        is_group: whether it is a group.
        role: the role, by its label.
        propagate: whether it holds for what is in the object too.
        made_here: whether the object, and with it the permission, is made by the environment's stack.
    """

    entity_type: str
    path: str
    principal: str
    is_group: bool
    role: str
    propagate: bool
    made_here: bool


def role_name(organization: str, environment: str, kind: RoleKind) -> str:
    """Name of a role that the environment makes; vCenter has each name only once."""
    return physical_name(organization, environment, kind.value)


def permissions(vmware: VmwareConfig, organization: str, environment: str) -> list[Permission]:
    """All of them, each once: those for the vSphere team first."""
    vsphere = vmware.vsphere
    if vsphere is None or vsphere.access is None:
        return []
    needs = _Needs(vmware, vsphere, vsphere.access, organization, environment)
    return list(dict.fromkeys([*needs.of_the_vsphere_team(), *needs.on_what_is_made()]))


@dataclass(frozen=True)
class _Needs:
    vmware: VmwareConfig
    vsphere: VsphereConfig
    access: AccessConfig
    organization: str
    environment: str

    def of_the_vsphere_team(self) -> Iterator[Permission]:
        """On what is shared or made by others."""
        yield self._need("vCenter", "/", self._role(RoleKind.SESSION_VALIDATOR), propagate=False)
        yield self._need("data center", self._datacenter, READ_ONLY)
        for cluster in self._vsphere_clusters():
            yield self._need(
                "vSphere cluster", f"{self._datacenter}/host/{cluster}", self._role(RoleKind.CLUSTER_EDITOR)
            )
        for entity_type, path in self._shared():
            yield self._need(entity_type, path, self._account_role)

    def on_what_is_made(self) -> Iterator[Permission]:
        """On each object that the environment makes, the account's and everybody else's."""
        for entity_type, path in self._made():
            yield self._need(entity_type, path, self._account_role, made_here=True)
            for other in self.access.others:
                yield Permission(
                    entity_type,
                    path,
                    other.principal,
                    other.is_group,
                    other.role,
                    propagate=True,
                    made_here=True,
                )

    def _need(
        self, entity_type: str, path: str, role: str, *, propagate: bool = True, made_here: bool = False
    ) -> Permission:
        return Permission(
            entity_type, path, self.access.account, self.access.is_group, role, propagate, made_here
        )

    def _role(self, kind: RoleKind) -> str:
        return role_name(self.organization, self.environment, kind)

    @property
    def _account_role(self) -> str:
        return self.access.role or self._role(RoleKind.CLUSTER_ACCOUNT)

    @property
    def _datacenter(self) -> str:
        return f"/{self.vmware.vcenter.datacenter}"

    def _vsphere_clusters(self) -> list[str]:
        keys = self.vmware.user_clusters
        named = [self.vmware.vcenter.cluster, *(vsphere_cluster_of(self.vmware, key) for key in keys)]
        return sorted({name or _OF_ADMIN for name in named})

    def _shared(self) -> Iterator[tuple[str, str]]:
        """Where machines stand that is not made here, by type and path; each as often as it is used."""
        for datastore in sorted(self._datastores()):
            yield "datastore", f"{self._datacenter}/datastore/{datastore}"
        # Only gkectl's own file says where the admin cluster's machines stand.
        yield "network", f"{self._datacenter}/network/{_OF_ADMIN}"
        if ADMIN not in self.vsphere.resource_pools:
            yield "resource pool", f"{self._datacenter}/host/{_OF_ADMIN}"
        for key in sorted(self.vmware.user_clusters):
            yield from self._shared_by(key)

    def _shared_by(self, key: str) -> Iterator[tuple[str, str]]:
        place = self.vmware.vcenter_of(key)
        datacenter = f"/{place.datacenter}"
        port_group = self.vmware.user_clusters[key].network.port_group
        if port_group not in self.vsphere.port_groups:
            yield "network", f"{datacenter}/network/{port_group}"
        if key not in self.vsphere.resource_pools:
            pool = f"/{place.resource_pool}" if place.resource_pool else ""
            yield "resource pool", f"{datacenter}/host/{place.cluster or _OF_ADMIN}/Resources{pool}"
        if place.folder or not self.vsphere.folder:
            yield "VM folder", f"{datacenter}/vm" + (f"/{place.folder}" if place.folder else "")

    def _datastores(self) -> set[str]:
        places = [self.vmware.vcenter, *map(self.vmware.vcenter_of, self.vmware.user_clusters)]
        return {
            *(
                f"(every one of storage policy {place.storage_policy_name})"
                if place.storage_policy_name
                else place.datastore or _OF_ADMIN
                for place in places
            ),
            *(
                pool.datastore
                for cluster in self.vmware.user_clusters.values()
                for pool in cluster.node_pools.values()
                if pool.datastore
            ),
        }

    def _made(self) -> Iterator[tuple[str, str]]:
        names = (self.organization, self.environment)
        if self.vsphere.folder:
            yield "VM folder", f"{self._datacenter}/vm/{self.vsphere.folder.path_in(*names)}"
        for key in sorted(self.vsphere.resource_pools):
            cluster = vsphere_cluster_of(self.vmware, key)
            pool = pool_name(self.vmware, *names, key)
            yield "resource pool", f"{self._datacenter}/host/{cluster}/Resources/{pool}"
        for name in sorted(self.vsphere.port_groups):
            yield "network", f"{self._datacenter}/network/{name}"
