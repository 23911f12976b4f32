"""Objects as another team's Terraform has them: other names, in modules, with links where ids may stand."""

from __future__ import annotations

from typing import Any, Final

from operations.adopt.terraform.draft import Draft
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.order import GOOGLE

HOST: Final = "acme-net"
REGION: Final = "europe-west4"
LINK: Final = "https://www.googleapis.com/compute/v1/"
NETWORK_PATH: Final = f"projects/{HOST}/global/networks/backbone"


def thing(type_: str, address: str = "this", /, **attributes: Any) -> FoundObject:
    """An object of a module of its own."""
    return FoundObject("acme.tfstate", f"module.core.{type_}.{address}", f"google_{type_}", attributes)


def regional(kind: str, name: str, region: str = REGION, project: str = HOST) -> dict[str, Any]:
    """Where a regional object of Compute Engine stands, as its attributes say it."""
    path = f"projects/{project}/regions/{region}/{kind}/{name}"
    return {"project": project, "region": region, "name": name, "id": path, "self_link": f"{LINK}{path}"}


NETWORK: Final = thing(
    "compute_network",
    project=HOST,
    name="backbone",
    id=NETWORK_PATH,
    self_link=f"{LINK}{NETWORK_PATH}",
    auto_create_subnetworks=False,
)


def subnet(name: str, cidr: str, region: str = REGION, **attributes: Any) -> FoundObject:
    """A subnet of the network."""
    return thing(
        "compute_subnetwork",
        f'subnet["{region}/{name}"]',
        **regional("subnetworks", name, region),
        network=f"{LINK}{NETWORK_PATH}",
        ip_cidr_range=cidr,
        **attributes,
    )


def secondary(**ranges: str) -> list[dict[str, str]]:
    """Secondary ranges by their names."""
    return [{"range_name": name.replace("_", "-"), "ip_cidr_range": cidr} for name, cidr in ranges.items()]


NODES: Final = subnet(
    "nodes", "10.1.0.0/20", secondary_ip_range=secondary(gke_pods="10.4.0.0/16", gke_svc="10.5.0.0/20")
)


def drafted(*objects: FoundObject) -> Draft:
    """What the recognizers make of objects."""
    draft = Draft("prod", "kl")
    found = Found(objects)
    for one in GOOGLE:
        one.run(found, draft)
    return draft


def left(draft: Draft) -> dict[str, str]:
    """Why something has no place, by the last part of its address and its attribute."""
    return {
        ": ".join(filter(None, (one.origin.address.removeprefix("module.core."), one.attribute))): one.why
        for one in draft.left
    }
