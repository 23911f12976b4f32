"""The ways within the data centers, and out of them by other ways than the VPN; nobody's tables of them are here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import IPv4Address
from itertools import permutations
from typing import Final

from estate.derived.fleet.mesh_ranges import is_open
from estate.derived.stack_plan import vsphere_stack
from estate.derived.vpn.routes import cluster_ranges, joined_from_aws
from estate.derived.ways.aws import private_subnets
from estate.derived.ways.joined import gateways_of, machines
from estate.derived.ways.way import End, Kind, Way, data_center, named
from estate.facts.vmware.hosts import hosts
from estate.facts.ways import clouds
from estate.facts.ways import data_centers as rows
from estate.facts.ways.reason import Reason
from estate.model.addresses import AddressRange
from estate.model.environment import Environment
from estate.model.google.private_access import ZONES
from estate.model.vmware.vmware import VmwareConfig

_HOST: Final = re.compile(r"(?:https://|ssh://)?(?:[^@/]*@)?([^/:]+)(?::([0-9]+))?")
_VCENTER: Final = "the vCenter server"
_ESXI: Final = "the ESXi hosts of the vSphere clusters"


def data_center_ways(environment: Environment) -> Iterator[Way]:
    """Yield the ways of clusters on VMware, of their workstation, and to what may stand anywhere."""
    vmware = environment.vmware
    callers = machines(environment)
    if vmware is None or callers is None:
        return
    elsewhere = [host for host in hosts(vmware.location) if not host.endswith(ZONES)]
    yield _way(
        callers, named(Kind.INTERNET, ", ".join(elsewhere)), rows.CALL_OTHER_HOSTS, "clusters on VMware"
    )
    yield from _repository(environment, callers)
    yield from _of_workstations(environment, vmware)
    yield from _of_admin_cluster(vmware)
    if is_open(environment):
        yield from _of_mesh(vmware)
    for key, cluster in sorted(vmware.user_clusters.items()):
        nodes = data_center([cluster.network.cidr], key)
        what = f"user cluster {key}"
        control_plane = data_center([AddressRange.of(address) for address in cluster.control_plane.ips], key)
        yield _way(control_plane, named(Kind.DATA_CENTER, _vcenter(vmware)), rows.USER_MANAGES_MACHINES, what)
        yield _way(nodes, _servers(cluster.network.dns), rows.ASK_SERVERS, what)
        yield _way(nodes, _servers(cluster.network.ntp), rows.ASK_TIME, what)


def _repository(environment: Environment, callers: End) -> Iterator[Way]:
    """From wherever clusters stand to the host of their repository, which may be a data center's."""
    sync = environment.fleet and environment.fleet.features.config_sync
    url = ((sync.git and sync.git.repo) or (sync.oci and sync.oci.repo) if sync else None) or ""
    found = _HOST.match(url)
    if found is None or found[1].endswith(ZONES):
        return
    port = f"tcp:{found[2] or (22 if url.startswith(('ssh://', 'git@')) else 443)}"
    in_aws = joined_from_aws(environment) and environment.aws and environment.aws.eks_clusters
    clouds = (*cluster_ranges(environment), *(private_subnets(environment.aws) if in_aws else ()))
    known = [one for one in clouds if not any(one.subnet_of(range_) for range_ in callers.ranges)]
    source = End(
        Kind.DATA_CENTER, ranges=(*callers.ranges, *known), text=", ".join((str(callers), *map(str, known)))
    )
    detail = f"where {found[1]} stands in a data center, clusters {rows.SYNC_CONFIGURATION.why}"
    yield Way(source, named(Kind.INTERNET, found[1]), (port,), rows.SYNC_CONFIGURATION, detail)


def _of_workstations(environment: Environment, vmware: VmwareConfig) -> Iterator[Way]:
    if vmware.vsphere:
        planner = named(
            Kind.DATA_CENTER, f"the machine that plans stack {vsphere_stack(environment.environment)}"
        )
        yield _way(planner, named(Kind.DATA_CENTER, _vcenter(vmware)), rows.PLAN_VSPHERE, "stack of vCenter")
    addresses = [
        *([vmware.admin_workstation.ip] if vmware.admin_workstation else []),
        *(one.ip for _, one in sorted(vmware.vsphere.workstations.items() if vmware.vsphere else ())),
    ]
    if not addresses:
        return
    workstation = data_center([AddressRange.of(address) for address in addresses], "workstation")
    yield _way(
        workstation, named(Kind.DATA_CENTER, _vcenter(vmware)), rows.WORKSTATION_MAKES_MACHINES, "workstation"
    )
    yield _way(workstation, named(Kind.DATA_CENTER, _ESXI), rows.WORKSTATION_UPLOADS, "workstation")
    managed = [("admin cluster", data_center(vmware.admin_cluster.addresses))] if vmware.admin_cluster else []
    managed += [
        (f"user cluster {key}", data_center([cluster.network.cidr]))
        for key, cluster in sorted(vmware.user_clusters.items())
    ]
    for what, nodes in managed:
        if nodes.ranges:
            yield _way(workstation, nodes, rows.WORKSTATION_ADMINISTERS, what)
            yield _way(workstation, nodes, rows.WORKSTATION_LOGS_IN, what)


def _of_admin_cluster(vmware: VmwareConfig) -> Iterator[Way]:
    if vmware.admin_cluster is None or not vmware.admin_cluster.addresses:
        return
    nodes = data_center(vmware.admin_cluster.addresses, "admin cluster")
    yield _way(nodes, named(Kind.DATA_CENTER, _vcenter(vmware)), rows.ADMIN_MANAGES_MACHINES, "admin cluster")
    # No file here says them.
    yield _way(nodes, named(Kind.DATA_CENTER, "its name servers"), rows.ASK_SERVERS, "admin cluster")
    yield _way(nodes, named(Kind.DATA_CENTER, "its time servers"), rows.ASK_TIME, "admin cluster")
    for key, cluster in sorted(vmware.user_clusters.items()):
        vip = data_center([AddressRange.of(cluster.control_plane.vip)], key)
        yield _way(nodes, vip, rows.ADMIN_MANAGES_USER, f"user cluster {key}")


def _of_mesh(vmware: VmwareConfig) -> Iterator[Way]:
    """Between clusters that a mesh may join and that stand in different subnets; the file's other clusters are told with the clouds."""
    for (key, cluster), (other, neighbour) in permutations(sorted(vmware.user_clusters.items()), 2):
        if neighbour.network.cidr == cluster.network.cidr:
            continue
        nodes = data_center([neighbour.network.cidr], other)
        api = data_center([AddressRange.of(cluster.control_plane.vip)], key)
        call, find = clouds.CALL_MESH, clouds.FIND_ENDPOINTS
        why = f"gateways of user cluster {key}, of the mesh"
        yield Way(nodes, gateways_of(cluster, key), call.ports, call, why)
        yield Way(nodes, api, find.ports, find, f"Kubernetes API of user cluster {key}, for the mesh")


def _vcenter(vmware: VmwareConfig) -> str:
    return vmware.vsphere.server if vmware.vsphere else _VCENTER


def _servers(servers: tuple[IPv4Address | str, ...]) -> End:
    addresses = [AddressRange.of(server) for server in servers if isinstance(server, IPv4Address)]
    text = ", ".join(map(str, servers))
    return End(Kind.DATA_CENTER, ranges=data_center(addresses).ranges, text=text)


def _way(source: End, target: End, reason: Reason, what: str) -> Way:
    return Way(source, target, reason.ports, reason, f"{what}: {reason.why}")
