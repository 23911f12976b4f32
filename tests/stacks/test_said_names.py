"""Names that the file says, of what has no entry of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from estate.derived.google.names import nameable
from estate.model.environment import Environment
from tests.example import ESTATE
from tests.stacks.estates import synthesize_one

TYPES = (
    "google_compute_address",
    "google_compute_external_vpn_gateway",
    "google_compute_ha_vpn_gateway",
    "google_compute_network",
    "google_compute_network_firewall_policy",
    "google_compute_network_firewall_policy_association",
    "google_compute_route",
    "google_compute_router",
    "google_compute_router_interface",
    "google_compute_router_nat",
    "google_compute_router_peer",
    "google_compute_vpn_tunnel",
    "google_dns_managed_zone",
    "google_dns_policy",
)
"""What the file says no name of anywhere else."""


def test_everything_is_called_as_the_file_says(tmp_path: Path) -> None:
    """Each by its own name, whatever it would be called otherwise."""
    prod = ESTATE.environments["prod"]
    said = {what: f"own-{number}" for number, what in enumerate(sorted(nameable(prod)))}
    document = prod.model_dump(exclude_unset=True, by_alias=True)
    document["google"]["names"] = said
    estate = replace(
        ESTATE, environments={**ESTATE.environments, "prod": Environment.model_validate(document)}
    )

    stack = synthesize_one(tmp_path, estate, "prod")

    names = [one["name"] for type_ in TYPES for one in stack.resources(type_).values()]
    assert sorted(names) == sorted(said.values())
