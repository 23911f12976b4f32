"""Rules that join what is made in vCenter to the rest of a `vmware` section."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.vmware.vsphere.inventory_names import used_names
from estate.derived.vmware.vsphere.placement import ADMIN, vsphere_cluster_of
from estate.model.rules import Path, Violation, rule
from estate.model.vmware.vmware import VmwareConfig


@rule(on=VmwareConfig)
def places_are_known(vmware: VmwareConfig) -> Iterator[Violation]:
    """What is made stands somewhere; a name that only gkectl knows is none."""
    vsphere = vmware.vsphere
    if vsphere is None:
        return
    for_whom = [*vsphere.makes, *(["access"] if vsphere.access else [])]
    if for_whom and vmware.vcenter.datacenter is None:
        yield Violation(
            ("vcenter",),
            f"needs datacenter, in which vsphere.{for_whom[0]} stands; write its name",
            ("vcenter", "datacenter"),
        )
    named: list[tuple[Path, str | None]] = [
        *(
            (("vsphere", "resource_pools", key), vsphere_cluster_of(vmware, key))
            for key in vsphere.resource_pools
        ),
        *((("vsphere", "workstations", key), vmware.vcenter.cluster) for key in vsphere.workstations),
    ]
    for path, cluster in named:
        if cluster is None:
            yield Violation(
                path,
                "needs vcenter.cluster, the vSphere cluster that it stands in; write its name",
                ("vcenter", "cluster"),
            )


@rule(on=VmwareConfig)
def places_are_said_once(vmware: VmwareConfig) -> Iterator[Violation]:
    """A folder or pool that is made here is not named as one that exists too."""
    vsphere = vmware.vsphere
    if vsphere is None:
        return
    if vsphere.folder and vmware.vcenter.folder:
        yield Violation(
            ("vcenter", "folder"),
            f"must be left out with vsphere.folder, which makes the folder, got {vmware.vcenter.folder}; "
            "to keep a name, write vsphere: {folder: {name: ...}}",
        )
    for key, cluster in vmware.user_clusters.items():
        pool = cluster.vcenter.resource_pool if cluster.vcenter else None
        if pool and key in vsphere.resource_pools:
            yield Violation(
                ("user_clusters", key, "vcenter", "resource_pool"),
                f"must be left out with vsphere.resource_pools.{key}, which makes the pool, got {pool}; "
                f"a running cluster stays where it is: then take vsphere.resource_pools.{key} out",
            )


@rule(on=VmwareConfig)
def clusters_stand_in_the_data_center(vmware: VmwareConfig) -> Iterator[Violation]:
    """Clusters that use what is made here stand in its data center."""
    vsphere = vmware.vsphere
    if vsphere is None:
        return
    for key, cluster in vmware.user_clusters.items():
        datacenter = cluster.vcenter.datacenter if cluster.vcenter else None
        if datacenter in (None, vmware.vcenter.datacenter):
            continue
        made = [
            *(["folder"] if vsphere.folder and not (cluster.vcenter and cluster.vcenter.folder) else []),
            *([f"resource_pools.{key}"] if key in vsphere.resource_pools else []),
            *([f"port_groups.{name}"] if (name := cluster.network.port_group) in vsphere.port_groups else []),
        ]
        for name in made[:1]:
            yield Violation(
                ("user_clusters", key, "vcenter", "datacenter"),
                f"must be vcenter.datacenter {vmware.vcenter.datacenter}, where vsphere.{name} is made, "
                f"got {datacenter}; machines cannot use what stands in another data center",
            )


@rule(on=VmwareConfig)
def pools_are_of_clusters(vmware: VmwareConfig) -> Iterator[Violation]:
    """A pool is a user cluster's or the admin cluster's; before the first user cluster is written, anybody's."""
    vsphere = vmware.vsphere
    if vsphere is None:
        return
    for key in vsphere.resource_pools if vmware.user_clusters else ():
        if key != ADMIN and key not in vmware.user_clusters:
            yield Violation(
                ("vsphere", "resource_pools", key),
                f"must be the key of a user cluster ({', '.join(sorted(vmware.user_clusters))}) or {ADMIN}, "
                f"got {key}",
                ("user_clusters", key),
            )


@rule(on=VmwareConfig)
def datastores_are_known(vmware: VmwareConfig) -> Iterator[Violation]:
    """A workstation's disk has a datastore."""
    vsphere = vmware.vsphere
    if vsphere is None:
        return
    for key, workstation in vsphere.workstations.items():
        if not workstation.datastore and not vmware.vcenter.datastore:
            yield Violation(
                ("vsphere", "workstations", key),
                "needs datastore, because vcenter.datastore says none; write its name",
                ("vcenter", "datastore"),
            )


@rule(on=VmwareConfig)
def workstations_leave_the_admin_cluster_alone(vmware: VmwareConfig) -> Iterator[Violation]:
    """No workstation has an address of the admin cluster's; those of user clusters are judged with all others."""
    vsphere = vmware.vsphere
    if vsphere is None:
        return
    for key, workstation in vsphere.workstations.items():
        for addresses in vmware.admin_cluster.addresses if vmware.admin_cluster else ():
            if workstation.ip in addresses:
                yield Violation(
                    ("vsphere", "workstations", key, "ip"),
                    f"must be outside admin_cluster.addresses {addresses}, got {workstation.ip}; "
                    "choose a free address",
                )


@rule(on=VmwareConfig)
def hosts_are_enough(vmware: VmwareConfig) -> Iterator[Violation]:
    """There are as many hosts as a mandatory anti-affinity rule needs."""
    vsphere = vmware.vsphere
    if vsphere is None:
        return
    hosts = vmware.vcenter.hosts
    for key, rule_ in vsphere.anti_affinity_rules.items():
        if rule_.mandatory and hosts is not None and len(rule_.workstations) > hosts:
            yield Violation(
                ("vsphere", "anti_affinity_rules", key, "mandatory"),
                f"must be false with {len(rule_.workstations)} machines on vcenter.hosts {hosts}, "
                "or one of them stays off",
            )


@rule(on=VmwareConfig)
def ids_are_used(vmware: VmwareConfig) -> Iterator[Violation]:
    """Ids are of names that are used: another one is mistyped, and the right one would be looked up."""
    vsphere = vmware.vsphere
    if vsphere is None:
        return
    for kind, used in used_names(vmware).items():
        for name in getattr(vsphere.ids, kind):
            if name not in used:
                known = ", ".join(sorted(used)) or "none"
                yield Violation(
                    ("vsphere", "ids", kind, name),
                    f"is the name of nothing that is used here, got {name}; used are: {known}",
                )
