"""The rules between the vSphere estates of several environments: a vCenter has each name once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from estate.model.estate_violation import EstateViolation
from estate.model.rules import Path
from estate.model.vmware.vmware import VmwareConfig
from estate.model.vmware.vsphere.placement import (
    cluster_name,
    clusters,
    pool_name,
    vsphere_cluster_of,
)
from estate.model.vmware.vsphere.vsphere import VsphereConfig

if TYPE_CHECKING:
    from estate.model.estate import Estate

_Made = tuple[Path, str, str]
"""Path in the file, what it is with the place in which a name may stand once, and the name."""


def vsphere_estate_violations(estate: Estate) -> Iterator[EstateViolation]:
    """Check the estates of all environments against each other."""
    yield from _names_differ(estate)
    yield from _tag_categories_have_one_owner(estate)
    yield from _workstations_have_addresses_of_their_own(estate)


def _estates(estate: Estate) -> Iterator[tuple[str, VmwareConfig, VsphereConfig]]:
    for name, environment in estate.environments.items():
        if environment.vmware and environment.vmware.vsphere:
            yield name, environment.vmware, environment.vmware.vsphere


def _names_differ(estate: Estate) -> Iterator[EstateViolation]:
    taken: dict[tuple[str, str, str], str] = {}
    for environment, vmware, vsphere in _estates(estate):
        for path, what, name in _made(vmware, vsphere, estate.organization.name, environment):
            mine = f"{environment} vmware.{'.'.join(map(str, path))}"
            # vCenter compares without case.
            owner = taken.setdefault((vsphere.server, what, name.lower()), mine)
            if owner != mine:
                yield EstateViolation(
                    environment,
                    ("vmware", *path),
                    f"would make {what} {name}, which {owner} makes already in {vsphere.server}; "
                    "give it another name, or leave it out here and refer to it by name",
                )


def _made(
    vmware: VmwareConfig, vsphere: VsphereConfig, organization: str, environment: str
) -> Iterator[_Made]:
    names = (organization, environment)
    datacenter = vmware.vcenter.datacenter
    if vsphere.folder:
        path = vsphere.folder.path_in(*names)
        yield ("vsphere", "folder"), f"in data center {datacenter} the folder", path
    for key in vsphere.resource_pools:
        cluster = vsphere_cluster_of(vmware, key)
        what = f"in vSphere cluster {cluster} of data center {datacenter} the resource pool"
        yield ("vsphere", "resource_pools", key), what, pool_name(vmware, *names, key)
    for name in vsphere.port_groups:
        yield ("vsphere", "port_groups", name), f"in data center {datacenter} the port group", name
    folder = vsphere.folder.path_in(*names) if vsphere.folder else vmware.vcenter.folder or ""
    for key, workstation in vsphere.workstations.items():
        what = f"in folder {folder} of data center {datacenter} the virtual machine"
        yield ("vsphere", "workstations", key), what, workstation.name_in(*names, key)
    if vsphere.tags:
        for key in clusters(vmware):
            yield _of_cluster(vmware, key), "the tag", cluster_name(vmware, *names, key)


def _of_cluster(vmware: VmwareConfig, key: str) -> Path:
    return ("user_clusters", key) if key in vmware.user_clusters else ("vsphere", "resource_pools", key)


def _tag_categories_have_one_owner(estate: Estate) -> Iterator[EstateViolation]:
    owners: dict[str, str] = {}
    for environment, _, vsphere in _estates(estate):
        if vsphere.tags and vsphere.tags.owner is None:
            owner = owners.setdefault(vsphere.server, environment)
            if owner != environment:
                yield EstateViolation(
                    environment,
                    ("vmware", "vsphere", "tags"),
                    f"would make the tag categories that {owner} makes already in {vsphere.server}; "
                    f"write tags: {{owner: {owner}}}",
                )
    for environment, _, vsphere in _estates(estate):
        owner_said = vsphere.tags.owner if vsphere.tags else None
        if owner_said is not None and owners.get(vsphere.server) != owner_said:
            there = owners.get(vsphere.server)
            yield EstateViolation(
                environment,
                ("vmware", "vsphere", "tags", "owner"),
                f"must be an environment that makes the tag categories in {vsphere.server}, got {owner_said}; "
                + (f"write {there}" if there else "leave owner out, and they are made here"),
            )


def _workstations_have_addresses_of_their_own(estate: Estate) -> Iterator[EstateViolation]:
    taken: dict[str, str] = {}
    for environment, _, vsphere in _estates(estate):
        for key, workstation in vsphere.workstations.items():
            owner = taken.setdefault(str(workstation.ip), environment)
            if owner != environment:
                yield EstateViolation(
                    environment,
                    ("vmware", "vsphere", "workstations", key, "ip"),
                    f"must differ from that of a workstation of {owner}, got {workstation.ip} for both; "
                    "choose a free address",
                )
