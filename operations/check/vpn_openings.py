"""What the on-prem team has to let through for the VPN itself, and for what comes through it from AWS.

IKE and IPsec are spoken between public addresses, BGP inside each tunnel:
https://docs.cloud.google.com/network-connectivity/docs/vpn/how-to/configuring-firewall-rules.
"""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.google.allows import GATEWAY_PORT
from estate.derived.vpn.routes import from_onprem, joined_from_aws
from estate.model.environment import Environment
from estate.model.vpn.onprem import OnpremVpnConfig
from operations.check.opening import Opening


def vpn_openings(environment: Environment) -> Iterator[Opening]:
    """Yield what tunnels need, and the way to clusters in AWS where Google Cloud passes it on."""
    if environment.vpn and environment.vpn.onprem:
        yield from _tunnels(environment.vpn.onprem)
    aws = ", ".join(map(str, joined_from_aws(environment)))
    for key in sorted(environment.aws.eks_clusters) if environment.aws and aws else ():
        yield Opening(
            ", ".join(map(str, from_onprem(environment))),
            aws,
            GATEWAY_PORT,  # no mesh reaches into AWS
            f"gateways of EKS cluster {key}, behind internal load balancers",
        )


def _tunnels(vpn: OnpremVpnConfig) -> Iterator[Opening]:
    for key, tunnel in vpn.all_tunnels().items():
        yield Opening(
            str(vpn.peers[vpn.tunnels[key].peer].address),
            f"interface {tunnel.interface} of the HA VPN gateway",
            "udp:500, udp:4500, esp",
            f"IKE and IPsec of tunnel {key}, both ways (google_address in terraform output vpn_onprem)",
        )
        ends = tunnel.ends(google_first=vpn.google_is_first)
        yield Opening(str(ends.peer), str(ends.google), "tcp:179", f"BGP inside tunnel {key}, both ways")
