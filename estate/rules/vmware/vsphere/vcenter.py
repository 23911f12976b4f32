"""Rules between what several environments make in one vCenter, which has each name once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from estate.derived.vmware.vsphere.placement import (
    cluster_name,
    clusters,
    pool_name,
    vsphere_cluster_of,
)
from estate.model.estate import Estate
from estate.model.rules import Path, Violation, rule
from estate.model.vmware.vmware import VmwareConfig
from estate.model.vmware.vsphere.vsphere import VsphereConfig

_Made = tuple[Path, str, str]
"""Path in the file, what it is with the place in which a name may stand once, and the name."""

_OWNER: Final[Path] = ("vmware", "vsphere", "tags", "owner")


def _estates(estate: Estate) -> Iterator[tuple[str, VmwareConfig, VsphereConfig]]:
    for name, environment in estate.environments.items():
        if environment.vmware and environment.vmware.vsphere:
            yield name, environment.vmware, environment.vmware.vsphere


@rule(on=Estate)
def names_differ(estate: Estate) -> Iterator[Violation]:
    """Environments make nothing of the same name in the same place of a vCenter, which compares without case."""
    taken: dict[tuple[str, str, str], str] = {}
    for environment, vmware, vsphere in _estates(estate):
        for path, what, name in _made(vmware, vsphere, estate.organization.name, environment):
            mine = f"{environment} vmware.{'.'.join(map(str, path))}"
            # vCenter compares without case.
            owner = taken.setdefault((vsphere.server, what, name.lower()), mine)
            if owner != mine:
                yield Violation(
                    (environment, "vmware", *path),
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


@rule(on=Estate)
def tag_categories_have_one_owner(estate: Estate) -> Iterator[Violation]:
    """Of the environments with tags in a vCenter one makes the categories, and the others name that one."""
    owners: dict[str, str] = {}
    for environment, _, vsphere in _estates(estate):
        if vsphere.tags and vsphere.tags.owner is None:
            owner = owners.setdefault(vsphere.server, environment)
            if owner != environment:
                yield Violation(
                    (environment, "vmware", "vsphere", "tags"),
                    f"would make the tag categories that {owner} makes already in {vsphere.server}; "
                    f"write tags: {{owner: {owner}}}",
                    (environment, *_OWNER),
                    (owner, *_OWNER),
                )
    for environment, _, vsphere in _estates(estate):
        owner_said = vsphere.tags.owner if vsphere.tags else None
        if owner_said is not None and owners.get(vsphere.server) != owner_said:
            there = owners.get(vsphere.server)
            yield Violation(
                (environment, "vmware", "vsphere", "tags", "owner"),
                f"must be an environment that makes the tag categories in {vsphere.server}, got {owner_said}; "
                + (f"write {there}" if there else "leave owner out, and they are made here"),
                (owner_said, "vmware", "vsphere", "tags"),
                (owner_said, "vmware", "vsphere", "server"),
            )


@rule(on=Estate)
def workstations_have_addresses_of_their_own(estate: Estate) -> Iterator[Violation]:
    """No two workstations of the estate have the same address."""
    taken: dict[str, str] = {}
    for environment, _, vsphere in _estates(estate):
        for key, workstation in vsphere.workstations.items():
            owner = taken.setdefault(str(workstation.ip), environment)
            if owner != environment:
                yield Violation(
                    (environment, "vmware", "vsphere", "workstations", key, "ip"),
                    f"must differ from that of a workstation of {owner}, got {workstation.ip} for both; "
                    "choose a free address",
                )
