"""What cloud-init reads from vSphere when a machine starts for the first time: `guestinfo` in its settings.

https://cloudinit.readthedocs.io/en/latest/reference/datasources/vmware.html
"""

from __future__ import annotations

import base64
import json
from typing import Any

from estate.model.vmware.vsphere.workstation import WorkstationConfig


def guestinfo(config: WorkstationConfig, host_name: str) -> dict[str, str]:
    """The settings by name; JSON is YAML, which cloud-init reads."""
    return {
        "guestinfo.metadata": _encoded(json.dumps(_metadata(config, host_name), indent=2)),
        "guestinfo.metadata.encoding": "base64",
        "guestinfo.userdata": _encoded("#cloud-config\n" + json.dumps(_userdata(config), indent=2)),
        "guestinfo.userdata.encoding": "base64",
    }


def _metadata(config: WorkstationConfig, host_name: str) -> dict[str, Any]:
    network = config.network
    card = {
        "match": {"name": "en*"},
        "dhcp4": False,
        "addresses": [f"{config.ip}/{network.cidr.prefixlen}"],
        "routes": [{"to": "default", "via": str(network.gateway)}],
        "nameservers": {
            "addresses": list(map(str, network.dns)),
            "search": list(network.search_domains),
        },
    }
    return {
        "instance-id": host_name,
        "local-hostname": host_name,
        "network": {"version": 2, "ethernets": {"card": card}},
    }


def _userdata(config: WorkstationConfig) -> dict[str, Any]:
    user = {
        "name": config.login,
        "shell": "/bin/bash",
        "sudo": "ALL=(ALL) NOPASSWD:ALL",
        "lock_passwd": True,
        "ssh_authorized_keys": list(config.ssh_public_keys),
    }
    servers = list(map(str, config.network.ntp))
    return {
        "users": [user],
        "ssh_pwauth": False,
        "disable_root": True,
        **({"ntp": {"enabled": True, "servers": servers}} if servers else {}),
    }


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode("utf-8")).decode("ascii")
