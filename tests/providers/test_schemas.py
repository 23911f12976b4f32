"""Every stack against the schemas of the provider versions that it names, or may name."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from estate.facts.providers import providers, versions
from operations.artifacts.stack_json import read_stack
from tests.example import PLANS
from tests.providers.holding import NEAREST, problems, schemas_of
from tests.providers.making import NEWER, used, with_newer


@pytest.mark.parametrize("version", versions("google"))
@pytest.mark.parametrize("name", PLANS)
def test_a_stack_says_what_its_providers_take(real_output: Path, name: str, version: str) -> None:
    """Nothing unknown, removed, deprecated, wrongly typed, missing or conflicting, also on the way back."""
    stack = read_stack(real_output, name)

    assert list(problems(stack, schemas_of(stack, google=version))) == []


@pytest.mark.parametrize(
    ("provider", "version"), [(name, version) for name in providers() for version in versions(name)]
)
def test_each_type_in_use_has_a_schema(provider: str, version: str) -> None:
    """Of each version that may be named, or of the nearest to be had; `make provider-schemas` writes what is missing."""
    schemas = schemas_of({"terraform": {"required_providers": {provider: {"version": version}}}})[provider]
    known = {(part, type_) for part in ("resources", "data") for type_ in schemas[part]}

    assert schemas["version"] == NEAREST.get((provider, version), version)
    assert known == used()[provider]


def test_what_the_nearest_version_lacks_is_the_binding_s() -> None:
    """Which was made from the version in use; and the file has it, so that nobody has to write it by hand."""
    [(provider, named)] = NEAREST
    schemas = schemas_of({"terraform": {"required_providers": {provider: {"version": named}}}})[provider]
    for type_, attributes in NEWER.items():
        module = import_module(f"cdktf_cdktf_provider_{provider}.{type_.removeprefix(f'{provider}_')}")
        classes = [one for _, one in inspect.getmembers(module, inspect.isclass)]
        said = {name for one in classes for name in inspect.signature(one.__init__).parameters}
        assert {path.rpartition(".")[2] for path in attributes} <= said
        assert (
            with_newer(copy.deepcopy(schemas["resources"][type_]), attributes) == schemas["resources"][type_]
        )


def test_what_would_keep_secrets_out_of_states_is_known() -> None:
    """Arguments that no state holds, of types in use: docs/keys.md says why the tunnels' is not taken; helm's is not needed.

    A pin that brings another one asks for that choice again: with AWS's and the MD5 key's, no tunnel's key has to stay.
    """
    found = set()
    for provider in providers():
        for version in versions(provider):
            schemas = schemas_of({"terraform": {"required_providers": {provider: {"version": version}}}})
            resources = schemas[provider]["resources"]
            found |= {path for type_, block in resources.items() for path in write_only(block, type_)}

    assert found == {"google_compute_vpn_tunnel.shared_secret_wo", "helm_release.set_wo"}


def write_only(block: Mapping[str, Any], at: str) -> Iterator[str]:
    """Paths of attributes that are sent and never kept."""
    for name, one in block.get("attributes", {}).items():
        if one.get("write_only"):
            yield f"{at}.{name}"
    for name, one in block.get("blocks", {}).items():
        yield from write_only(one, f"{at}.{name}")
