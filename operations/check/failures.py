"""What is left of each VPN when one part fails, for a table and for machines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from estate.derived.vpn.failures import failures, whole
from estate.model.vpn.vpn import Peering, VpnConfig

HEADERS = ("down", "what is left", "traffic goes over")


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
