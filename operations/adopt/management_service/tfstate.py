"""The resources of a Terraform state, those in modules too.

A state holds secrets. Whatever is read of it here is compared, and only ids, addresses and ranges of it
are ever shown or written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from estate.reading.problems import InvalidInput
from operations.adopt.state_files import document, instances, named

_HOW = "make one with `terraform state pull` in the folder that anthos-gke generated"


@dataclass(frozen=True, eq=False)
class StateObject:
    """One object that the state holds.

    Attributes:
        address: address in the state, with module and index.
        type: type of the resource.
        attributes: what Terraform knows of it; never shown.
        inline: whether it is a part of another object rather than one of its own.
    """

    address: str
    type: str
    attributes: dict[str, Any] = field(repr=False)
    inline: bool = False

    def text(self, attribute: str) -> str:
        """An attribute that is text; "" when it is something else or absent."""
        value = self.attributes.get(attribute)
        return value if isinstance(value, str) else ""

    @property
    def import_id(self) -> str:
        """What Terraform imports it by, as the resource's documentation says; "" when that is not known."""
        if self.type == "aws_route":
            parts = (self.text("route_table_id"), self.text("destination_cidr_block"))
            return "_".join(parts) if all(parts) else ""
        if self.type == "aws_route_table_association":
            parts = (self.text("subnet_id"), self.text("route_table_id"))
            return "/".join(parts) if all(parts) else ""
        return self.text("bucket") if self.type.startswith("aws_s3_bucket") else self.text("id")


@dataclass(frozen=True)
class State:
    """What a state holds.

    Attributes:
        name: the file as messages name it.
        objects: the managed objects.
        unreadable: addresses of objects that cannot be looked at, with why.
    """

    name: str
    objects: tuple[StateObject, ...]
    unreadable: tuple[tuple[str, str], ...] = ()

    def of(self, type_: str) -> list[StateObject]:
        """The objects of a type."""
        return [found for found in self.objects if found.type == type_]


def read_state(path: Path) -> State:
    """Read a state in version 4, what Terraform 0.12 and later write; `-` is standard input.

    Raises:
        InvalidInput: it cannot be read or is no such state; nothing of its content is shown.
    """
    name, state = named(path), document(path, _HOW)
    if "format_version" in state:
        raise InvalidInput.of_file(name, f"is the output of terraform show, not a state; {_HOW}")
    objects: list[StateObject] = []
    unreadable: list[tuple[str, str]] = []
    for found in instances(name, state, _HOW):
        if found.unreadable:
            unreadable.append((found.address, found.unreadable))
            continue
        objects.append(StateObject(found.address, found.type, found.attributes))
        objects += _inline_routes(found.address, found.type, found.attributes)
    return State(name, tuple(objects), tuple(unreadable))


def _inline_routes(address: str, type_: str, attributes: dict[str, Any]) -> Iterator[StateObject]:
    """The routes inside a route table, which this project keeps as resources of their own."""
    for route in (attributes.get("route") or ()) if type_ == "aws_route_table" else ():
        destination = route.get("cidr_block") if isinstance(route, dict) else None
        if destination:
            found = {"route_table_id": attributes.get("id"), "destination_cidr_block": destination}
            yield StateObject(address, "aws_route", found, inline=True)
