"""Estates of a chosen size: folders of environment files, made from the model and nothing random.

Each environment holds what ``sandbox`` holds, and four more KMS keys: about a hundred resources of 37
types. An estate grows by environments, so that a large one has the mix of a small one and time per
resource can be compared. :func:`write_one_environment` puts as many resources into a single stack
instead, where only the number of KMS keys grows: it shows what a large stack costs.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import yaml

import estate.rules  # noqa: F401 - an environment is judged by all rules
from benchmarks.management_service import RESOURCES, management_service  # until 2027-03-17
from estate.model.environment import Environment
from estate.model.organization import Organization

RESOURCES_PER_ENVIRONMENT: Final = sum(
    (
        57,
        RESOURCES,  # until 2027-03-17
    )
)
_RESOURCES_PER_KEY: Final = 2
_KEYS: Final = 4
_DUMPER: Final = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_ZONES: Final = ("eu-west-1a", "eu-west-1b", "eu-west-1c")
_PUBLIC_KEY: Final = (
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMOcA+Y9PPphHvbLrwQBMOj0IPwVhBhbPWmY6ulEP+DY benchmark"
)


def write_estate(folder: Path, resources: int) -> None:
    """Write an estate of about ``resources`` resources, in environments of a hundred each."""
    count = max(1, round(resources / RESOURCES_PER_ENVIRONMENT))
    _write(folder, [_environment(number, _KEYS) for number in range(count)])


def write_one_environment(folder: Path, resources: int) -> None:
    """Write an estate of about ``resources`` resources in a single environment, KMS keys for the most part."""
    more = max(0, resources - RESOURCES_PER_ENVIRONMENT) // _RESOURCES_PER_KEY
    _write(folder, [_environment(0, _KEYS + more)])


def write_teams(folder: Path, teams: int) -> None:
    """Write four environments with a fleet and a cluster on VMware each, and teams with access to all."""
    names = ("sandbox", "dev", "test", "prod")
    access = dict(zip(names, ("edit", "edit", "view", "view"), strict=True))
    found = {
        f"team-{number:03}": {
            "group": f"team-{number:03}@example.com",
            "namespace_prefix": f"team-{number:03}-",
            "namespaces": [f"team-{number:03}-web", f"team-{number:03}-api"],
            "access": dict(access),
        }
        for number in range(teams)
    }
    _write(folder, [_on_prem(name, number) for number, name in enumerate(names)], teams=found)


def _write(folder: Path, environments: list[dict[str, Any]], **more: Any) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    names = [environment["environment"] for environment in environments]
    organization = {"name": "kl", "domain": "example.com", "promotion": names, **more}
    # Through the model, so that a change of it is noticed here and not in the middle of a measurement.
    Organization.model_validate(organization)
    _dump(folder / "organization.yaml", organization)
    for environment in environments:
        Environment.model_validate(environment)
        _dump(folder / f"{environment['environment']}.yaml", environment)


def _dump(path: Path, data: Mapping[str, Any]) -> None:
    path.write_text(yaml.dump(data, Dumper=_DUMPER, sort_keys=False, width=200), "utf-8")


def _environment(number: int, keys: int) -> dict[str, Any]:
    name = f"env{number:04}"
    account = f"{100_000_000_000 + number}"
    administrator = f"arn:aws:iam::{account}:user/gke-aws-admin"
    state = {"gcs": {"bucket": f"kl-{name}-tfstate"}}
    if number % 2:
        state = {"s3": {"bucket": f"kl-{name}-tfstate", "region": "eu-west-1"}}
    return {
        "environment": name,
        "state": state,
        "labels": {"cost_center": f"{4000 + number}"},
        "aws": {
            "region": "eu-west-1",
            "account_id": account,
            "management_vpc": _vpc(number),
            "bastion": {"allowed_ssh_cidrs": ["198.51.100.0/24"], "public_key": _PUBLIC_KEY},
            "kms_keys": {
                purpose: {"description": f"{purpose} of {name}", "users": [administrator]}
                for purpose in ("secrets", "database", *(f"team-{team}" for team in range(keys)))
            },
            "management_service": management_service(administrator, _PUBLIC_KEY),  # until 2027-03-17
        },
    }


def _vpc(number: int) -> dict[str, Any]:
    """Return a VPC with the range ``number`` of the 4,096 /20 ranges in 10.0.0.0/8."""
    second, third = divmod(number, 16)

    def subnet(position: int) -> str:
        return f"10.{second}.{third * 16 + position}.0/24"

    return {
        "cidr": f"10.{second}.{third * 16}.0/20",
        "zones": {
            zone: {"private": subnet(1 + position), "public": subnet(8 + position)}
            for position, zone in enumerate(_ZONES)
        },
    }


def _on_prem(name: str, number: int) -> dict[str, Any]:
    """Return an environment with a cluster in subnet ``number`` of 10.21.0.0/16."""
    net = f"10.21.{number}"
    return {
        "environment": name,
        "state": {"gcs": {"bucket": f"kl-{name}-tfstate"}},
        "google": {
            "host_project": {"id": f"kl-{name}-host", "number": 1 + number},
            "region": "europe-north1",
        },
        "fleet": {},
        "vmware": {
            "location": "europe-north1",
            "admin_cluster": {
                "membership": f"projects/kl-{name}-host/locations/global/memberships/kl-{name}-admin",
                "version": "1.36.0-gke.532",
            },
            "user_clusters": {
                "apps": {
                    "version": "1.36.0-gke.532",
                    "network": {
                        "port_group": f"vlan-{number}",
                        "cidr": f"{net}.0/24",
                        "gateway": f"{net}.1",
                        "node_ips": [f"{net}.20-{net}.39"],
                        "dns": ["10.30.0.53"],
                        "ntp": ["10.30.0.123"],
                        "pods": "192.168.0.0/16",
                        "services": "10.96.0.0/20",
                    },
                    "control_plane": {"vip": f"{net}.5", "ips": [f"{net}.10", f"{net}.11", f"{net}.12"]},
                    "load_balancer": {
                        "metal_lb": {
                            "ingress_vip": f"{net}.200",
                            "pools": {"all": {"addresses": [f"{net}.200-{net}.220"]}},
                        }
                    },
                    "node_pools": {"workers": {"replicas": 3, "load_balancer": True}},
                }
            },
        },
    }
