"""What an environment's VPNs are, what is left of each when a part fails, and what is worth saying aloud."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from estate.derived.vpn.failures import Remainder, failures, whole
from estate.derived.vpn.routes import advertised, cluster_ranges, from_onprem
from estate.model.environment import Environment
from estate.model.vpn.onprem import OnpremVpnConfig
from estate.model.vpn.tunnel import Redundancy
from estate.model.vpn.vpn import Peering, VpnConfig
from operations.cards.content import Content
from operations.texts.counting import count

HEADERS = ("down", "what is left", "traffic goes over")


def vpn_contents(vpn: VpnConfig) -> Iterator[Content]:
    """Yield every entity of the section."""
    transit = ""
    if vpn.onprem and vpn.aws:
        joined = "passes traffic" if vpn.transit else "passes no traffic"
        transit = f", {joined} between onprem and aws"
    yield Content("vpn", "Cloud Router", f"AS {vpn.asn}{transit}")
    for key, peering in vpn.peerings.items():
        end = peering.shape if isinstance(peering, OnpremVpnConfig) else "a transit gateway"
        yield Content(f"vpn.{key}", "HA VPN", f"to AS {peering.peer_asn}, {end}, {_promise(whole(peering))}")


def _promise(remainder: Remainder) -> str:
    return f"{count(remainder.of, 'tunnel')}, {remainder.availability}"


def failure_rows(peering: Peering) -> Iterator[tuple[str, str, str]]:
    """Yield a row for each part of a VPN: what is left when it fails by itself."""
    for remainder in failures(peering):
        yield str(remainder.down), str(remainder), ", ".join(remainder.carrying) or "nothing"


def vpn_json(vpn: VpnConfig | None) -> dict[str, Any]:
    """The same for machines, by VPN."""
    return {
        key: {"whole": asdict(whole(peering)), "failures": [asdict(one) for one in failures(peering)]}
        for key, peering in (vpn.peerings if vpn else {}).items()
    }


def vpn_warnings(environment: Environment) -> Iterator[str]:
    """Yield what is allowed and yet loses a VPN when one part fails, or leads nowhere."""
    vpn = environment.vpn
    if vpn is None:
        return
    for key, peering in vpn.peerings.items():
        lost = [str(one.down) for one in failures(peering) if not one.left]
        if isinstance(peering, OnpremVpnConfig) and peering.redundancy is Redundancy.NONE:
            yield f"vpn.{key} says redundancy: none, {_promise(whole(peering))}: {_lost(lost)}"
        elif lost:
            yield f"vpn.{key} survives everything but one device: {_lost(lost)}"
    if vpn.aws:
        yield from _eks_warnings(environment)


def _lost(parts: list[str]) -> str:
    return (
        f"losing {' or '.join(parts)} loses the VPN"
        if parts
        else "it survives every single part all the same"
    )


def _eks_warnings(environment: Environment) -> Iterator[str]:
    """Who has a way to an EKS cluster and is not let in, and who is let in and has none."""
    told = set(advertised(environment, "aws"))
    elsewhere = [prefix for prefix in from_onprem(environment) if prefix not in told]
    for key, cluster in sorted(environment.aws.eks_clusters.items()) if environment.aws else ():
        door = f"aws.eks_clusters.{key}.endpoint.private_from"
        let_in = cluster.endpoint.private_from
        shut_out = [
            str(cidr)
            for cidr in cluster_ranges(environment)
            if any(cidr.subnet_of(one) for one in told) and not any(cidr.subnet_of(one) for one in let_in)
        ]
        if shut_out:
            yield f"{door} lets no cluster in from {', '.join(shut_out)}, which the VPN to AWS leads to it"
        lost = [str(cidr) for cidr in let_in if any(cidr.subnet_of(prefix) for prefix in elsewhere)]
        if lost:
            yield f"{door} lets in {', '.join(lost)}, which has no way there without vpn.transit"
