"""Where a GKE cluster stands: what it shares with others, as its construct and its pools need it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network

from constructs_lib.google.kms_key import KmsKey
from constructs_lib.google.network import Network
from constructs_lib.google.subnet import Subnet


@dataclass(frozen=True)
class GkeSite:
    """Where a GKE cluster stands.

    Attributes:
        project: id of the project that it stands in.
        account_id: id of the service account that its nodes get there.
        fleet_project: id of the fleet host project.
        network: the Shared VPC.
        subnet: its subnet.
        secrets_key: the key that encrypts its Kubernetes secrets.
        security_group: the Google group whose nested groups it knows.
        authorized_networks: who reaches its private address, by name.
    """

    project: str
    account_id: str
    fleet_project: str
    network: Network
    subnet: Subnet
    secrets_key: KmsKey
    security_group: str
    authorized_networks: Mapping[str, IPv4Network]
