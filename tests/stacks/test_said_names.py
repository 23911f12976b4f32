"""Names that the file says, of what has no entry of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from estate.derived.google.names import Kind, kinds, nameable
from estate.model.environment import Environment
from estate.model.estate import Estate
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
    "google_network_connectivity_hub",
    "google_network_connectivity_spoke",
)
"""What the file says no name of anywhere else."""


def said_everything(**vpn: str) -> tuple[Estate, dict[str, str]]:
    """The estate with a name said of whatever prod has, and those names by what they are of."""
    document = ESTATE.environments["prod"].model_dump(exclude_unset=True, by_alias=True)
    document["vpn"] |= vpn
    said = {
        what: f"own-{number}"
        for number, what in enumerate(sorted(nameable(Environment.model_validate(document))))
    }
    document["google"]["names"] = said
    named = Environment.model_validate(document)
    return replace(ESTATE, environments={**ESTATE.environments, "prod": named}), said


def test_everything_is_called_as_the_file_says(tmp_path: Path) -> None:
    """Each by its own name, whatever it would be called otherwise, and what is of one kind lies in one place."""
    estate, said = said_everything(transit_by="hub")

    stack = synthesize_one(tmp_path, estate, "prod")

    found = {one["name"]: (type_, one) for type_ in TYPES for one in stack.resources(type_).values()}
    assert sorted(found) == sorted(said.values())
    by_place: dict[tuple[str, ...], set[str]] = {}
    by_kind: dict[Kind, set[str]] = {}
    for what, kind in kinds(estate.environments["prod"]):
        type_, body = found[said[what]]
        place = (body.get(key, "") for key in ("project", "region", "location", "router", "firewall_policy"))
        by_place.setdefault((type_, *place), set()).add(what)
        by_kind.setdefault(kind, set()).add(what)
    assert sorted(map(sorted, by_place.values())) == sorted(map(sorted, by_kind.values()))


def test_a_router_s_name_is_not_that_of_the_hub(tmp_path: Path) -> None:
    """Nor a gateway's that of the spoke: each has a name of its own, and the other would be replaced."""
    estate, _ = said_everything(transit_by="hub")
    google = estate.environments["prod"].google
    assert google is not None
    names = {"vpn": "edge", "vpn-aws": "to-aws"}
    renamed = estate.environments["prod"].model_copy(
        update={"google": google.model_copy(update={"names": names})}
    )

    stack = synthesize_one(
        tmp_path, replace(estate, environments={**estate.environments, "prod": renamed}), "prod"
    )

    assert stack.one("google_network_connectivity_hub")["name"] == "kl-prod-vpn"
    spokes = stack.resources("google_network_connectivity_spoke").values()
    assert sorted(one["name"] for one in spokes) == ["kl-prod-vpn-aws", "kl-prod-vpn-onprem"]
    assert "edge" in {one["name"] for one in stack.resources("google_compute_router").values()}
