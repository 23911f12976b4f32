"""The hub that passes on between the ends of the VPNs, in an environment's stack."""

from __future__ import annotations

from pathlib import Path

from operations.heads.unusual import shapes
from tests.known_shapes import BESIDE
from tests.model.vmware.documents import changed
from tests.model.vpn.documents import VPN
from tests.stacks.sections.test_vpn import FIELDS, PEERS, TUNNELS, by_address, by_name
from tests.stacks.test_environment_stack import synthesize


def test_a_hub_passes_on_between_the_sites(tmp_path: Path) -> None:
    """A spoke a site links all of its tunnels, and comes after their sessions; these say what is ours alone."""
    fields = {**FIELDS, "vpn": changed(VPN, transit_by="hub")}

    found = synthesize(tmp_path, **fields)

    hub = found.one("google_network_connectivity_hub")
    spokes = by_name(found, "google_network_connectivity_spoke")
    peers = by_address(found, PEERS)
    assert (hub["name"], hub["preset_topology"]) == ("kl-dev-vpn", "MESH")
    assert hub["depends_on"] == [
        f"google_compute_router.{name}" for name in found.resources("google_compute_router")
    ]
    assert set(spokes) == {"onprem", "aws"}
    for key, spoke in spokes.items():
        tunnels = [name for name in found.resources(TUNNELS) if name.startswith(f"Vpn_{key.capitalize()}_")]
        [its_hub] = found.resources("google_network_connectivity_hub")
        assert spoke["hub"] == f"${{google_network_connectivity_hub.{its_hub}.id}}"
        assert spoke["location"] == "europe-north1"
        assert spoke["linked_vpn_tunnels"] == {
            "site_to_site_data_transfer": True,
            "uris": [f"${{{TUNNELS}.{name}.self_link}}" for name in tunnels],
        }
        assert spoke["depends_on"] == [
            address for name, (address, _) in peers.items() if name.startswith(f"kl-dev-vpn-{key}-")
        ]
    told = {name: {one["range"] for one in body["advertised_ip_ranges"]} for name, (_, body) in peers.items()}
    assert not {"10.20.0.0/16", "10.21.0.0/24", "10.0.0.0/16"} & set().union(*told.values())
    routes = {body["destination_cidr_block"] for body in found.resources("aws_route").values()}
    assert {"10.20.0.0/16", "10.21.0.0/24"} <= routes


def test_the_step_to_a_hub_takes_nothing_away(tmp_path: Path) -> None:
    """It adds the hub, its spokes and the API, and leaves all else as it is."""
    before = synthesize(tmp_path / "before", **FIELDS)
    after = synthesize(tmp_path / "after", **{**FIELDS, "vpn": changed(VPN, transit_by="both")})

    new = {"google_network_connectivity_hub", "google_network_connectivity_spoke"}
    assert set(after.json["resource"]) - set(before.json["resource"]) == new
    for type_, some in before.json["resource"].items():
        for name, body in some.items():
            # The network waits for one API more, which a plan does not show.
            assert {**after.json["resource"][type_][name], "depends_on": body.get("depends_on")} == {
                "depends_on": None,
                **body,
            }


def test_a_pull_request_that_brings_a_hub_is_planned(tmp_path: Path) -> None:
    """What its spokes refer to is known, so that nobody has to agree to it first."""
    found = synthesize(tmp_path, **{**FIELDS, "vpn": changed(VPN, transit_by="hub")})

    spokes = [one for one in shapes(found.json) if one[1].startswith("google_network_connectivity_")]
    of_spokes = {place for place in BESIDE if place.startswith("google_network_connectivity_")}
    assert {place for _, place, _ in spokes} == of_spokes
    assert all(shape in BESIDE[place] for _, place, shape in spokes)
