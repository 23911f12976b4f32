"""VPN sections that keep every rule."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from estate.model.vpn.values import LINK_LOCALS, LINK_PREFIX, RESERVED_LINKS

Document = dict[str, Any]

KEYS = st.from_regex(r"[a-z]([a-z0-9]{0,5}[a-z0-9])?", fullmatch=True)
LINKS = [str(link) for link in LINK_LOCALS.subnets(new_prefix=LINK_PREFIX) if link not in RESERVED_LINKS]


@st.composite
def onprem_vpns(draw: st.DrawFn, links: st.SearchStrategy[list[str]]) -> Document:
    """A VPN of any of the three shapes."""
    names = draw(st.lists(KEYS, min_size=2, max_size=2, unique=True))
    shape = draw(st.sampled_from(["two devices", "two addresses", "one address"]))
    peers: Document = {
        name: {"interface": interface, "address": f"203.0.113.{10 + interface}"}
        for interface, name in enumerate(names)
    }
    leads_to = dict(enumerate(names))
    if shape == "two addresses":
        peers = {name: {**peer, "device": "fw"} for name, peer in peers.items()}
    elif shape == "one address":
        peers = {names[0]: peers[names[0]]}
        leads_to = {0: names[0], 1: names[0]}
    keys = draw(st.lists(KEYS, min_size=2, max_size=2, unique=True))
    own_links = draw(links)
    tunnels = {
        key: {
            "interface": interface,
            "peer": leads_to[interface],
            "link_local": own_links[interface],
            "priority": draw(st.integers(0, 65535)),
            "md5": draw(st.booleans()),
        }
        for interface, key in enumerate(keys)
    }
    turned = dict(reversed(tunnels.items())) if draw(st.booleans()) else tunnels
    return {"asn": 65010, "peers": peers, "tunnels": turned}


@st.composite
def vpns(draw: st.DrawFn) -> Document:
    """A whole section, with AWS at its other end too or not."""
    links = draw(st.lists(st.sampled_from(LINKS), min_size=6, max_size=6, unique=True))
    section: Document = {"asn": 64521, "onprem": draw(onprem_vpns(st.just(links[:2])))}
    if draw(st.booleans()):
        names = draw(st.lists(KEYS, min_size=2, max_size=2, unique=True))
        section["aws"] = {
            "transit_gateway_asn": 64531,
            "connections": {
                name: {
                    "interface": interface,
                    "tunnel1": {"link_local": links[2 + 2 * interface]},
                    "tunnel2": {"link_local": links[3 + 2 * interface]},
                }
                for interface, name in enumerate(names)
            },
        }
        section["transit"] = draw(st.booleans())
    return section
