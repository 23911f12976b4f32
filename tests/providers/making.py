"""Writes the schemas of the provider types in use, of every version that stacks may name.

``python -m tests.providers.making`` (``make provider-schemas``) asks ``terraform providers schema -json`` of each version
that can be had: from a mirror that ``HYBRID_PROVIDER_MIRROR`` names, or from the registry. Kept are names, types and
flags. Which attributes go together no schema says: ``google-7.45.0=FOLDER`` reads it out of that version's source, and
a file that stands keeps what it has of it, for the types that it has. Of AWS, whose version in use nobody could have
here, the newest that could be had stands in its place, as :data:`tests.providers.holding.NEAREST` says.

Left out: which attributes of AWS and helm go together.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from estate.facts.providers import versions
from operations.console import say
from operations.project import ROOT
from tests.deploy.toolchain import (
    AWS,
    GOOGLE,
    HELM,
    VSPHERE,
    CannotDeploy,
    Provider,
    Toolchain,
    find_toolchain,
)
from tests.providers.holding import FOLDER, NEAREST, schema_file
from tests.providers.source import asked, groups

_IMPORTED = re.compile(r"^from cdktf_cdktf_provider_([a-z]+)\.([a-z0-9_]+) import", re.MULTILINE)
_FLAGS = ("required", "optional", "computed", "deprecated", "write_only")
_BOUNDS = ("min_items", "max_items")


NEWER: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    "aws_eks_cluster": {"deletion_protection": {"type": "bool", "optional": True}},
    "aws_vpn_connection": {
        f"{tunnel}_log_options.cloudwatch_log_options.bgp_log_{name}": {"type": type_, "optional": True}
        for tunnel in ("tunnel1", "tunnel2")
        for name, type_ in (("enabled", "bool"), ("group_arn", "string"), ("output_format", "string"))
    },
}
"""By type and path, attributes that the version in use has and the nearest lacks, as the binding takes them."""


def used() -> dict[str, set[tuple[str, str]]]:
    """By provider, the types of resources and data sources that the constructs and stacks import."""
    found: dict[str, set[tuple[str, str]]] = {}
    for folder in ("constructs_lib", "stacks"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for provider, module in _IMPORTED.findall(path.read_text("utf-8")):
                part = "data" if module.startswith("data_") else "resources"
                name = module.removeprefix(f"data_{provider}_")
                if name != "provider":
                    found.setdefault(provider, set()).add((part, f"{provider}_{name}"))
    return found


def trimmed(block: Mapping[str, Any]) -> dict[str, Any]:
    """A block's attributes and blocks, without what is said about them."""
    attributes = {
        name: {"type": _type(one), **{flag: True for flag in _FLAGS if one.get(flag)}}
        for name, one in sorted(block.get("attributes", {}).items())
    }
    blocks = {
        name: {
            "nesting": one["nesting_mode"],
            **{bound: one[bound] for bound in _BOUNDS if one.get(bound)},
            **trimmed(one["block"]),
        }
        for name, one in sorted(block.get("block_types", {}).items())
    }
    return {"attributes": attributes, **({"blocks": blocks} if blocks else {})}


def with_newer(schema: dict[str, Any], attributes: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """A type's schema with attributes that its version lacks.

    Args:
        schema: as it is written.
        attributes: by path; the blocks on the way are there.
    """
    for path, attribute in attributes.items():
        *blocks, name = path.split(".")
        block = schema
        for step in blocks:
            block = block["blocks"][step]
        block["attributes"][name] = dict(attribute)
    return schema


def _type(attribute: Mapping[str, Any]) -> Any:
    """An attribute's type; one that holds attributes is written as objects are, without what is required there."""
    nested = attribute.get("nested_type")
    if nested is None:
        return attribute["type"]
    inner = ["object", {name: _type(one) for name, one in sorted(nested["attributes"].items())}]
    return inner if nested["nesting_mode"] == "single" else [nested["nesting_mode"], inner]


def read_schemas(tools: Toolchain) -> Mapping[str, Any]:
    """What a provider says of its types."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        required = json.dumps({"terraform": {"required_providers": tools.required}})
        (folder / "main.tf.json").write_text(required, encoding="utf-8")

        def terraform(*words: str) -> str:
            environment = {**os.environ, **tools.environment(folder)}
            ran = [tools.binary, f"-chdir={folder}", *words]
            return subprocess.run(ran, env=environment, check=True, capture_output=True, text=True).stdout

        terraform("init", "-input=false")
        (found,) = json.loads(terraform("providers", "schema", "-json"))["provider_schemas"].values()
    schemas: Mapping[str, Any] = found
    return schemas


def made(
    provider: Provider, tools: Toolchain, source: Path | None, before: Mapping[str, Any]
) -> dict[str, Any]:
    """What a file holds.

    Args:
        provider: the provider and its version.
        tools: Terraform with it.
        source: the folder of its source, None where nobody has it.
        before: what the file holds.
    """
    found = read_schemas(tools)
    tables = {"resources": found["resource_schemas"], "data": found["data_source_schemas"]}
    types = sorted(used()[provider.name])
    told = asked(provider.name, source) if source else {}
    together = {
        type_: groups(told[type_]) if source else before.get("together", {}).get(type_)
        for part, type_ in types
        if part == "resources"
    }
    configuration = trimmed(found["provider"]["block"])
    for one in configuration["attributes"].values():
        # Whatever a provider wants to be told, an environment variable may tell it.
        one.pop("required", None)
        one["optional"] = True
    result: dict[str, Any] = {
        "provider": provider.source,
        "version": provider.version,
        "made_by": "python -m tests.providers.making",
        "configuration": configuration,
        "resources": {},
        "data": {},
        "together": {type_: one for type_, one in together.items() if one},
    }
    for part, type_ in types:
        known = trimmed(tables[part][type_]["block"])
        newer = NEWER.get(type_, {}) if provider.version in NEAREST.values() else {}
        result[part][type_] = with_newer(known, newer)
    return result


def text_of(schemas: Mapping[str, Any]) -> str:
    """A file's text, one line a type: what changes with a version is seen type by type."""

    def lines() -> Iterator[str]:
        for name, value in schemas.items():
            if name not in {"resources", "data", "together"}:
                yield f" {json.dumps(name)}: {json.dumps(value)}"
                continue
            entries = ",\n".join(
                f"  {json.dumps(key)}: {json.dumps(one, separators=(',', ':'))}" for key, one in value.items()
            )
            yield f" {json.dumps(name)}: {{\n{entries}\n }}"

    return "{\n" + ",\n".join(lines()) + "\n}\n"


def _main(sources: Mapping[str, Path]) -> None:
    FOLDER.mkdir(exist_ok=True)
    for bound in (AWS, GOOGLE, HELM, VSPHERE):
        for named in versions(bound.name):
            version = NEAREST.get((bound.name, named), named)
            provider, file = (
                Provider(bound.name, version, namespace=bound.namespace),
                schema_file(bound.name, named),
            )
            try:
                tools = find_toolchain(provider, exact=True)
            except CannotDeploy as reason:
                say(f"{file.name}: left as it is; {reason}")
                continue
            before = json.loads(file.read_text("utf-8")) if file.is_file() else {}
            text = text_of(made(provider, tools, sources.get(f"{bound.name}-{version}"), before))
            file.write_text(text, encoding="utf-8", newline="\n")
            say(f"{file.name}: written")


if __name__ == "__main__":
    _main({name: Path(folder) for name, folder in (one.split("=", 1) for one in sys.argv[1:])})
