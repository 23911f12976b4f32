"""Synthesized stacks as rules look at them: nulls and cdktf's metadata left out, references followed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from estate.derived.stack_plan import StackPlan
from estate.derived.ways.ways import NO_WAYS, Ways, ways
from estate.model.estate import Estate
from operations.artifacts.stack_json import read_stack

Block = Mapping[str, Any]

_REFERENCE = re.compile(r"\$\{((?:data\.)?[a-z][a-z0-9_]*\.[A-Za-z0-9_][-A-Za-z0-9_]*)[.\[][^${}]*\}")
_EXPRESSION = re.compile(r"\$\{[^{}]*\}")


@dataclass(frozen=True)
class Place:
    """Where a finding stands.

    Attributes:
        stack: name of the stack.
        address: address in the stack: a resource's, or that of a block such as terraform.backend.
    """

    stack: str
    address: str


@dataclass(frozen=True)
class Resource:
    """One managed resource.

    Attributes:
        place: where it stands.
        type: its type.
        body: its arguments.
    """

    place: Place
    type: str
    body: Block

    def blocks(self, *keys: str) -> list[Block]:
        """The nested blocks at a path of arguments, written as one block or as a list of them."""
        found = [self.body]
        for key in keys:
            found = [inner for outer in found for inner in blocks_of(outer, key)]
        return found


@dataclass(frozen=True)
class Outside:
    """What a stack's policies name and nothing in it makes, as the environment's file says it.

    Attributes:
        deployer: ARN of who applies what is in AWS, None where the file does not say.
        projects: numbers of Google's projects, by id; service agents carry them.
        ways: what has to get through by the tables of the environment's own stack.
    """

    deployer: str | None = None
    projects: Mapping[str, str] = field(default_factory=dict)
    ways: Ways = NO_WAYS


@dataclass(frozen=True)
class Stack:
    """One stack.

    Attributes:
        name: its name.
        environment: whose it is.
        body: everything in it.
        outside: what it names and does not make.
    """

    name: str
    environment: str
    body: Block
    outside: Outside = Outside()

    def __iter__(self) -> Iterator[Resource]:
        return self.resources(*self.body.get("resource", {}))

    def resources(self, *types: str) -> Iterator[Resource]:
        """Every resource of some types."""
        for type_, found in self.body.get("resource", {}).items():
            for name, body in found.items() if type_ in types else ():
                yield Resource(Place(self.name, f"{type_}.{name}"), type_, body)

    def place(self, address: str) -> Place:
        """A place in this stack."""
        return Place(self.name, address)

    @property
    def terraform(self) -> Block:
        """Its settings: backend, required providers."""
        settings: Block = self.body.get("terraform", {})
        return settings


Stacks = Sequence[Stack]


def make_stack(name: str, environment: str, body: Any, outside: Outside = Outside()) -> Stack:
    """A stack from JSON as cdktf writes it."""
    return Stack(name, environment, _plain(body), outside)


def read_stacks(outdir: Path, plans: Iterable[StackPlan], estate: Estate) -> list[Stack]:
    """The synthesized stacks of an estate below ``outdir``."""
    return [
        make_stack(
            plan.name,
            plan.environment,
            read_stack(outdir, plan.name),
            outside_of(estate, plan.environment),
        )
        for plan in plans
    ]


def outside_of(estate: Estate, environment: str) -> Outside:
    """What the stacks of an environment name and do not make."""
    found = estate.environments[environment]
    google = found.google
    projects = [google.host_project, *google.service_projects.values()] if google else []
    return Outside(
        found.aws.deployer if found.aws else None,
        {project.id: str(project.number) for project in projects},
        ways(found, estate.organization.name),
    )


def resources(stacks: Stacks, *types: str) -> Iterator[Resource]:
    """Every resource of some types in all stacks."""
    for stack in stacks:
        yield from stack.resources(*types)


def blocks_of(body: Block, key: str) -> list[Block]:
    """The nested blocks ``key``, written as one block or as a list of them."""
    value = body.get(key, [])
    return [value] if isinstance(value, dict) else [block for block in value if isinstance(block, dict)]


def reference(value: Any) -> str | None:
    """The address that a value refers to and nothing else beside it, such as ``${aws_vpc.Vpc.id}``."""
    found = _REFERENCE.fullmatch(value) if isinstance(value, str) else None
    return found[1] if found else None


def as_json(document: str) -> str:
    """A document with Terraform's expressions in it as JSON: quotes inside of an expression end no string."""
    return _EXPRESSION.sub(lambda expression: expression[0].replace('"', "'"), document)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items() if inner is not None and key != "//"}
    if isinstance(value, list):
        return [_plain(inner) for inner in value if inner is not None]
    return value
