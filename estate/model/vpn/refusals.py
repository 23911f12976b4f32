"""Keys that people know from other VPNs and that cannot be here, each with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

NO_BFD: Final[Mapping[str, str]] = {
    "bfd": "Cloud Router has no BFD on HA VPN tunnels, only on VLAN attachments; a lost tunnel is noticed by BGP "
    "within 60 s; leave it out"
}
NO_SECRETS: Final[Mapping[str, str]] = dict.fromkeys(
    ("preshared_key", "pre_shared_key", "shared_secret", "psk", "md5_key", "md5_authentication_key"),
    "keys never stand in a file; each is a variable that hybrid prerequisites ENV names; take it out, and "
    "if it was a real one, make another",
)
