"""A valid on-prem section as an environment file writes it, and ways to change a copy of it."""

from __future__ import annotations

import copy
from typing import Any

CLUSTER: dict[str, Any] = {
    "version": "1.35.0-gke.525",
    "network": {
        "port_group": "vlan-210",
        "cidr": "10.21.0.0/24",
        "gateway": "10.21.0.1",
        "node_ips": ["10.21.0.20-10.21.0.39"],
        "dns": ["10.30.0.53"],
        "ntp": ["10.30.0.123"],
        "pods": "192.168.0.0/16",
        "services": "10.96.0.0/20",
    },
    "control_plane": {"vip": "10.21.0.5", "ips": ["10.21.0.10", "10.21.0.11", "10.21.0.12"]},
    "load_balancer": {
        "metal_lb": {
            "ingress_vip": "10.21.0.200",
            "pools": {
                "ingress": {"addresses": ["10.21.0.200/32"], "manual_assign": True},
                "services": {"addresses": ["10.21.0.201-10.21.0.220"]},
            },
        }
    },
    "node_pools": {
        "balancers": {"replicas": 3, "load_balancer": True},
        "workers": {"autoscaling": {"min_replicas": 3, "max_replicas": 8}},
    },
}
MANUAL: dict[str, Any] = {
    "ingress_vip": "10.21.0.200",
    "ingress_http_node_port": 30243,
    "ingress_https_node_port": 30879,
}
ADMIN: dict[str, Any] = {
    "membership": "projects/kl-dev-host/locations/global/memberships/kl-dev-admin",
    "version": "1.35.0-gke.525",
    "addresses": ["10.20.21.5", "10.20.21.10-10.20.21.12"],
}
SECTION: dict[str, Any] = {
    "location": "europe-north1",
    "admin_cluster": ADMIN,
    "admin_workstation": {"ip": "10.20.21.2"},
    "vcenter": {"datastore": "ds1", "hosts": 4},
    "user_clusters": {"apps": CLUSTER},
}
GOOGLE: dict[str, Any] = {
    "host_project": {"id": "kl-dev-host", "number": 123456789012},
    "region": "europe-north1",
}


def changed(document: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A copy of ``document`` with other values at dotted paths, written with __ for the dot."""
    result = copy.deepcopy(document)
    for path, value in changes.items():
        *sections, last = path.split("__")
        place = result
        for section in sections:
            place = place[section]
        if value is None:
            del place[last]
        else:
            place[last] = value
    return result


def moved(cluster: dict[str, Any], net: str) -> dict[str, Any]:
    """A copy of a cluster in another /24, such as 10.22.0, on a port group of its own."""
    text = repr(cluster).replace("10.21.0.", f"{net}.").replace("vlan-210", f"vlan-{net}")
    document: dict[str, Any] = eval(text, {}, {})  # noqa: S307 - the text of a document of our own
    return document
