"""What holds of every VPN that keeps the rules, and that ranges which overlap never pass them."""

from __future__ import annotations

import copy
from ipaddress import IPv4Network
from itertools import combinations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from estate.derived.ranges import cloud_ranges
from estate.derived.vpn.failures import failures, whole
from estate.model.environment import Environment
from estate.model.vpn.vpn import VpnConfig
from tests.model.refusals import refusals
from tests.model.vmware.documents import changed
from tests.model.vpn.documents import ENVIRONMENT
from tests.model.vpn.generated import LINKS, Document, vpns

RANGES = st.builds(
    lambda address, prefix: IPv4Network((address, prefix), strict=False),
    st.integers(int(IPv4Network("10.0.0.0/8")[0]), int(IPv4Network("10.0.0.0/8")[-1])),
    st.integers(9, 28),
)
CLOUDS = list(cloud_ranges(Environment.model_validate(ENVIRONMENT)))


@settings(max_examples=50)
@given(vpns())
def test_every_gateway_interface_has_a_tunnel(document: Document) -> None:
    """So losing either one leaves the other, and losing any tunnel leaves one."""
    vpn = VpnConfig.model_validate(document)

    for peering in vpn.peerings.values():
        assert {tunnel.interface for tunnel in peering.all_tunnels().values()} == {0, 1}
        assert whole(peering).availability == "99.99 %"
        assert all(one.left for one in failures(peering) if not str(one.down).startswith("device"))


@settings(max_examples=50)
@given(vpns())
def test_links_never_collide(document: Document) -> None:
    """Neither the ranges nor any end's address."""
    vpn = VpnConfig.model_validate(document)

    ends = [
        address
        for peering in vpn.peerings.values()
        for tunnel in peering.all_tunnels().values()
        for both in (tunnel.ends(google_first=peering.google_is_first),)
        for address in (both.google, both.peer)
    ]
    assert len(set(ends)) == len(ends)
    assert all(
        not one.link_local.overlaps(other.link_local)
        for (_, one), (_, other) in combinations(vpn.all_tunnels(), 2)
        if one.link_local and other.link_local
    )


@settings(max_examples=50)
@given(vpns(), st.data())
def test_two_tunnels_never_share_a_link(document: Document, data: st.DataObject) -> None:
    """Whichever two they are."""
    changed_document = copy.deepcopy(document)
    tunnels = [*changed_document["onprem"]["tunnels"].values()]
    for connection in changed_document.get("aws", {}).get("connections", {}).values():
        tunnels += [connection["tunnel1"], connection["tunnel2"]]
    one, other = data.draw(
        st.lists(st.sampled_from(range(len(tunnels))), min_size=2, max_size=2, unique=True)
    )
    tunnels[other]["link_local"] = tunnels[one]["link_local"]

    found = refusals(VpnConfig, changed_document)

    assert [path.endswith("link_local") for path in found] == [True]


@settings(max_examples=50)
@given(vpns(), st.integers(0, 1))
def test_a_tunnel_less_changes_no_other(document: Document, position: int) -> None:
    """Nor does one more: what is made of a tunnel follows from its own key alone."""
    tunnels = document["onprem"]["tunnels"]
    gone = list(tunnels)[position]
    fewer = {
        **document,
        "onprem": {
            **document["onprem"],
            "redundancy": "none",
            "tunnels": {key: tunnel for key, tunnel in tunnels.items() if key != gone},
        },
    }

    before, after = VpnConfig.model_validate(document), VpnConfig.model_validate(fewer)

    assert dict(after.all_tunnels()) == {
        path: tunnel for path, tunnel in before.all_tunnels() if path != ("onprem", "tunnels", gone)
    }
    assert after.onprem is not None
    assert before.onprem is not None
    assert after.onprem.redundancy_type == before.onprem.redundancy_type


@settings(max_examples=50)
@given(RANGES)
def test_a_prefix_that_overlaps_a_cloud_is_refused(prefix: IPv4Network) -> None:
    """Whatever the sizes, and every other prefix is taken."""
    document = changed(ENVIRONMENT, google__network__onprem_prefixes=[str(prefix)])

    collides = any(prefix.overlaps(one.cidr) for one in CLOUDS)

    assert bool(refusals(Environment, document)) == collides


@settings(max_examples=50)
@given(RANGES, RANGES)
def test_two_prefixes_that_overlap_are_refused(one: IPv4Network, other: IPv4Network) -> None:
    """On the on-prem side as well."""
    assume(not any(cidr.overlaps(cloud.cidr) for cidr in (one, other) for cloud in CLOUDS))
    document = changed(ENVIRONMENT, google__network__onprem_prefixes=[str(one), str(other)])

    assert bool(refusals(Environment, document)) == one.overlaps(other)


@settings(max_examples=50)
@given(st.sampled_from(LINKS))
def test_every_link_that_aws_leaves_is_taken(link: str) -> None:
    """More than sixteen thousand of them."""
    document = changed(ENVIRONMENT, vpn__onprem__tunnels__a__link_local=link)
    others = [
        "169.254.21.4/30",
        *(f"169.254.121.{last}/30" for last in (0, 4, 8, 12)),
    ]
    assume(link not in others)

    assert refusals(Environment, document) == {}
