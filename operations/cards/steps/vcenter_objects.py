"""What stands in vCenter already and is named in an environment's files: nothing here makes it.

The types of objects are those of ``govc find``: https://github.com/vmware/govmomi/blob/main/govc/USAGE.md.
Versions and licences: https://docs.cloud.google.com/kubernetes-engine/distributed-cloud/vmware/docs/concepts/vsphere-requirements
(2026-04).
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from estate.model.vmware.node_pool import NodePoolConfig
from estate.model.vmware.vmware import VmwareConfig
from operations.cards.card import Step, Turn


def vcenter_steps(vmware: VmwareConfig) -> Iterator[Step]:
    """What the vSphere team is asked for, before any cluster."""
    yield Step(
        Turn.RIGHTS,
        "have the product and its licences: Google Distributed Cloud for VMware is charged to the host project's "
        "billing account; vCenter and ESXi have Enterprise Plus, as Standard has neither anti-affinity rules nor "
        "resource pools of one's own",
    )
    looked_up = list(dict.fromkeys(_objects(vmware)))
    if looked_up:
        yield Step(
            Turn.DATA_CENTER,
            "have the vSphere team make these, unless each command shows one, with GOVC_URL, GOVC_USERNAME and "
            "GOVC_PASSWORD exported",
            tuple(looked_up),
        )
    principals = list(_principals(vmware))
    if principals:
        yield Step(
            Turn.DATA_CENTER,
            f"have these users and groups in the directory that vCenter asks: {', '.join(principals)}",
        )


def _objects(vmware: VmwareConfig) -> Iterator[str]:
    """The commands that show them, first of the places and then of what stands in them."""
    clusters = sorted(vmware.user_clusters)
    made = set(vmware.vsphere.resource_pools) if vmware.vsphere else set()
    folder_is_made = bool(vmware.vsphere and vmware.vsphere.folder)
    for place in (vmware.vcenter, *(vmware.vcenter_of(key) for key in clusters)):
        yield from _found("d", place.datacenter)
        yield from _found("c", place.cluster)
        yield from _found("s", place.datastore)
        if place.storage_policy_name:
            yield f"govc storage.policy.info {shlex.quote(place.storage_policy_name)}"
        # What is said beats what is made.
        if not folder_is_made or place.folder:
            yield from _found("f", place.folder)
    for key in clusters:
        if key not in made:
            yield from _found("p", vmware.vcenter_of(key).resource_pool)
        network, pools = vmware.user_clusters[key].network, vmware.user_clusters[key].node_pools
        if not vmware.vsphere or network.port_group not in vmware.vsphere.port_groups:
            yield from _found("gn", network.port_group)
        for pool in pools.values():
            yield from _of_pool(pool)
    yield from _of_vsphere(vmware)


def _of_pool(pool: NodePoolConfig) -> Iterator[str]:
    """Host groups are left out: no supported version takes them."""
    yield from _found("s", pool.datastore)
    for tag in pool.tags:
        yield f"govc tags.info -c {shlex.quote(tag.category)} {shlex.quote(tag.tag)}"


def _of_vsphere(vmware: VmwareConfig) -> Iterator[str]:
    vsphere = vmware.vsphere
    if vsphere is None:
        return
    for port_group in vsphere.port_groups.values():
        yield from _found("w", port_group.switch)
    for workstation in vsphere.workstations.values():
        yield from _found("m", workstation.template)
        yield from _found("s", workstation.datastore)
        if workstation.network.port_group not in vsphere.port_groups:
            yield from _found("gn", workstation.network.port_group)
    access = vsphere.access
    for role in [access.role, *(other.role for other in access.others)] if access else []:
        if role:
            yield f"govc role.ls {shlex.quote(role)}"
    ids = vsphere.ids
    for objects in (ids.datacenters, ids.datastores, ids.networks):
        yield from (
            f"govc find / -i -name {shlex.quote(name)}  # {id_}" for name, id_ in sorted(objects.items())
        )
    for name, pair in sorted(ids.clusters.items()):
        yield f"govc find / -i -type c -name {shlex.quote(name)}  # {pair.cluster}, its pool {pair.resource_pool}"
    for name, uuid in sorted(ids.switches.items()):
        yield f"govc dvs.portgroup.info {shlex.quote(name)}  # {uuid}"


def _principals(vmware: VmwareConfig) -> Iterator[str]:
    access = vmware.vsphere.access if vmware.vsphere else None
    if access:
        yield access.account
        yield from (other.principal for other in access.others)


def _found(kinds: str, name: str | None) -> Iterator[str]:
    """The command that shows an object, whose name may be a path."""
    if name:
        types = " ".join(f"-type {kind}" for kind in kinds)
        yield f"govc find / {types} -name {shlex.quote(name.rsplit('/', 1)[-1])}"
