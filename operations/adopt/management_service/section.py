"""An `aws:` section in the making: what is in it, and from where in the document each value came."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from estate.model.aws.aws import AwsConfig
from estate.model.rules import Path
from estate.reading.loader import validate
from estate.reading.paths import dotted
from estate.reading.problems import InvalidInput
from estate.reading.yaml_nodes import Node
from estate.reading.yaml_source import Source
from operations.adopt.management_service.reading import Document

Keys = tuple[str, ...]


class LeftOut(NamedTuple):
    """A value of the document that the section does not hold.

    Attributes:
        path: where it stands in the document.
        value: what stands there.
        why: why it is left out, and what to do.
    """

    path: Path
    value: Any
    why: str


class Section:
    """The section and the account of what became of each value of the document.

    Attributes:
        data: the section as plain data, in the order in which it is printed.
        comments: comments by path, for where a person has to act.
        notes: what a person should know, in whole sentences without a final period.
    """

    def __init__(self, document: Document) -> None:
        self.data: dict[str, Any] = {}
        self.comments: dict[Path, str] = {}
        self.notes: list[str] = []
        self._document = document
        self._origins: dict[Path, Path] = {}
        self._carried: set[Path] = set()
        self._left_out: dict[Path, str] = {}

    def put(self, to: Keys, value: Any, *origin: str | int, comment: str = "") -> None:
        """Put a value at a path of the section.

        Args:
            to: keys from the section to the value; mappings on the way are made.
            value: text, number or list of texts.
            origin: where in the document it stands; nothing when it comes from elsewhere.
            comment: what to say beside it.
        """
        self._holder(to)[to[-1]] = value
        if comment:
            self.comments[to] = comment
        if origin:
            self._origins[to] = origin
            self.carry(*origin)
            if isinstance(value, list):
                self._origins.update({(*to, i): (*origin, i) for i in range(len(value))})

    def add(self, to: Keys, value: str, *origin: str | int) -> None:
        """Add a value that the list at ``to`` does not hold yet."""
        values = self._holder(to).setdefault(to[-1], [])
        if value not in values:
            self._origins[(*to, len(values))] = origin
            values.append(value)
        self.carry(*origin)

    def carry(self, *origin: str | int) -> None:
        """Say that the section, or a comment in it, holds what stands there in the document."""
        self._carried.add(origin)

    def leave_out(self, why: str, *origin: str | int) -> None:
        """Say why the section does not hold what stands there in the document, and all below it."""
        self._left_out[origin] = why

    def left_out(self) -> list[LeftOut]:
        """Everything in the document that the section does not hold, in the document's order."""
        found = []
        for path, value in self._document.leaves():
            if path in self._carried or path[:-1] in self._carried:
                continue
            above = (path[:length] for length in range(len(path), 0, -1))
            why = next((self._left_out[place] for place in above if place in self._left_out), None)
            if why is None:
                why = (
                    "is empty"
                    if value in (None, [], {})
                    else "is not a known field of AWSManagementService v1"
                )
            found.append(LeftOut(path, value, why))
        return found

    def checked(self) -> AwsConfig:
        """Check the section by the product's own model.

        Raises:
            InvalidInput: it is wrong; each problem at the place in the document that it comes from.
        """
        root = Source(self._document.name, self.data, self._node((), self.data, ("spec",)))
        model, problems, _ = validate(root, AwsConfig)
        if problems or model is None:
            names = {dotted(to): dotted(origin) for to, origin in self._origins.items()}
            named = [
                replace(p, path=names.get(p.path, f"aws.{p.path}" if p.path else "aws")) for p in problems
            ]
            raise InvalidInput(named)
        return model

    def _holder(self, to: Keys) -> dict[str, Any]:
        holder = self.data
        for key in to[:-1]:
            holder = holder.setdefault(key, {})
        return holder

    def _node(self, to: Path, value: Any, origin: Path) -> Node:
        """A value of the section as a reader of the document would place it."""
        origin = self._origins.get(to, origin)
        source = self._document.source
        line, column = source.position(origin)
        node = Node(value, line, column, source.position(origin, key=True), "")
        below = (
            value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        )
        node.children.update({key: self._node((*to, key), child, origin) for key, child in below})
        return node
