"""Every stack against the schemas of the provider versions that it names, or may name."""

from __future__ import annotations

from pathlib import Path

import pytest

from estate.facts.providers import providers, versions
from operations.artifacts.stack_json import read_stack
from tests.example import PLANS
from tests.providers.holding import problems, schema_file, schemas_of
from tests.providers.making import used

WITHOUT = {"aws": 56, "helm": 1}
"""Types in use of providers whose schemas nobody could make here; fewer with each schema that somebody makes."""


@pytest.mark.parametrize("version", versions("google"))
@pytest.mark.parametrize("name", PLANS)
def test_a_stack_says_what_its_providers_take(real_output: Path, name: str, version: str) -> None:
    """Nothing unknown, removed, deprecated, wrongly typed, missing or conflicting, also on the way back."""
    stack = read_stack(real_output, name)

    assert list(problems(stack, schemas_of(stack, google=version))) == []


@pytest.mark.parametrize(
    ("provider", "version"),
    [(name, version) for name in providers() if name not in WITHOUT for version in versions(name)],
)
def test_each_type_in_use_has_a_schema(provider: str, version: str) -> None:
    """Of each version that may be named; `make provider-schemas` writes those that are missing."""
    schemas = schemas_of({"terraform": {"required_providers": {provider: {"version": version}}}})[provider]
    known = {(part, type_) for part in ("resources", "data") for type_ in schemas[part]}

    assert schemas["version"] == version
    assert known == used()[provider]


def test_no_more_types_go_without_a_schema() -> None:
    """The number goes down: a provider that can be had is asked."""
    assert {name: len(types) for name, types in used().items() if name in WITHOUT} == WITHOUT
    assert not any(schema_file(name, version).is_file() for name in WITHOUT for version in versions(name))
