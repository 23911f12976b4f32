"""The clusters' vCenter account: principals, roles, privileges."""

from __future__ import annotations

from typing import Any

import pytest

from estate.facts.vmware.vsphere.privileges import RoleKind, documented
from estate.model.vmware.vsphere.access import AccessConfig
from tests.model.refusals import refusals

ACCESS: dict[str, Any] = {"account": "EXAMPLE\\gke"}
OPERATORS = {"principal": "EXAMPLE\\operators", "role": "Read-only"}


def test_an_account_alone_is_enough() -> None:
    """A role with the documented privileges is made for it."""
    access = AccessConfig.model_validate(ACCESS)

    assert (access.is_group, access.role, access.others) == (False, None, ())
    assert access.privileges(RoleKind.CLUSTER_ACCOUNT) == tuple(sorted(documented(RoleKind.CLUSTER_ACCOUNT)))


def test_additional_privileges_are_the_account_roles_alone() -> None:
    """The other two roles are what the documentation says and nothing more."""
    access = AccessConfig.model_validate({**ACCESS, "additional_privileges": ["Alarm.Create"]})

    assert "Alarm.Create" in access.privileges(RoleKind.CLUSTER_ACCOUNT)
    assert access.privileges(RoleKind.CLUSTER_EDITOR) == ("Host.Inventory.EditCluster",)
    assert access.privileges(RoleKind.SESSION_VALIDATOR) == (
        "Cns.Searchable",
        "Sessions.ValidateSession",
        "StorageProfile.View",
    )


@pytest.mark.parametrize("kind", RoleKind)
def test_no_documented_privilege_is_one_that_vcenter_adds(kind: RoleKind) -> None:
    """Google's lists have them; Terraform would show them as missing in every plan."""
    assert documented(kind)
    assert [privilege for privilege in documented(kind) if privilege.startswith("System.")] == []


def test_the_accounts_role_has_everything_that_google_lists() -> None:
    """122 privileges on the page of 2026-04-08, the three of System. left out."""
    assert len(documented(RoleKind.CLUSTER_ACCOUNT)) == 122


@pytest.mark.parametrize(
    ("fields", "path", "words"),
    [
        ({"account": "gke@example.com"}, "account", "pattern"),
        ({"account": "gke"}, "account", "pattern"),
        ({"additional_privileges": ["browse datastore"]}, "additional_privileges.0", "pattern"),
        ({"additional_privileges": ["System.View"]}, "additional_privileges.0", "must be left out"),
        ({"additional_privileges": ["Datastore.Browse"]}, "additional_privileges.0", "already"),
        (
            {"additional_privileges": ["Alarm.Create", "Alarm.Create"]},
            "additional_privileges.1",
            "a second time",
        ),
        (
            {"role": "Anthos", "additional_privileges": ["Alarm.Create"]},
            "additional_privileges",
            "which exists",
        ),
        ({"others": [{**OPERATORS, "principal": "EXAMPLE\\GKE"}]}, "others.0.principal", "access.account"),
        (
            {"others": [OPERATORS, {**OPERATORS, "principal": "example\\Operators"}]},
            "others.1.principal",
            "others[0]",
        ),
        ({"account": "VSPHERE.LOCAL\\Everyone"}, "account", "must not be everybody"),
        ({"others": [{**OPERATORS, "principal": "EXAMPLE\\everyone"}]}, "others.0.principal", "everybody"),
        ({"others": [{**OPERATORS, "role": "Administrators/All"}]}, "others.0.role", "pattern"),
    ],
    ids=[
        "account as e-mail",
        "account without domain",
        "privilege in words",
        "privilege of System",
        "privilege that is documented",
        "privilege twice",
        "privileges for a role of others",
        "account again in another case",
        "principal twice",
        "account is everybody",
        "everybody beside it",
        "role with a slash",
    ],
)
def test_refuses(fields: dict[str, Any], path: str, words: str) -> None:
    """Each mistake is reported at the field that has to change."""
    found = refusals(AccessConfig, {**ACCESS, **fields})

    assert list(found) == [path]
    assert words in found[path]
