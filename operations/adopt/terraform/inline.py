"""Parts of objects that are objects of their own here: the routes inside a route table.

A provider lists all routes of a table in it, whoever made them, so a route counts as such a part only where no state has
an object of it. They are imported like any other; nothing of them has to be forgotten, since they go with their table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from operations.adopt.terraform.found import FoundObject

_TABLES: Final = frozenset({"aws_route_table", "aws_default_route_table"})
_GATEWAYS: Final = ("gateway_id", "nat_gateway_id", "transit_gateway_id")


def inline(objects: Sequence[FoundObject]) -> Iterator[FoundObject]:
    """The routes of tables that no object of its own stands for."""
    own = {
        (one.text("route_table_id"), one.text("destination_cidr_block"))
        for one in objects
        if one.type == "aws_route"
    }
    for table in (one for one in objects if one.type in _TABLES):
        for number, route in enumerate(table.blocks("route")):
            destination = route.get("cidr_block")
            if destination and (table.text("id"), destination) not in own:
                said = {"route_table_id": table.text("id"), "destination_cidr_block": destination}
                way = {name: route[name] for name in _GATEWAYS if route.get(name)}
                address = f"{table.address}.route[{number}]"
                yield FoundObject(table.state, address, "aws_route", {**said, **way}, is_inline=True)
