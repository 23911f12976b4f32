"""What the file may say names of, beside entries that say their own."""

from __future__ import annotations

from estate.derived.google.names import called, nameable
from estate.model.environment import Environment
from tests.example import ESTATE
from tests.model.google.documents import ENVIRONMENT, environment, with_, without

ZONES = {"gcr-io", "gke-goog", "googleapis-com", "pkg-dev"}
ALWAYS = {"network", "google-apis", "firewall", "firewall/association", *ZONES}


def test_a_network_has_names_and_what_it_has() -> None:
    """A gateway in each region that has a subnet; who asks for names only where somebody may."""
    bare = with_(ENVIRONMENT, "google.network.inbound_dns", value=False)
    nat = with_(
        with_(ENVIRONMENT, "google.network.nat", {"addresses": ["a"]}),
        "dns",
        {"onprem": {"corp": {"domain": "corp.example.com", "servers": ["10.30.0.53"]}}},
    )

    assert nameable(environment(bare)) == ALWAYS
    assert nameable(environment(nat)) == {
        *ALWAYS,
        "dns",
        "dns-onprem-corp",
        "nat-europe-north1",
        "nat-europe-north1/router",
        "nat-a/address",
    }


def test_nothing_is_named_where_nothing_is() -> None:
    """Without a network, and without Google Cloud."""
    alone = without(without(ENVIRONMENT, "google.network"), "google.gke_clusters")

    assert nameable(environment(alone)) == frozenset()
    assert nameable(environment({"environment": "dev", "state": {"local": {}}})) == frozenset()


def test_every_tunnel_has_an_interface_and_a_session() -> None:
    """By the names that they have, those of AWS by connection."""
    found = {what for what in nameable(ESTATE.environments["prod"]) if what.startswith(("vpn", "dns-"))}

    assert {"dns-aws-aws", "dns-onprem-corp", "vpn", "vpn-aws", "vpn-onprem/external"} <= found
    assert {"vpn-aws-b-tunnel2", "vpn-aws-b-tunnel2/interface", "vpn-onprem-a/session"} <= found


def test_a_hub_has_a_name_and_a_spoke_for_each_site() -> None:
    """Where a hub passes on; elsewhere there is none to name."""
    document = ESTATE.environments["prod"].model_dump(exclude_unset=True, by_alias=True)
    document["vpn"]["transit_by"] = "hub"

    by_hub = nameable(Environment.model_validate(document))

    assert by_hub - nameable(ESTATE.environments["prod"]) == {"vpn/hub", "vpn-aws/spoke", "vpn-onprem/spoke"}


def test_what_nobody_says_is_called_as_derived() -> None:
    """By organization and environment, and without what stands behind the slash."""
    one = environment(with_(ENVIRONMENT, "google.names", {"network": "backbone"}))

    assert called(one, "kl", "network") == "backbone"
    assert called(one, "kl", "firewall/association") == "kl-dev-firewall"
    assert called(environment({"environment": "dev", "state": {"local": {}}}), "kl", "vpn") == "kl-dev-vpn"
