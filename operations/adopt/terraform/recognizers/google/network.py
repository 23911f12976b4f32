"""The network of the host project, and by which addresses it reaches Google's APIs."""

from __future__ import annotations

from collections import Counter
from typing import Final

from operations.adopt.terraform.draft import Draft, Keys
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.recognizers.google.places import in_network, meant, of_host, pin

_TYPE: Final = "google_compute_network"
_PATH: Keys = ("google", "network")
_RESTRICTED: Final = "199.36.153.4/30"
_PRIVATE: Final = "199.36.153.8/30"


def recognize_network(found: Found, draft: Draft) -> None:
    """Put the network that most of the host project stands in; a second one has no place in an environment."""
    networks = list(of_host(found, draft, _TYPE))
    if not networks:
        return
    used = Counter(
        network
        for one in found.of("google_compute_subnetwork", "google_container_cluster", "google_compute_router")
        for network in [meant(found, one.text("network"), one, _TYPE)]
        if network
    )
    network = max(networks, key=lambda one: used[one])
    for other in networks:
        if other is not network:
            draft.leave(
                other,
                "",
                "is a second network, and an environment has one",
                "keep it in the other Terraform, or adopt it into an environment of its own",
            )
    draft.takes(_PATH, network)
    pin(draft, "network", network.text("name"))
    _put_way_to_apis(found, draft)
    if network.at("auto_create_subnetworks") is True:
        draft.leave(
            network,
            "auto_create_subnetworks",
            "has a subnet in every region by itself, and networks here are in custom mode",
            "gcloud compute networks update NETWORK --switch-to-custom-subnet-mode, which nothing undoes",
        )


def _put_way_to_apis(found: Found, draft: Draft) -> None:
    for route in in_network(found, draft, "google_compute_route"):
        if route.text("dest_range") in {_RESTRICTED, _PRIVATE} and _leaves_by_itself(route):
            draft.takes(_PATH, route)
            pin(draft, "google-apis", route.text("name"))
            if route.text("dest_range") == _RESTRICTED:
                draft.put((*_PATH, "private_google_access"), "restricted")
            return


def _leaves_by_itself(route: FoundObject) -> bool:
    return route.text("next_hop_gateway").endswith("default-internet-gateway")
