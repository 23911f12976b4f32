"""Routes inside route tables, which are objects of their own here."""

from __future__ import annotations

from pathlib import Path

from tests.operations.adopt.terraform.states import found_in, resource, state


def test_a_route_inside_a_table_is_one(tmp_path: Path) -> None:
    """Where no object of its own stands for it: a provider lists those too. A route of IPv6 is none that is made here."""
    routes = [
        {"cidr_block": "0.0.0.0/0", "gateway_id": "igw-1", "nat_gateway_id": ""},
        {"cidr_block": "10.1.0.0/16", "transit_gateway_id": "tgw-1"},
        {"cidr_block": "", "ipv6_cidr_block": "::/0", "gateway_id": "igw-1"},
    ]
    own = {
        "id": "r",
        "route_table_id": "rtb-1",
        "destination_cidr_block": "10.1.0.0/16",
        "transit_gateway_id": "tgw-1",
    }

    found = found_in(
        tmp_path,
        state(
            resource("aws_route_table.out", {"id": "rtb-1", "route": routes}, module="module.network"),
            resource("aws_route.more", own),
        ),
    )

    assert [(one.address, dict(one.attributes), one.is_inline) for one in found.of("aws_route")] == [
        ("aws_route.more", own, False),
        (
            "module.network.aws_route_table.out.route[0]",
            {"route_table_id": "rtb-1", "destination_cidr_block": "0.0.0.0/0", "gateway_id": "igw-1"},
            True,
        ),
    ]
