"""The vSphere estate of an environment: what it makes in vCenter, in a stack of its own.

A section with a server and nothing else is a retired one: the provider stays declared until the state is
empty. Left out: vCenter, hosts, data centers, vSphere clusters, datastores and switches, which belong to the
vSphere team, and the credentials, which never stand in a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Annotated, ClassVar, Final

from pydantic import StrictBool

from estate.model.base import Key, Model
from estate.model.key_of import KeyOf
from estate.model.rules import Violation, rule
from estate.model.vmware.vsphere.access import AccessConfig
from estate.model.vmware.vsphere.anti_affinity_rule import AntiAffinityRuleConfig
from estate.model.vmware.vsphere.folder import FolderConfig
from estate.model.vmware.vsphere.object_ids import ObjectIds
from estate.model.vmware.vsphere.port_group import PortGroupConfig
from estate.model.vmware.vsphere.resource_pool import ResourcePoolConfig
from estate.model.vmware.vsphere.tags import TagsConfig
from estate.model.vmware.vsphere.values import ObjectName, ServerName
from estate.model.vmware.vsphere.workstation import WorkstationConfig

_HIGHEST_PORT: Final = 65535
_HTTPS: Final = 443
_NO_CREDENTIALS = "credentials never stand in a file; export VSPHERE_USER and VSPHERE_PASSWORD instead"


class VsphereConfig(Model):
    """What an environment makes in vCenter."""

    server: ServerName
    """Host name of the vCenter, which every plan of the stack logs in to."""
    allow_unverified_ssl: StrictBool = False
    """Whether any certificate of the vCenter is taken, and with it whoever stands in between; only for a
    laboratory. Not when absent: have this machine trust vCenter's CA instead."""
    ids: ObjectIds = ObjectIds.unsaid()
    """Ids of objects that exist, for those who plan without looking them up; by name when absent."""
    folder: FolderConfig | None = None
    """A folder for the machines; vmware.vcenter.folder, which exists, when absent."""
    resource_pools: dict[Annotated[Key, KeyOf("vmware.user_clusters")], ResourcePoolConfig] = {}
    """Resource pools by user cluster, or admin for the admin cluster's machines; none when absent. A
    running cluster stays in the pool that it was made in."""
    port_groups: dict[ObjectName, PortGroupConfig] = {}
    """Distributed port groups by name; none when absent."""
    tags: TagsConfig | None = None
    """Tags by environment and cluster on all of it; none when absent."""
    access: AccessConfig | None = None
    """The clusters' vCenter account and its permissions; left to the vSphere team when absent."""
    workstations: dict[Key, WorkstationConfig] = {}
    """Workstations for gkectl; none when absent."""
    anti_affinity_rules: dict[Key, AntiAffinityRuleConfig] = {}
    """Workstations that are kept on different hosts; none when absent."""

    refused: ClassVar[Mapping[str, str]] = dict.fromkeys(
        ("user", "username", "password", "vsphere_user", "vsphere_password", "credentials"), _NO_CREDENTIALS
    )

    @property
    def endpoint(self) -> tuple[str, int]:
        """Host and port that a plan reaches."""
        host, _, port = self.server.partition(":")
        return host, int(port or _HTTPS)

    @property
    def makes(self) -> tuple[str, ...]:
        """Names of the keys that make anything which stands in a data center."""
        keys = ("folder", "resource_pools", "port_groups", "workstations", "anti_affinity_rules")
        return tuple(key for key in keys if getattr(self, key))

    @rule
    def _port_exists(self) -> Iterator[Violation]:
        """The vCenter's port is at most 65535."""
        if self.endpoint[1] > _HIGHEST_PORT:
            yield Violation(
                ("server",),
                f"must have a port of at most {_HIGHEST_PORT}, got {self.server}; leave it out for {_HTTPS}",
            )

    @rule
    def _workstations_stand_in_pools_of_ours(self) -> Iterator[Violation]:
        """A workstation's resource pool is one of the section's."""
        for key, workstation in self.workstations.items():
            pool = workstation.resource_pool
            if pool and pool not in self.resource_pools:
                yield Violation(
                    ("workstations", key, "resource_pool"),
                    f"must be one of resource_pools, got {pool}; add it there, or leave it out",
                    ("resource_pools", pool),
                )

    @rule
    def _workstations_have_addresses_of_their_own(self) -> Iterator[Violation]:
        """No two workstations have the same address."""
        for (one, first), (other, second) in combinations(self.workstations.items(), 2):
            if first.ip == second.ip:
                yield Violation(
                    ("workstations", other, "ip"), f"must differ from that of {one}, got {second.ip} for both"
                )

    @rule
    def _only_workstations_are_kept_apart(self) -> Iterator[Violation]:
        """Anti-affinity rules name workstations of the section, and no nodes of clusters."""
        for key, rule_ in self.anti_affinity_rules.items():
            for position, name in enumerate(rule_.workstations):
                if name not in self.workstations:
                    yield Violation(
                        ("anti_affinity_rules", key, "workstations", position),
                        f"must be one of workstations, got {name}; nodes of clusters are kept apart by the "
                        "product itself, which a second rule would contradict",
                        ("workstations", name),
                    )
