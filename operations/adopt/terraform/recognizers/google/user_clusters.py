"""User clusters on VMware, of the GKE On-Prem API."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from ipaddress import IPv4Address, IPv4Network, ip_network
from itertools import pairwise
from typing import Any, Final

from operations.adopt.terraform.draft import Draft, Keys
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.recognizers.google.places import keyed, of_host, region_of, said, unless
from operations.adopt.terraform.recognizers.google.user_node_pools import put_pools

_TYPE: Final = "google_gkeonprem_vmware_cluster"
_PATH: Keys = ("vmware",)
_CLUSTERS: Keys = (*_PATH, "user_clusters")
_NETWORK: Final = ("network_config", 0)
_STATIC: Final = (*_NETWORK, "static_ip_config", 0, "ip_blocks")
_CONTROL_PLANE: Final = (*_NETWORK, "control_plane_v2_config", 0, "control_plane_ip_block", 0)
_BALANCER: Final = ("load_balancer", 0)
_KEEP: Final = "keep it in the other Terraform"
_PLACES: Final = (
    "resource_pool",
    "folder",
    "cluster",
    "datacenter",
    "datastore",
    "storage_policy_name",
)


def recognize_user_clusters(found: Found, draft: Draft) -> None:
    """Put the user clusters, and the place in vCenter that most of them share."""
    clusters = [one for one in of_host(found, draft, _TYPE) if _has_place(draft, one)]
    if not clusters:
        return
    locations = Counter(map(region_of, clusters))
    draft.put((*_PATH, "location"), locations.most_common(1)[0][0])
    _put_admin_cluster(draft, clusters)
    places = [_vcenter(one) for one in clusters]
    common = places[0]
    draft.put((*_PATH, "vcenter"), common or None)
    for cluster, place in zip(clusters, places, strict=True):
        if region_of(cluster) != draft.at(*_PATH, "location"):
            draft.leave(cluster, "", "is kept in another region than the others of the environment", _KEEP)
            continue
        other = {key: value for key, value in place.items() if common.get(key) != value}
        _put(found, draft, cluster, other)


def _has_place(draft: Draft, cluster: FoundObject) -> bool:
    why = ""
    if cluster.at("enable_control_plane_v2") is not True:
        why = "is a kubeception cluster, which no supported version has"
    elif cluster.blocks(*_BALANCER, "f5_config"):
        why = "has the integrated F5, which no supported version has"
    elif len(cluster.blocks(*_STATIC)) > 1:
        why = "has nodes in more than one subnet, and clusters here stand in one"
    elif not cluster.blocks(*_CONTROL_PLANE[:-1]):
        why = "says no addresses of its control plane nodes, which clusters here do"
    if why:
        draft.leave(cluster, "", why, "migrate it with gkectl first, or keep it in the other Terraform")
    return not why


def _put_admin_cluster(draft: Draft, clusters: list[FoundObject]) -> None:
    """Its membership is all that a user cluster tells; its version is asked for."""
    memberships = Counter(one.text("admin_cluster_membership") for one in clusters)
    membership = memberships.most_common(1)[0][0]
    if membership and draft.at(*_PATH, "admin_cluster") is None:
        draft.put((*_PATH, "admin_cluster", "membership"), membership)
        draft.notes.append(
            "no state tells the admin cluster's version: say vmware.admin_cluster.version, which gkectl list admin prints"
        )
    for cluster in clusters:
        if cluster.text("admin_cluster_membership") != membership:
            draft.leave(
                cluster,
                "admin_cluster_membership",
                "is another admin cluster's, and an environment has one",
                "adopt it into an environment of its own",
            )


def _vcenter(cluster: FoundObject) -> dict[str, Any]:
    return said(**{key: cluster.text("vcenter", 0, key) or None for key in _PLACES})


def _put(found: Found, draft: Draft, cluster: FoundObject, vcenter: Mapping[str, Any]) -> None:
    key, name = keyed(draft, _CLUSTERS, cluster.text("name"))
    path = (*_CLUSTERS, key)
    draft.put(
        path,
        said(
            name=name,
            version=cluster.text("on_prem_version") or None,
            network=_network(cluster),
            control_plane=said(
                vip=cluster.text(*_BALANCER, "vip_config", 0, "control_plane_vip") or None,
                ips=[str(one.get("ip")) for one in cluster.blocks(*_CONTROL_PLANE, "ips")],
                cpus=unless(cluster.at("control_plane_node", 0, "cpus") or 4, 4),
                memory_mb=unless(cluster.at("control_plane_node", 0, "memory") or 8192, 8192),
            ),
            load_balancer=_load_balancer(cluster),
            vcenter=dict(vcenter) or None,
            admin_users=_admin_users(cluster) or None,
            disable_bundled_ingress=cluster.at("disable_bundled_ingress") or None,
            anti_affinity=False if cluster.at("anti_affinity_groups", 0, "aag_config_disabled") else None,
            advanced_networking=cluster.at("dataplane_v2", 0, "advanced_networking") or None,
            vsphere_csi_disabled=cluster.at("storage", 0, "vsphere_csi_disabled") or None,
            upgrade_policy={"control_plane_only": True}
            if cluster.at("upgrade_policy", 0, "control_plane_only")
            else None,
        ),
        cluster,
    )
    put_pools(found, draft, cluster, path)


def _network(cluster: FoundObject) -> dict[str, Any]:
    host = (*_NETWORK, "host_config", 0)
    gateway = cluster.text(*_CONTROL_PLANE, "gateway")
    mask = cluster.text(*_CONTROL_PLANE, "netmask")
    workers = [one for block in cluster.blocks(*_STATIC) for one in _ips(block)]
    nodes = [*workers, *cluster.blocks(*_CONTROL_PLANE, "ips")]
    return said(
        port_group=cluster.text(*_NETWORK, "vcenter_network") or None,
        cidr=str(ip_network(f"{gateway}/{mask}", strict=False)) if gateway and mask else None,
        gateway=gateway or None,
        node_ips=list(_joined([str(one.get("ip")) for one in workers])) or None,
        dhcp=cluster.at(*_NETWORK, "dhcp_ip_config", 0, "enabled") or None,
        dns=cluster.texts(*host, "dns_servers"),
        ntp=cluster.texts(*host, "ntp_servers"),
        search_domains=cluster.texts(*host, "dns_search_domains") or None,
        pods=next(iter(cluster.texts(*_NETWORK, "pod_address_cidr_blocks")), None),
        services=next(iter(cluster.texts(*_NETWORK, "service_address_cidr_blocks")), None),
        **_host_names(cluster.text("name"), nodes),
    )


def _ips(block: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [one for one in block.get("ips") or () if isinstance(one, Mapping)]


def _host_names(cluster: str, nodes: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Names that cluster and address do not make up; where none is said, the service chose them."""
    names = {str(one.get("ip")): one.get("hostname") for one in nodes}
    others = {ip: name for ip, name in names.items() if name and name != f"{cluster}-{ip.replace('.', '-')}"}
    return said(
        hostnames=others or None,
        derive_hostnames=None if all(names.values()) else False,
    )


def _joined(addresses: list[str]) -> Iterator[str]:
    """Addresses in the order of the file, those that follow one another as a range."""
    numbers = [int(IPv4Address(address)) for address in addresses]
    breaks = [position for position, (one, next_) in enumerate(pairwise(numbers), 1) if next_ != one + 1]
    for start, end in pairwise([0, *breaks, len(numbers)] if numbers else []):
        first, last = addresses[start], addresses[end - 1]
        yield first if first == last else f"{first}-{last}"


def _load_balancer(cluster: FoundObject) -> dict[str, Any]:
    vip = cluster.text(*_BALANCER, "vip_config", 0, "ingress_vip") or None
    manual = (*_BALANCER, "manual_lb_config")
    if cluster.blocks(*manual):
        ports = ("ingress_http_node_port", "ingress_https_node_port")
        return {"manual": said(ingress_vip=vip, **{port: cluster.at(*manual, 0, port) for port in ports})}
    pools = {
        str(pool.get("pool")): said(
            addresses=[_address(str(one)) for one in pool.get("addresses") or ()],
            manual_assign=pool.get("manual_assign") or None,
            avoid_buggy_ips=pool.get("avoid_buggy_ips") or None,
        )
        for pool in cluster.blocks(*_BALANCER, "metal_lb_config", 0, "address_pools")
    }
    return {"metal_lb": said(ingress_vip=vip, pools=pools)}


def _address(said_range: str) -> str:
    """A range as a file says it: MetalLB's /32 is an address, and another CIDR what lies between its ends."""
    if "/" not in said_range:
        return said_range
    network = IPv4Network(said_range, strict=False)
    return str(network[0]) if network.num_addresses == 1 else f"{network[0]}-{network[-1]}"


def _admin_users(cluster: FoundObject) -> list[str]:
    return [str(one.get("username")) for one in cluster.blocks("authorization", 0, "admin_users")]
