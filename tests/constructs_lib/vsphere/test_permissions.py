"""Roles of the clusters' account, and the permissions of objects of ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cdktf import TerraformStack

from constructs_lib.vsphere.account_roles import AccountRoles
from constructs_lib.vsphere.entity_permissions import EntityPermissions
from constructs_lib.vsphere.vm_folder import VmFolder
from estate.facts.vmware.vsphere.privileges import RoleKind, documented
from estate.model.vmware.vsphere.access import AccessConfig
from estate.model.vmware.vsphere.folder import FolderConfig
from tests.constructs_lib.vsphere.defined import NAMING, inventory, synthesize
from tests.synth import Synthesized

NAMES = {kind: f"kl-dev-{kind.value}" for kind in RoleKind}


def permitted(outdir: Path, **access: Any) -> Synthesized:
    """A folder with the permissions of this account."""
    config = AccessConfig.model_validate({"account": "EXAMPLE\\gke", **access})

    def define(stack: TerraformStack) -> None:
        found = inventory(stack)
        folder = VmFolder(stack, "Folder", config=FolderConfig(), naming=NAMING, inventory=found)
        roles = AccountRoles(stack, "Roles", config=config, names=NAMES, inventory=found)
        EntityPermissions(folder, "Permissions", config=config, entity=folder, roles=roles, inventory=found)

    return synthesize(outdir, define)


def test_roles_have_the_documented_privileges(tmp_path: Path) -> None:
    """Sorted, so that the file does not change from run to run."""
    roles = permitted(tmp_path).resources("vsphere_role").values()

    assert {one["name"]: one["role_privileges"] for one in roles} == {
        name: sorted(documented(kind)) for kind, name in NAMES.items()
    }


def test_a_role_that_exists_is_looked_up(tmp_path: Path) -> None:
    """By its label; the other two are made."""
    found = permitted(tmp_path, role="Anthos")

    assert sorted(one["name"] for one in found.resources("vsphere_role").values()) == [
        "kl-dev-gke-cluster-editor",
        "kl-dev-gke-session-validator",
    ]
    [(name, role)] = found.data("vsphere_role").items()
    assert role == {"label": "Anthos"}
    [permission] = found.one("vsphere_entity_permissions")["permissions"]
    assert permission["role_id"] == f"${{data.vsphere_role.{name}.id}}"


def test_everybody_stands_in_the_one_list_in_the_providers_order(tmp_path: Path) -> None:
    """The provider reads them back sorted by principal, whatever the case."""
    others = [
        {"principal": "Example\\b", "role": "Read-only"},
        {"principal": "EXAMPLE\\A", "is_group": True, "role": "Read-only"},
    ]
    found = permitted(tmp_path, others=others)

    [folder] = found.resources("vsphere_folder")
    permissions = found.one("vsphere_entity_permissions")
    assert (permissions["entity_type"], permissions["entity_id"]) == (
        "Folder",
        f"${{vsphere_folder.{folder}.id}}",
    )
    assert [
        (one["user_or_group"], one["is_group"], one["propagate"]) for one in permissions["permissions"]
    ] == [("EXAMPLE\\A", True, True), ("Example\\b", False, True), ("EXAMPLE\\gke", False, True)]


@pytest.mark.parametrize("is_group", [True, False])
def test_the_account_may_be_reached_through_a_group(tmp_path: Path, *, is_group: bool) -> None:
    """Users and groups are kept apart in vCenter."""
    [permission] = permitted(tmp_path, is_group=is_group).one("vsphere_entity_permissions")["permissions"]

    assert permission["is_group"] is is_group
