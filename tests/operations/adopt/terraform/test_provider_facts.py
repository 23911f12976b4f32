"""What providers do with attributes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from estate.facts.changes import ProviderChanges
from estate.facts.providers import default_version
from operations.adopt.terraform import provider_facts
from operations.adopt.terraform.provider_facts import (
    Effect,
    default,
    effect,
    is_computed,
    is_judged,
    is_whole,
)
from tests.providers.holding import schema_file

FOLDER = Path(provider_facts.__file__).parent


def facts(name: str) -> dict[str, Any]:
    """A data file."""
    read: dict[str, Any] = json.loads((FOLDER / name).read_text("utf-8"))
    return read


@pytest.mark.parametrize("provider", ["google", "vsphere"])
def test_every_type_with_a_schema_is_there(provider: str) -> None:
    """Of the version that the stacks name; `python -m tests.providers.attributes` writes those that are missing."""
    schemas = json.loads(schema_file(provider, default_version(provider)).read_text("utf-8"))["resources"]
    data = facts("attributes.json")

    assert data["providers"][provider] == default_version(provider)
    assert sorted(type_ for type_ in data["types"] if type_.startswith(f"{provider}_")) == sorted(schemas)


def test_facts_are_dated() -> None:
    """Providers change."""
    assert date.fromisoformat(facts("attributes.json")["read"]).year > 2025


def test_both_readings_of_the_source_agree() -> None:
    """The text says of each attribute what the compiled provider said."""
    known = ProviderChanges.known().types
    read = facts("attributes.json")["types"]
    differing = [
        f"{type_}.{path}: {said}"
        for type_, some in known.items()
        for path, said in some.items()
        if type_ in read
        and read[type_].get(path, {}).get("change", "in place") != said.replace("sent", "in place")
    ]

    assert len(known) > 40
    assert differing == []


def test_a_change_does_what_the_worst_around_it_does() -> None:
    """An attribute in a block that replaces, a block with an attribute that does."""
    assert effect("google_compute_network", "name") is Effect.REPLACES
    assert effect("google_compute_network", "routing_mode") is Effect.IN_PLACE
    assert effect("google_compute_subnetwork", "ip_cidr_range") is Effect.UNKNOWN
    assert effect("google_compute_external_vpn_gateway", "interface") is Effect.REPLACES
    assert effect("google_container_node_pool", "node_config.guest_accelerator.count") is Effect.REPLACES
    assert effect("google_new_thing", "name") is Effect.UNKNOWN
    assert effect("aws_vpc", "nobody_looked_at_it") is Effect.UNKNOWN


def test_what_a_provider_does_with_the_unsaid() -> None:
    """Computed by itself or with its block, a default, a mind of its own."""
    assert is_computed("google_container_cluster", "endpoint")
    assert is_computed("google_container_cluster", "node_config.machine_type")
    assert not is_computed("google_container_cluster", "description")
    assert default("google_container_cluster", "enable_shielded_nodes") is True
    assert default("google_container_cluster", "name") is None
    assert is_judged("google_compute_subnetwork", "network")
    assert not is_judged("google_compute_subnetwork", "name")
    assert is_whole("google_compute_network")
    assert not is_whole("aws_vpc")
    assert not is_whole("google_new_thing")
