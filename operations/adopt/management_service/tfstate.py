"""The resources of a Terraform state, those in modules too.

A state holds secrets. Whatever is read of it here is compared, and only ids, addresses and ranges of it
are ever shown or written.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from estate.reading.paths import shown
from estate.reading.problems import InvalidInput, Problem

_STATE_VERSION = 4
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
    name = "standard input" if str(path) == "-" else shown(path)
    try:
        content = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        state = json.loads(content)
    except OSError as error:
        raise _problem(name, f"cannot be read: {(error.strerror or str(error)).lower()}") from None
    except json.JSONDecodeError as error:
        raise _problem(name, f"is not JSON; {_HOW}", error.lineno, error.colno) from None
    except (UnicodeDecodeError, RecursionError):
        raise _problem(name, f"is not JSON; {_HOW}") from None
    _refuse_other_kinds(name, state)
    objects: list[StateObject] = []
    unreadable: list[tuple[str, str]] = []
    try:
        for resource in state["resources"]:
            if resource["mode"] == "managed":
                _take(resource, objects, unreadable)
    except (AttributeError, KeyError, TypeError):
        raise _problem(name, f"is not a whole Terraform state; {_HOW}") from None
    return State(name, tuple(objects), tuple(unreadable))


def _refuse_other_kinds(name: str, state: Any) -> None:
    if isinstance(state, dict) and "format_version" in state:
        raise _problem(name, f"is the output of terraform show, not a state; {_HOW}")
    if isinstance(state, dict) and "encrypted_data" in state:
        raise _problem(name, "is an encrypted state; give the output of `tofu state pull`")
    version = state.get("version") if isinstance(state, dict) else None
    if isinstance(version, int) and version < _STATE_VERSION:
        raise _problem(
            name,
            f"must be a state of version 4, got version {version}, from before Terraform 0.12; "
            "run `terraform apply -refresh-only` with a newer one",
        )
    if version != _STATE_VERSION or not isinstance(state.get("resources"), list):
        raise _problem(name, f"is not a Terraform state of version 4; {_HOW}")


def _take(resource: dict[str, Any], objects: list[StateObject], unreadable: list[tuple[str, str]]) -> None:
    type_ = resource["type"]
    address = ".".join(filter(None, (resource.get("module"), type_, resource["name"])))
    for instance in resource["instances"]:
        index = instance.get("index_key")
        here = address if index is None else f"{address}[{json.dumps(index)}]"
        attributes = instance.get("attributes")
        if "deposed" in instance:
            unreadable.append((here, "is deposed, waiting to be destroyed"))
        elif not isinstance(attributes, dict):
            unreadable.append((here, "has no attributes in the form of Terraform 0.12 or later"))
        else:
            objects.append(StateObject(here, type_, attributes))
            objects += _inline_routes(here, type_, attributes)


def _inline_routes(address: str, type_: str, attributes: dict[str, Any]) -> Iterator[StateObject]:
    """The routes inside a route table, which this project keeps as resources of their own."""
    for route in (attributes.get("route") or ()) if type_ == "aws_route_table" else ():
        destination = route.get("cidr_block") if isinstance(route, dict) else None
        if destination:
            found = {"route_table_id": attributes.get("id"), "destination_cidr_block": destination}
            yield StateObject(address, "aws_route", found, inline=True)


def _problem(name: str, message: str, line: int = 0, column: int = 0) -> InvalidInput:
    return InvalidInput([Problem(name, line, column, "", message)])
