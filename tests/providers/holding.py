"""Holds synthesized JSON against the schemas of the providers that it names.

Found are attributes and blocks that a type does not have, those that only the provider sets, deprecated ones, values of
another type than the attribute's, what is required and missing, blocks too few or too many, attributes that may not
stand together or may not be left out together, and references, also those of a lifecycle, to attributes that are not
there. A value that Terraform computes counts as said and as of the right type. Left out: what a provider looks into
by code, such as the form of a name.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "schemas"

Json = Mapping[str, Any]

_META = frozenset(
    {"//", "lifecycle", "depends_on", "provider", "provisioner", "connection", "count", "for_each"}
)
_SCALARS: Mapping[Any, tuple[type, ...]] = {"string": (str,), "number": (int, float), "bool": (bool,)}
_PARTS = {"resource": "resources", "data": "data"}
_REFERENCE = re.compile(r"(?<![\w.])(data\.)?([a-z]+_\w+)\.[\w-]+\.([a-z_]\w*(?:(?:\[\w+\])?\.[a-z_]\w*)*)")
_SELF = re.compile(r"(?<![\w.])self\.([a-z_]\w*(?:(?:\[\w+\])?\.[a-z_]\w*)*)")
_INDEX = re.compile(r"\[\w+\]")


NEAREST: Mapping[tuple[str, str], str] = {("aws", "6.25.0"): "5.100.0"}
"""By provider and version that stacks name, the version whose schemas stand in its place: no registry gave the other."""


def schema_file(provider: str, version: str) -> Path:
    """Where the schemas of a version stand, or of the nearest that could be had."""
    return FOLDER / f"{provider}-{NEAREST.get((provider, version), version)}.json"


def schemas_of(stack: Json, **versions: str) -> dict[str, Json]:
    """The schemas of the versions that a stack names, by provider, of those that there are any of.

    Args:
        stack: its JSON.
        versions: for these providers, other versions than the stack names.
    """
    required = stack.get("terraform", {}).get("required_providers", {})
    files = {name: schema_file(name, versions.get(name, one["version"])) for name, one in required.items()}
    return {name: _read(file) for name, file in files.items() if file.is_file()}


@functools.cache
def _read(file: Path) -> Json:
    schemas: Json = json.loads(file.read_text("utf-8"))
    return schemas


def problems(stack: Json, schemas: Mapping[str, Json]) -> Iterator[str]:
    """What of a stack a provider would refuse, or warn of.

    Args:
        stack: its JSON.
        schemas: by provider; what belongs to others is not looked at.
    """
    for provider, schema in schemas.items():
        for body in _listed(stack.get("provider", {}).get(provider)):
            said = {name: value for name, value in body.items() if name != "alias"}
            yield from _block(said, schema["configuration"], f"provider.{provider}")
    for kind, part in _PARTS.items():
        for type_, some in stack.get(kind, {}).items():
            schema = schemas.get(type_.partition("_")[0], {})
            for name, body in some.items() if schema else ():
                yield from _object(body, schema, part, type_, f"{type_}.{name}")
    for address, text in _texts(stack, ""):
        for data, type_, path in _REFERENCE.findall(text):
            schema = schemas.get(type_.partition("_")[0], {}).get("data" if data else "resources", {})
            if type_ in schema and (wrong := _step(schema[type_], path)):
                yield f"{address}: {data}{type_} has no {path}, {wrong}"


def _object(body: Json, schema: Json, part: str, type_: str, at: str) -> Iterator[str]:
    own = schema[part].get(type_)
    if own is None:
        yield f"{at}: no schema of the type; run make provider-schemas"
        return
    said = {name: value for name, value in body.items() if name not in _META}
    yield from _block(said, own, at)
    if part == "resources":
        yield from _together(said, schema["together"].get(type_, {}), at)
    lifecycle = body.get("lifecycle", {})
    of_itself = [path for _, text in _texts(lifecycle, "") for path in _SELF.findall(text)]
    for path in (*lifecycle.get("ignore_changes", ()), *of_itself):
        if wrong := _step(own, path):
            yield f"{at}.lifecycle: there is no {path}, {wrong}"


def _block(body: Json, schema: Json, at: str) -> Iterator[str]:
    attributes, blocks = schema["attributes"], schema.get("blocks", {})
    said = {name: value for name, value in body.items() if value is not None}
    for name, value in said.items():
        if name in attributes:
            yield from _attribute(value, attributes[name], f"{at}.{name}")
        elif name in blocks:
            for inner in _listed(value):
                yield from _block(inner, blocks[name], f"{at}.{name}")
        else:
            yield f"{at}.{name}: there is no such attribute"
    for name, one in attributes.items():
        if one.get("required") and name not in said:
            yield f"{at}.{name}: is required, and missing"
    for name, one in blocks.items():
        many = len(_listed(said.get(name)))
        if many < one.get("min_items", 0) or many > one.get("max_items", many):
            yield f"{at}.{name}: there are {many} of the block"


def _attribute(value: Any, schema: Json, at: str) -> Iterator[str]:
    if not (schema.get("required") or schema.get("optional")):
        yield f"{at}: only the provider sets it"
    if schema.get("deprecated"):
        yield f"{at}: is deprecated"
    if not _fits(value, schema["type"]):
        yield f"{at}: is no {json.dumps(schema['type'])}, {json.dumps(value)}"


def _fits(value: Any, type_: Any) -> bool:
    if value is None or (isinstance(value, str) and value.startswith("${")):
        return True
    if isinstance(type_, str):
        return isinstance(value, _SCALARS[type_]) and (type_ == "bool" or not isinstance(value, bool))
    kind, inner = type_
    if kind == "object":
        return isinstance(value, Mapping) and all(
            name in inner and _fits(one, inner[name]) for name, one in value.items()
        )
    if kind == "map":
        return isinstance(value, Mapping) and all(_fits(one, inner) for one in value.values())
    return isinstance(value, list) and all(_fits(one, inner) for one in value)


def _together(body: Json, groups: Mapping[str, Json], at: str) -> Iterator[str]:
    """What may not stand, or may not be missing, with what else there is; asked where the block around it stands."""
    said = set(_paths(body))
    for path, kinds in groups.items():
        around = path.rpartition(".")[0]
        if around and around not in said:
            continue
        for kind, others in kinds.items():
            there = said & {*others, path}
            if path not in said:
                wrong = kind in {"exactly_one_of", "at_least_one_of"} and not there
            elif kind == "conflicts_with":
                wrong = bool(said & {*others} - {path})
            elif kind == "required_with":
                wrong = not {*others} <= said
            else:
                wrong = kind == "exactly_one_of" and len(there) > 1
            if wrong:
                yield f"{at}.{path}: {kind.replace('_', ' ')} {', '.join(others)}"


def _paths(value: Any, at: str = "") -> Iterator[str]:
    for name, one in value.items() if isinstance(value, Mapping) else ():
        if one is not None:
            yield f"{at}{name}"
            for inner in _listed(one):
                yield from _paths(inner, f"{at}{name}.")


def _step(schema: Json, path: str) -> str:
    """What of a path is not there, "" where all of it is."""
    block: Json | None = schema
    for step in path.split("."):
        name = _INDEX.sub("", step)
        if block is None:
            return ""  # Below a map, or the attributes of an object, anything may be asked for.
        if name in block.get("blocks", {}):
            block = block["blocks"][name]
            if step != name and block["nesting"] == "set":
                return f"since {name} has no order"
        elif name in block["attributes"]:
            block = None
        else:
            return f"by its schema no {name}"
    return ""


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _texts(value: Any, at: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, Mapping):
        for name, one in value.items():
            yield from _texts(one, f"{at}.{name}" if at else str(name)) if name != "//" else ()
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one, at)
