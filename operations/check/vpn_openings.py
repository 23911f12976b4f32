"""What the on-prem team has to let through for the VPN itself.

IKE and IPsec are spoken between public addresses, BGP inside each tunnel:
https://docs.cloud.google.com/network-connectivity/docs/vpn/how-to/configuring-firewall-rules.
"""

from __future__ import annotations

from collections.abc import Iterator

from estate.facts.ways.data_centers import SPEAK_BGP, SPEAK_IPSEC
from estate.model.environment import Environment
from estate.model.vpn.onprem import OnpremVpnConfig
from operations.check.opening import Opening


def vpn_openings(environment: Environment) -> Iterator[Opening]:
    """Yield what tunnels need."""
    if environment.vpn and environment.vpn.onprem:
        yield from _tunnels(environment.vpn.onprem)


def _tunnels(vpn: OnpremVpnConfig) -> Iterator[Opening]:
    for key, tunnel in vpn.all_tunnels().items():
        yield Opening(
            str(vpn.peers[vpn.tunnels[key].peer].address),
            f"interface {tunnel.interface} of the HA VPN gateway",
            ", ".join(SPEAK_IPSEC.ports),
            f"IKE and IPsec of tunnel {key}, both ways (google_address in terraform output vpn_onprem)",
        )
        ends = tunnel.ends(google_first=vpn.google_is_first)
        yield Opening(
            str(ends.peer),
            str(ends.google),
            ", ".join(SPEAK_BGP.ports),
            f"BGP inside tunnel {key}, both ways",
        )
