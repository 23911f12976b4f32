"""What holds in every companion stack for vCenter, and in every stack that has one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from estate.derived.stack_plan import VSPHERE_SUFFIX
from operations.artifacts.stack_json import read_stack
from tests.example import NAMES, PLANS

COMPANIONS = [name for name in PLANS if name.endswith(VSPHERE_SUFFIX)]


@pytest.fixture(params=COMPANIONS)
def companion(request: pytest.FixtureRequest, real_output: Path) -> dict[str, Any]:
    """The synthesized companion stacks."""
    return read_stack(real_output, request.param)


@pytest.mark.parametrize("name", NAMES)
def test_an_environments_own_stack_never_asks_vcenter(real_output: Path, name: str) -> None:
    """Neither provider, nor resource, nor data source, so that it is planned from anywhere."""
    stack = read_stack(real_output, name)

    assert "vsphere" not in stack["provider"]
    types = [*stack.get("resource", {}), *stack.get("data", {})]
    assert [type_ for type_ in types if type_.startswith("vsphere_")] == []


def test_a_companion_asks_vcenter_alone(companion: dict[str, Any]) -> None:
    """With a server and nobody's credentials, whose certificate is checked."""
    assert list(companion["provider"]) == ["vsphere"]
    assert sorted(companion["provider"]["vsphere"][0]) == ["allow_unverified_ssl", "vsphere_server"]
    assert companion["provider"]["vsphere"][0]["allow_unverified_ssl"] is False


def test_no_companion_holds_a_credential(companion: dict[str, Any]) -> None:
    """Neither under the provider's names nor in a variable."""
    assert "variable" not in companion
    assert '"password"' not in json.dumps([companion["provider"], companion["resource"], companion["data"]])


def test_permissions_are_set_on_objects_of_the_same_stack_only(companion: dict[str, Any]) -> None:
    """The resource owns an object's whole list, so on anybody else's it would lock people out."""
    permissions = companion["resource"]["vsphere_entity_permissions"].values()
    made = {f"${{{type_}.{name}.id}}" for type_, found in companion["resource"].items() for name in found}

    assert permissions
    assert {body["entity_id"] for body in permissions} <= made


def test_no_role_has_what_vcenter_adds(companion: dict[str, Any]) -> None:
    """It would differ in every plan."""
    roles = companion["resource"]["vsphere_role"].values()

    assert roles
    assert [one for body in roles for one in body["role_privileges"] if one.startswith("System.")] == []
