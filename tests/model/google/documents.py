"""A valid google section as an environment file writes it, and environments with it."""

from __future__ import annotations

import copy
from typing import Any

from estate.model.environment import Environment
from tests.model.vmware.documents import SECTION

POOL: dict[str, Any] = {"machine_type": "e2-standard-4", "min_nodes": 3, "max_nodes": 6}
CLUSTER: dict[str, Any] = {
    "project": "apps",
    "subnet": "gke",
    "control_plane_cidr": "172.16.0.0/28",
    "secrets_key": "secrets",
    "node_pools": {"default": POOL},
}
SUBNET: dict[str, Any] = {"cidr": "10.64.0.0/20", "pods": "10.68.0.0/16", "services": "10.72.0.0/20"}
NETWORK: dict[str, Any] = {
    "subnets": {"gke": SUBNET},
    "onprem_prefixes": ["10.20.21.0/24", "10.21.0.0/24", "10.30.0.0/16"],
}
ALLOW: dict[str, Any] = {
    "priority": 1000,
    "sources": ["10.30.1.0/24"],
    "ports": ["tcp:8080"],
    "why": "the build farm's caches",
}
GOOGLE: dict[str, Any] = {
    "host_project": {"id": "kl-dev-host", "number": 123456789012},
    "region": "europe-north1",
    "service_projects": {"apps": {"id": "kl-dev-apps", "number": 523456789012}},
    "network": NETWORK,
    "kms_keys": {"secrets": {}},
    "gke_clusters": {"cloud": CLUSTER},
}
ENVIRONMENT: dict[str, Any] = {
    "environment": "dev",
    "state": {"local": {}},
    "google": GOOGLE,
    "vmware": SECTION,
    "fleet": {},
}
"""With a cluster on VMware, apps, beside the one in Google Cloud, cloud."""


def with_(document: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A copy of ``document`` with another value at a dotted path; parts that are missing are made."""
    result = copy.deepcopy(document)
    *sections, last = path.split(".")
    place = result
    for section in sections:
        place = place.setdefault(section, {})
    place[last] = value
    return result


def without(document: dict[str, Any], path: str) -> dict[str, Any]:
    """A copy of ``document`` without what is at a dotted path."""
    result = copy.deepcopy(document)
    *sections, last = path.split(".")
    place = result
    for section in sections:
        place = place[section]
    del place[last]
    return result


def environment(document: dict[str, Any] = ENVIRONMENT) -> Environment:
    """The document as an environment."""
    return Environment.model_validate(document)
