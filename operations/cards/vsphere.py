"""What an environment makes in vCenter, and what is worth saying of it."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.stack_plan import vsphere_stack
from estate.derived.vmware.vsphere.placement import pool_name
from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.vmware.user_cluster import UserClusterConfig
from estate.model.vmware.vmware import VmwareConfig
from estate.model.vmware.vsphere.resource_pool import ResourcePoolConfig, ShareLevel
from estate.model.vmware.vsphere.tags import CATEGORIES, category_name
from estate.model.vmware.vsphere.values import default_name
from estate.model.vmware.vsphere.vsphere import VsphereConfig
from operations.cards.content import Content


def vsphere_contents(estate: Estate, name: str) -> Iterator[Content]:
    """Yield every entity of an environment's vSphere estate; none when it has none."""
    vmware = estate.environments[name].vmware
    if vmware is None or vmware.vsphere is None:
        return
    yield from _contents(vmware, vmware.vsphere, (estate.organization.name, name))


def _contents(vmware: VmwareConfig, vsphere: VsphereConfig, names: tuple[str, str]) -> Iterator[Content]:
    path = "vmware.vsphere"
    yield Content(path, "vSphere estate", f"in {vsphere.server}, stack {vsphere_stack(names[1])}")
    if vsphere.folder:
        each = ", one in it per cluster" if vsphere.folder.per_cluster else ""
        yield Content(f"{path}.folder", "VM folder", f"{vsphere.folder.path_in(*names)}{each}")
    for key, pool in sorted(vsphere.resource_pools.items()):
        summary = f"{pool_name(vmware, *names, key)}, {_allocations(pool)}"
        yield Content(f"{path}.resource_pools.{key}", "resource pool", summary)
    for name, group in sorted(vsphere.port_groups.items()):
        yield Content(
            f"{path}.port_groups.{name}", "distributed port group", f"VLAN {group.vlan_id} on {group.switch}"
        )
    if vsphere.tags:
        categories = ", ".join(category_name(names[0], category) for category in CATEGORIES)
        whose = f", made by {vsphere.tags.owner}" if vsphere.tags.owner else ""
        yield Content(f"{path}.tags", "tags", f"in categories {categories}{whose}")
    if vsphere.access:
        access = vsphere.access
        others = f", and {len(access.others)} more" if access.others else ""
        yield Content(f"{path}.access", "vCenter account", f"{access.account}{others}")
    for key, machine in sorted(vsphere.workstations.items()):
        summary = (
            f"{machine.name_in(*names, key)}, {machine.ip} on {machine.network.port_group}, {machine.cpus} CPUs, "
            f"{machine.memory_mb} MiB, {machine.disk_gb} GiB"
        )
        yield Content(f"{path}.workstations.{key}", "workstation", summary)
    for key, rule in sorted(vsphere.anti_affinity_rules.items()):
        how = "never" if rule.mandatory else "not"
        yield Content(
            f"{path}.anti_affinity_rules.{key}",
            "DRS anti-affinity rule",
            f"{default_name(*names, key)}: {', '.join(rule.workstations)} {how} on one host",
        )


def _allocations(pool: ResourcePoolConfig) -> str:
    """Shares, reservation and limit of both, where they say anything."""
    parts = []
    sizes = (
        ("CPU", pool.cpu, pool.cpu.reservation_mhz, pool.cpu.limit_mhz, "MHz"),
        ("memory", pool.memory, pool.memory.reservation_mb, pool.memory.limit_mb, "MiB"),
    )
    for what, allocation, reservation, limit, unit in sizes:
        is_custom = allocation.share_level is ShareLevel.CUSTOM
        shares = f"{allocation.shares}" if is_custom else allocation.share_level.value
        words = [
            f"{what} {shares} shares",
            *([f"{reservation} {unit} reserved"] if reservation else []),
            *([f"at most {limit} {unit}"] if limit else []),
        ]
        parts.append(", ".join(words))
    return "; ".join(parts)


def vsphere_warnings(environment: Environment) -> Iterator[str]:
    """Yield what is worth saying of the estate, as sentences without a final period."""
    vmware = environment.vmware
    if vmware is None or vmware.vsphere is None:
        return
    if vmware.vsphere.allow_unverified_ssl:
        yield (
            f"vmware.vsphere.allow_unverified_ssl is on: whoever stands between here and {vmware.vsphere.server} "
            "can take the vCenter password; have your machine trust vCenter's CA instead"
        )
    for key, pool in sorted(vmware.vsphere.resource_pools.items()):
        cluster, limit = vmware.user_clusters.get(key), pool.memory.limit_mb
        if cluster and limit is not None and limit < _memory_mb(cluster):
            yield (
                f"resource pool {key} is limited to {limit} MiB, and the cluster's nodes have {_memory_mb(cluster)} "
                "MiB at most: vSphere then swaps them out"
            )


def _memory_mb(cluster: UserClusterConfig) -> int:
    """Memory of all nodes at their largest number, in MiB."""
    control_plane = len(cluster.control_plane.ips) * cluster.control_plane.memory_mb
    return control_plane + sum(pool.most_nodes * pool.memory_mb for pool in cluster.node_pools.values())
