"""Stacks before and after a change: which resources have another address, and what else differs.

When nothing differs but addresses, and each has its moved entry, Terraform compares the same configuration with
the same objects: its plan is empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from estate.derived.clusters.folder import SYNCED
from estate.derived.share import shares
from estate.derived.stack_plan import stack_plans
from estate.model.estate import Estate
from estate.model.rules import Path
from estate.reading.paths import differences
from operations.artifacts.building import build
from operations.artifacts.stack_json import StackJson, read_stack
from operations.files.temporary import temporary_folder

_REFERENCE: Final = re.compile(r"(?:data\.)?[a-z][a-z0-9_]*\.[A-Za-z_][-A-Za-z0-9_]*")


@dataclass(frozen=True)
class Difference:
    """A value that a rename would change.

    Attributes:
        stack: in which stack.
        path: keys and positions in the synthesized JSON.
        before: the value as it is; None where there is none.
        after: the value as it would be.
        construct: path of the construct that it belongs to, empty for what is none.
    """

    stack: str
    path: Path
    before: Any
    after: Any
    construct: str

    @property
    def is_resource(self) -> bool:
        """Whether it is an object's, or what objects are made by, rather than an output, a variable or a folder."""
        return self.path[0] not in {"output", "variable"} and not self.is_folder

    @property
    def is_folder(self) -> bool:
        """Whether it is where Config Sync reads a cluster's manifests, which lie by its key: the same in another folder."""
        return self.path[-1] == "policy_dir" and f"/{SYNCED}" in f"{self.before}"

    def __str__(self) -> str:
        return f"{self.stack}: {'.'.join(map(str, self.path[1:]))} from {self.before!r:.80} to {self.after!r:.80}"


@dataclass(frozen=True)
class Comparison:
    """What a rename does to all stacks.

    Attributes:
        moves: new addresses of managed resources by old ones, by stack; stacks without any are left out.
        differences: what else changes.
        unmatched: resources that have no counterpart, as stack: address.
    """

    moves: Mapping[str, Mapping[str, str]]
    differences: tuple[Difference, ...]
    unmatched: tuple[str, ...]

    @property
    def changes_objects(self) -> bool:
        """Whether a plan would show anything but outputs."""
        return bool(self.unmatched) or any(one.is_resource for one in self.differences)


@dataclass(frozen=True)
class Synthesized:
    """An estate and every stack of it as JSON, without its refactoring blocks."""

    estate: Estate
    stacks: Mapping[str, StackJson]


def synthesized(estate: Estate, before: Synthesized | None = None) -> Synthesized:
    """Synthesize an estate.

    Args:
        estate: as it was loaded.
        before: the estate as it was; where an environment's stacks are made of the same, they are the same.

    Raises:
        InvalidInput: an entity cannot be built, such as a name that is too long.
    """
    old, new = _made_of(before.estate) if before else {}, _made_of(estate)
    known = {name for name in new if new[name] == old.get(name)}
    names = [name for name in estate.environments if name not in known]
    with temporary_folder() as made:
        build(replace(estate, refactorings={}), names, made)
        return Synthesized(
            estate,
            {
                name: before.stacks[name] if before and plan.environment in known else read_stack(made, name)
                for name, plan in stack_plans(estate).items()
            },
        )


def _made_of(estate: Estate) -> dict[str, tuple[object, ...]]:
    """All that each environment's stacks are made of; its refactoring entries are left out, as in the stacks."""
    share = shares(estate)
    return {name: (one, estate.organization, share[name]) for name, one in estate.environments.items()}


def compare(
    before: Mapping[str, StackJson], after: Mapping[str, StackJson], old: str, new: str
) -> Comparison:
    """Compare all stacks before and after a key became another."""
    moves: dict[str, dict[str, str]] = {}
    found: list[Difference] = []
    unmatched: list[str] = []
    for name, stack in before.items():
        if after[name] is stack:
            continue  # made of the same, so it was not synthesized anew
        mapping, lost = _counterparts(stack, after[name], old, new)
        unmatched += [f"{name}: {address}" for address in lost]
        managed = {
            one: other for one, other in mapping.items() if not one.startswith("data.") and one != other
        }
        if managed:
            moves[name] = managed
        paths = {other.removeprefix("data."): _construct(_body(stack, one)) for one, other in mapping.items()}
        for path, was, becomes in differences(_plain(stack, mapping), _plain(after[name], {})):
            construct = paths.get(".".join(map(str, path[1:3])), "")
            found.append(Difference(name, path, was, becomes, construct))
    return Comparison(moves, tuple(found), tuple(unmatched))


def _counterparts(
    before: StackJson, after: StackJson, old: str, new: str
) -> tuple[dict[str, str], list[str]]:
    """New addresses by old ones, data sources among them, and what has no counterpart."""
    gone, come = (dict(_addresses(stack)) for stack in (before, after))
    mapping = {address: address for address in gone if address in come}
    fresh = {address: path for address, path in come.items() if address not in gone}
    lost = []
    for address, path in gone.items():
        if address in mapping:
            continue
        found = [
            other
            for other, new_path in fresh.items()
            if other.rpartition(".")[0] == address.rpartition(".")[0] and _becomes(path, new_path, old, new)
        ]
        if len(found) == 1:
            mapping[address] = found[0]
            del fresh[found[0]]
        else:
            lost.append(address)
    return mapping, [*lost, *fresh]


def _addresses(stack: StackJson) -> Iterator[tuple[str, str]]:
    for section, prefix in (("resource", ""), ("data", "data.")):
        for type_, bodies in stack.get(section, {}).items():
            for name, body in bodies.items():
                yield f"{prefix}{type_}.{name}", _construct(body)


def _body(stack: StackJson, address: str) -> Mapping[str, Any]:
    section = "data" if address.startswith("data.") else "resource"
    type_, name = address.removeprefix("data.").split(".")
    body: Mapping[str, Any] = stack[section][type_][name]
    return body


def _construct(body: Mapping[str, Any]) -> str:
    return str(body["//"]["metadata"]["path"])


def _becomes(path: str, new_path: str, old: str, new: str) -> bool:
    one, other = path.split("/"), new_path.split("/")
    return len(one) == len(other) and all(
        second in {first, _renamed(first, old, new)} for first, second in zip(one, other, strict=True)
    )


def _renamed(id_: str, old: str, new: str) -> str:
    """The id with the new key; an id may begin with a key, as those of a connection's tunnels do."""
    return new + id_.removeprefix(old) if f"{id_}-".startswith(f"{old}-") else id_


def _plain(value: Any, mapping: Mapping[str, str], at: Path = ()) -> Any:
    """The JSON without what cdktf notes for itself, with new addresses in the place of old ones."""
    if isinstance(value, dict):
        section = at[0] if len(at) == 2 else None  # noqa: PLR2004 - the section and a type
        return {
            _renamed_block(section, at, key, mapping): _plain(below, mapping, (*at, key))
            for key, below in value.items()
            if key != "//"
        }
    if isinstance(value, list):
        below = [_plain(one, mapping, (*at, position)) for position, one in enumerate(value)]
        return sorted(below) if at[-1] == "depends_on" else below
    if isinstance(value, str) and mapping:
        return _REFERENCE.sub(lambda found: mapping.get(found[0], found[0]), value)
    return value


def _renamed_block(section: object, at: Path, key: str, mapping: Mapping[str, str]) -> str:
    prefix = {"resource": "", "data": "data."}.get(str(section))
    if prefix is None:
        return key
    address = f"{prefix}{at[1]}.{key}"
    return mapping.get(address, address).rpartition(".")[2]
