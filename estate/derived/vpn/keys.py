"""The secrets of an environment's tunnels: which there are and which variable brings each; never their values.

Each variable carries the environment's name, so that one shell or pipeline can hold those of several.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from estate.model.environment import Environment


@dataclass(frozen=True)
class Secret:
    """One secret of one tunnel.

    Attributes:
        vpn: key of the VPN.
        tunnel: key of the tunnel.
        name: what the tunnel is called.
        md5: whether it is the BGP session's and not the tunnel's own.
        variable: name of the Terraform variable.
    """

    vpn: str
    tunnel: str
    name: str
    md5: bool
    variable: str

    @property
    def what(self) -> str:
        """What it is, in words."""
        kind = "the MD5 key of the BGP session of" if self.md5 else "the pre-shared key of"
        return f"{kind} tunnel {self.name} of the VPN to {'AWS' if self.vpn == 'aws' else self.vpn}"


def secrets(environment: Environment) -> Iterator[Secret]:
    """Every secret that the environment's tunnels take, in the order of its file."""
    for vpn, peering in environment.vpn.peerings.items() if environment.vpn else ():
        for key, tunnel in peering.all_tunnels().items():
            for md5 in (False, True) if tunnel.md5 else (False,):
                # Hyphens, which keys have, are nothing that a shell exports; underscores keys have not.
                place = f"{environment.environment}_{vpn}_{tunnel.name}".replace("-", "_")
                yield Secret(vpn, key, tunnel.name, md5, f"vpn_{'md5_key' if md5 else 'key'}_{place}")
