"""What a key's value reaches: one key of the example is changed at a time, and what is synthesized is compared.

``python -m tests.reached_keys`` writes ``operations/reference/reached.json`` anew, in a few minutes: run it
after a change of a construct. A test asks a sample of it. No rule judges the changed value: what it would refuse is
never planned, and what the value reaches is the same. A key whose section the example lacks, or whose value cannot be
changed by a machine, is left out, and nothing is said of it.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import Enum
from ipaddress import IPv4Address, IPv4Network
from itertools import islice
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from estate.model.addresses import AddressRange
from estate.model.estate import Estate
from estate.model.key_of import KeyOf
from estate.reading.declared import Place, locate
from estate.reading.estate_loader import load_estate
from estate.reading.intended import error_of
from operations.project import ROOT
from stacks.app import synthesize
from tests.example import ENVIRONMENTS

FILE = ROOT / "operations" / "reference" / "reached.json"

_META = frozenset({"//", "depends_on", "lifecycle", "provider", "provisioner", "connection"})
"""What Terraform reads and no cloud."""


_SPOTS, _VALUES = 3, 3
"""How many places of a key, and how many values in each, are tried until one reaches anything."""


class Spot(NamedTuple):
    """A value of the example.

    Attributes:
        key: its key as the reference names it.
        environment: whose file it stands in; any for what all share.
        path: keys and positions to it, from the environment or the organization.
        value: what stands there.
        place: what is declared there.
    """

    key: str
    environment: str
    path: tuple[str | int, ...]
    value: Any
    place: Place


def spots(estate: Estate, file: str) -> dict[str, list[Spot]]:
    """Every value below a key of a file, by key: said ones first, then those that are absent."""
    found: dict[str, list[Spot]] = {}
    for name, environment in reversed(list(estate.environments.items())):
        whole: BaseModel = environment if file == "environment" else estate.organization
        for path, key, value in _values(whole, (), ""):
            spot = Spot(key, name, path, value, locate(type(whole), path))
            found.setdefault(key, []).append(spot)
        if whole is estate.organization:
            break
    return {key: sorted(some, key=lambda spot: spot.value in (None, (), {})) for key, some in found.items()}


def _values(
    value: Any, path: tuple[str | int, ...], key: str
) -> Iterator[tuple[tuple[str | int, ...], str, Any]]:
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            word = field.alias or name
            yield from _values(getattr(value, name), (*path, word), f"{key}.{word}".lstrip("."))
    elif isinstance(value, Mapping) and any(isinstance(one, BaseModel) for one in value.values()):
        for name, one in value.items():
            yield from _values(one, (*path, name), f"{key}.KEY")
    elif isinstance(value, tuple) and any(isinstance(one, BaseModel) for one in value):
        for at, one in enumerate(value):
            yield from _values(one, (*path, at), f"{key}[]")
    else:
        yield path, key, value


def changed(value: Any, place: Place, whole: BaseModel) -> Iterator[Any]:
    """Other values that could stand at a place."""
    for declared in place.declared:
        maps = [path for one in declared.metadata if isinstance(one, KeyOf) for path in one.maps]
        for path in maps:
            yield from (key for key in _keys(whole, path) if key != value)
        yield from (
            one for one in _others(declared.type, value) if one != value and error_of(declared, one) is None
        )
    if isinstance(value, tuple):
        below = locate(type(whole), (*place.path, 0))
        first = value[0] if value else None
        yield from ((one, *value[1:]) for one in changed(first, below, whole))
    if isinstance(value, Mapping):
        name = next(iter(value), "abc")
        below = locate(type(whole), (*place.path, name))
        yield from ({**value, name: one} for one in changed(value.get(name), below, whole))


def _keys(whole: BaseModel, path: tuple[str | int, ...]) -> list[str]:
    value: Any = whole
    for part in map(str, path):
        value = getattr(value, part, {}) if isinstance(value, BaseModel) else {}
    return list(value) if isinstance(value, Mapping) else []


def _others(type_: Any, value: Any) -> Iterator[Any]:
    if type_ is bool:
        yield value is not True
    elif get_origin(type_) is Literal:
        yield from get_args(type_)
    elif isinstance(type_, type) and issubclass(type_, Enum):
        yield from type_
    elif type_ in (int, float):
        base = value if isinstance(value, int | float) and not isinstance(value, bool) else 0
        yield from (base + step for step in (1, -1, 4, 10, 8192, 64512))
    elif type_ is IPv4Network:
        of = value or IPv4Network("10.99.0.0/24")
        yield from (IPv4Network((int(of[0]) + step * of.num_addresses, of.prefixlen)) for step in (1, -1))
        yield IPv4Network("203.0.113.0/24")
    elif type_ is IPv4Address:
        yield value + 1 if value else IPv4Address("10.99.0.5")
    elif type_ is AddressRange:
        yield AddressRange(value.first + 1, value.last + 1) if value else AddressRange.parse("10.99.0.5")
    elif type_ is str:
        yield from _texts(value) if isinstance(value, str) else ()
        yield from _NEW


_NEW = (
    "abc",
    "abc-",
    "/abc/",
    "eu-west-1b",
    "europe-north1-b",
    "europe-west4",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMOcA+Y9PPphHvbLrwQBMOj0IPwVhBhbPWmY6ulEP+DY else",
    "arn:aws:iam::123456789012:role/abc",
    "arn:aws:iam::123456789012:policy/abc",
    "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "ami-0123456789abcdef0",
    "1.35",
    "1.21.0",
    "v1.20.4-eksbuild.1",
    "gke-404767c1",
    "datacenter-2",
    "domain-c8",
    "datastore-15",
    "dvportgroup-21",
    "dns.googleapis.com",
    "abc@example.com",
    "reader@my-project.iam.gserviceaccount.com",
    "Datastore.Browse",
    "group:abc@example.com",
    "alias/abc",
    "a" * 64,
    "50 1c 1a 2b 3c 4d 5e 6f-70 81 92 a3 b4 c5 d6 e7",
)
"""Texts of every form that an absent key may have; the first that fits is taken."""


def _texts(value: str) -> Iterator[str]:
    """Texts that differ in one letter or digit, the last ones first."""
    for at in reversed(range(len(value))):
        for other in "1234abcd":
            if value[at].isalnum() and value[at].isdigit() == other.isdigit() and value[at] != other:
                yield value[:at] + other + value[at + 1 :]


def with_value(model: Any, path: tuple[str | int, ...], value: Any) -> Any:
    """A copy with another value at a path; no rule is asked."""
    if not path:
        return value
    part, *below = path
    if isinstance(model, BaseModel):
        fields = {field.alias or name: name for name, field in type(model).model_fields.items()}
        name = fields[str(part)]
        return model.model_copy(update={name: with_value(getattr(model, name), tuple(below), value)})
    if isinstance(model, tuple):
        return tuple(
            with_value(one, tuple(below), value) if at == part else one for at, one in enumerate(model)
        )
    return {**model, part: with_value(model[part], tuple(below), value)}


def stacks(estate: Estate, names: list[str]) -> dict[str, Any]:
    """What is synthesized of some environments: attributes by stack, block and address."""
    with tempfile.TemporaryDirectory() as folder:
        synthesize(estate, names, Path(folder))
        texts = {
            path.parent.name: path.read_text("utf-8") for path in Path(folder).glob("stacks/*/cdk.tf.json")
        }
    return {stack: json.loads(text) for stack, text in texts.items()}


def reached(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """What differs: `type.attribute`, `+type` and `-type` for what comes and goes, and blocks that move everything."""
    found: set[str] = set()
    for stack in before.keys() | after.keys():
        old, new = before.get(stack, {}), after.get(stack, {})
        for block in ("provider", "data"):
            if old.get(block) != new.get(block):
                found.add(block)
        if old.get("terraform", {}).get("backend") != new.get("terraform", {}).get("backend"):
            found.add("backend")
        found |= _resources(old.get("resource", {}), new.get("resource", {}))
    return sorted(found)


def _resources(old: Mapping[str, Any], new: Mapping[str, Any]) -> set[str]:
    found: set[str] = set()
    for type_ in old.keys() | new.keys():
        mine, theirs = old.get(type_, {}), new.get(type_, {})
        found |= {f"+{type_}"} if theirs.keys() - mine.keys() else set()
        found |= {f"-{type_}"} if mine.keys() - theirs.keys() else set()
        for address in mine.keys() & theirs.keys():
            ignored = _ignored(theirs[address])
            for attribute in (mine[address].keys() | theirs[address].keys()) - _META:
                found |= {
                    f"{type_}.{path}"
                    for path in _paths(
                        mine[address].get(attribute), theirs[address].get(attribute), attribute
                    )
                    if not any(f"{path}.".startswith(f"{one}.") for one in ignored)
                }
    return found


def _ignored(resource: Mapping[str, Any]) -> set[str]:
    """Attributes, and what is below them, of which Terraform compares nothing with what stands."""
    told = resource.get("lifecycle", {}).get("ignore_changes") or ()
    return {re.sub(r"\[\d+\]", "", one) for one in told}


def _paths(old: Any, new: Any, path: str) -> Iterator[str]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in old.keys() | new.keys():
            yield from _paths(old.get(key), new.get(key), f"{path}.{key}")
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for mine, theirs in zip(old, new, strict=True):
            yield from _paths(mine, theirs, path)
    else:
        yield path


class Experiment:
    """Changes keys of the example, one at a time."""

    def __init__(self) -> None:
        self.estate = load_estate(ENVIRONMENTS)
        self._before: dict[str, Any] = {}

    def of_key(self, file: str, some: list[Spot]) -> list[str] | None:
        """What a key reaches, by the first change that reaches anything; None when nothing can be said.

        That a value which is absent reaches nothing once it is said, proves nothing: it may be what holds anyway.
        """
        said = False
        for spot in some[:_SPOTS]:
            whole: BaseModel = (
                self.estate.environments[spot.environment]
                if file == "environment"
                else self.estate.organization
            )
            names = [spot.environment] if file == "environment" else list(self.estate.environments)
            for value in islice(changed(spot.value, spot.place, whole), _VALUES):
                estate = self._with(file, spot, with_value(whole, spot.path, value))
                try:
                    found = reached(self._unchanged(names), stacks(estate, names))
                except Exception as error:  # noqa: BLE001 - whatever it is, this value cannot be synthesized
                    print(f"  {spot.key} = {value!r}: {str(error)[:100]}", file=sys.stderr)
                    continue
                if found:
                    return found
                said = said or not (spot.value in (None, (), {}) or isinstance(spot.value, Mapping))
        return [] if said else None

    def _with(self, file: str, spot: Spot, whole: Any) -> Estate:
        if file == "organization":
            return replace(self.estate, organization=whole)
        return replace(self.estate, environments={**self.estate.environments, spot.environment: whole})

    def _unchanged(self, names: list[str]) -> Any:
        key = " ".join(names)
        if key not in self._before:
            self._before[key] = stacks(self.estate, names)
        return self._before[key]


def write(files: list[str]) -> None:
    """Change every key of some files, and write what each reaches."""
    experiment = Experiment()
    known: dict[str, dict[str, list[str]]] = json.loads(FILE.read_text("utf-8"))
    for file in files:
        tried = sorted(spots(experiment.estate, file).items())
        found = {key: experiment.of_key(file, some) for key, some in tried}
        known[file] = {key: reaches for key, reaches in found.items() if reaches is not None}
    FILE.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(sys.argv[1:] or ["environment", "organization"])
