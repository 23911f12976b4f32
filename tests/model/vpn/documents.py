"""Valid VPN sections as an environment file writes them, and what they need beside them."""

from __future__ import annotations

from typing import Any

from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.organization import Organization
from estate.model.rules import broken_rules

ONPREM: dict[str, Any] = {
    "asn": 65010,
    "peers": {
        "fw-a": {"interface": 0, "address": "203.0.113.10"},
        "fw-b": {"interface": 1, "address": "203.0.113.20"},
    },
    "tunnels": {
        "a": {"interface": 0, "peer": "fw-a", "link_local": "169.254.21.0/30"},
        "b": {"interface": 1, "peer": "fw-b", "link_local": "169.254.21.4/30"},
    },
}
ONE_DEVICE: dict[str, Any] = {
    **ONPREM,
    "peers": {
        "wan1": {"interface": 0, "address": "203.0.113.10", "device": "fw"},
        "wan2": {"interface": 1, "address": "203.0.113.20", "device": "fw"},
    },
    "tunnels": {
        "a": {"interface": 0, "peer": "wan1", "link_local": "169.254.21.0/30"},
        "b": {"interface": 1, "peer": "wan2", "link_local": "169.254.21.4/30"},
    },
}
ONE_ADDRESS: dict[str, Any] = {
    **ONPREM,
    "peers": {"fw": {"interface": 0, "address": "203.0.113.10"}},
    "tunnels": {
        "a": {"interface": 0, "peer": "fw", "link_local": "169.254.21.0/30"},
        "b": {"interface": 1, "peer": "fw", "link_local": "169.254.21.4/30"},
    },
}
AWS_VPN: dict[str, Any] = {
    "transit_gateway_asn": 64531,
    "connections": {
        "a": {
            "interface": 0,
            "tunnel1": {"link_local": "169.254.121.0/30"},
            "tunnel2": {"link_local": "169.254.121.4/30"},
        },
        "b": {
            "interface": 1,
            "tunnel1": {"link_local": "169.254.121.8/30"},
            "tunnel2": {"link_local": "169.254.121.12/30"},
        },
    },
}
VPN: dict[str, Any] = {"asn": 64521, "onprem": ONPREM, "aws": AWS_VPN, "transit": True}

NETWORK: dict[str, Any] = {
    "subnets": {"gke": {"cidr": "10.64.0.0/20", "pods": "10.68.0.0/16", "services": "10.72.0.0/20"}},
    "onprem_prefixes": ["10.20.0.0/16", "10.21.0.0/24"],
}
GOOGLE: dict[str, Any] = {
    "host_project": {"id": "kl-dev-host", "number": 123456789012},
    "region": "europe-north1",
    "network": NETWORK,
}
AWS: dict[str, Any] = {
    "region": "eu-west-1",
    "account_id": "012345678901",
    "management_vpc": {
        "cidr": "10.0.0.0/16",
        "zones": {
            "eu-west-1a": {"private": "10.0.1.0/24", "public": "10.0.4.0/24"},
            "eu-west-1b": {"private": "10.0.2.0/24", "public": "10.0.5.0/24"},
        },
    },
}
ENVIRONMENT: dict[str, Any] = {
    "environment": "dev",
    "state": {"local": {}},
    "google": GOOGLE,
    "aws": AWS,
    "vpn": VPN,
}


def estate_violations(*documents: dict[str, Any]) -> dict[str, str]:
    """Message by environment and dotted path of what the environments refuse of each other."""
    environments = [Environment.model_validate(document) for document in documents]
    names = tuple(one.environment for one in environments)
    organization = Organization(name="kl", domain="example.com", promotion=names)
    estate = Estate(organization, dict(zip(names, environments, strict=True)))
    return {f"{one.path[0]}: {'.'.join(map(str, one.path[1:]))}": one.message for one in broken_rules(estate)}
