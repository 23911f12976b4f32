"""A vSphere estate as an environment file writes it, and the on-prem section that it stands in."""

from __future__ import annotations

from typing import Any

from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.organization import Organization
from tests.model.vmware.documents import ADMIN, CLUSTER, GOOGLE, changed

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMOcA+Y9PPphHvbLrwQBMOj0IPwVhBhbPWmY6ulEP+DY somebody"
NETWORK: dict[str, Any] = {
    "port_group": "vlan-21",
    "cidr": "10.20.21.0/24",
    "gateway": "10.20.21.1",
    "dns": ["10.30.0.53"],
}
WORKSTATION: dict[str, Any] = {
    "template": "ubuntu-2204",
    "ip": "10.20.21.2",
    "network": NETWORK,
    "ssh_public_keys": [KEY],
}
VSPHERE: dict[str, Any] = {
    "server": "vcenter.example.com",
    "folder": {},
    "resource_pools": {"admin": {}, "apps": {}},
    "port_groups": {"vlan-210": {"switch": "dvs-main", "vlan_id": 210}},
    "tags": {},
    "access": {
        "account": "EXAMPLE\\gke-dev",
        "others": [{"principal": "EXAMPLE\\operators", "is_group": True, "role": "Read-only"}],
    },
    "workstations": {
        "first": WORKSTATION,
        "second": {**WORKSTATION, "ip": "10.20.21.3", "resource_pool": "admin"},
    },
    "anti_affinity_rules": {"workstations": {"workstations": ["first", "second"]}},
}
VMWARE: dict[str, Any] = {
    "location": "europe-north1",
    "admin_cluster": ADMIN,
    "admin_workstation": {"ip": "10.20.21.2"},
    "vcenter": {"datacenter": "DC1", "cluster": "GKE", "datastore": "ds1", "hosts": 4},
    "user_clusters": {"apps": CLUSTER},
    "vsphere": VSPHERE,
}
"""The on-prem section with a whole estate."""


def environment(name: str = "dev", vmware: dict[str, Any] | None = None, **fields: Any) -> Environment:
    """An environment with this on-prem section and local state."""
    google = changed(GOOGLE, host_project__id=f"kl-{name}-host")
    document = {
        "environment": name,
        "state": {"local": {}},
        "google": google,
        "fleet": {},
        "vmware": vmware or VMWARE,
    }
    return Environment.model_validate({**document, **fields})


def estate(*environments: Environment) -> Estate:
    """An estate of these environments."""
    by_name = {one.environment: one for one in environments}
    organization = Organization(name="kl", domain="example.com", promotion=tuple(by_name))
    return Estate(organization, by_name)
