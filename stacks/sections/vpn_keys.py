"""The variables with the keys of an environment's VPNs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cdktf import TerraformLocal, TerraformStack, TerraformVariable

from constructs_lib.google.ha_vpn import TunnelKeys
from constructs_lib.tunnel_key import TunnelKey
from estate.derived.vpn.keys import Secret, secrets
from estate.model.vpn.vpn import VpnConfig
from stacks.context import StackContext

_KEYS = "vpn_keys"


class VpnKeysSection:
    """Define a variable for each key, and the local value that holds them all to compare each with.

    Attributes:
        by_vpn: the keys of every tunnel, by VPN and tunnel.
    """

    def __init__(self, context: StackContext, *, config: VpnConfig) -> None:
        keys = {
            (secret.vpn, secret.tunnel, secret.md5): _variable(context.stack, secret)
            for secret in secrets(context.environment)
        }
        TerraformLocal(context.stack, _KEYS, [key.value for key in keys.values()])
        self.by_vpn: Final[Mapping[str, Mapping[str, TunnelKeys]]] = {
            vpn: {
                tunnel: TunnelKeys(
                    preshared=keys[vpn, tunnel, False],
                    md5=keys.get((vpn, tunnel, True)),
                )
                for tunnel in peering.all_tunnels()
            }
            for vpn, peering in config.peerings.items()
        }


def _variable(stack: TerraformStack, secret: Secret) -> TunnelKey:
    variable = TerraformVariable(
        stack,
        secret.variable,
        type="string",
        sensitive=True,
        # Empty rather than required: what uses it says which variable is missing, and destroying needs none.
        default="",
        description=secret.what[0].upper() + secret.what[1:],
    )
    return TunnelKey(secret.variable, secret.what, variable.string_value, _KEYS)
