"""What hybrid check says of a vSphere estate."""

from __future__ import annotations

import json
from typing import Any

import pytest

from operations.check.vsphere_permissions import (
    permissions_json,
    permissions_markdown,
    print_permissions,
    roles,
    rows,
)
from tests.model.vmware.documents import changed
from tests.model.vmware.vsphere.documents import VMWARE, environment, estate
from tests.operations.cards.asking import commands, contents, warnings


def summaries(**changes: Any) -> dict[str, str]:
    """Summaries by path below vmware.vsphere."""
    found = contents(environment("dev", changed(VMWARE, **changes)))
    paths = {row.path: row.summary for row in found if row.path.startswith("vmware.vsphere")}
    return {path.removeprefix("vmware.vsphere"): summary for path, summary in paths.items()}


def said(**changes: Any) -> list[str]:
    """Warnings about vCenter."""
    found = warnings(environment("dev", changed(VMWARE, **changes)))
    return [text for text in found if "vsphere" in text or "resource pool" in text]


def test_every_entity_is_listed_with_its_name() -> None:
    """Names are what the vSphere team sees."""
    assert summaries() == {
        "": "in vcenter.example.com, stack dev-vsphere",
        ".folder": "kl-dev",
        ".resource_pools.admin": "kl-dev-admin, CPU normal shares; memory normal shares",
        ".resource_pools.apps": "kl-dev-apps, CPU normal shares; memory normal shares",
        ".port_groups.vlan-210": "VLAN 210 on dvs-main",
        ".tags": "in categories kl-environment, kl-cluster",
        ".access": "EXAMPLE\\gke-dev, and 1 more",
        ".workstations.first": "kl-dev-first, 10.20.21.2 on vlan-21, 4 CPUs, 8192 MiB, 100 GiB",
        ".workstations.second": "kl-dev-second, 10.20.21.3 on vlan-21, 4 CPUs, 8192 MiB, 100 GiB",
        ".anti_affinity_rules.workstations": "kl-dev-workstations: first, second not on one host",
    }


@pytest.mark.parametrize(
    ("changes", "path", "summary"),
    [
        (
            {"vsphere__folder": {"parent": "GKE", "per_cluster": True}},
            ".folder",
            "GKE/kl-dev, one in it per cluster",
        ),
        (
            {
                "vsphere__resource_pools__apps": {
                    "cpu": {"reservation_mhz": 1000, "limit_mhz": 2000},
                    "memory": {"share_level": "custom", "shares": 7, "limit_mb": 99999},
                }
            },
            ".resource_pools.apps",
            "kl-dev-apps, CPU normal shares, 1000 MHz reserved, at most 2000 MHz; memory 7 shares, at most 99999 MiB",
        ),
        (
            {"vsphere__tags": {"owner": "test"}},
            ".tags",
            "in categories kl-environment, kl-cluster, made by test",
        ),
        ({"vsphere__access": {"account": "A\\b"}}, ".access", "A\\b"),
        (
            {"vsphere__anti_affinity_rules__workstations__mandatory": True},
            ".anti_affinity_rules.workstations",
            "kl-dev-workstations: first, second never on one host",
        ),
    ],
    ids=["folders", "shares and limits", "categories of another", "account alone", "mandatory rule"],
)
def test_what_is_said_of_an_entity(changes: dict[str, Any], path: str, summary: str) -> None:
    """What a person wants to know of it at a glance."""
    assert summaries(**changes)[path] == summary


def test_a_retired_section_has_only_its_server() -> None:
    """And an environment without one has nothing."""
    assert summaries(vsphere={"server": "vc"}) == {"": "in vc, stack dev-vsphere"}
    assert summaries(vsphere=None) == {}


@pytest.mark.parametrize(
    ("changes", "how"),
    [
        ({}, "10.20.21.2, vsphere.workstations.first"),
        ({"admin_workstation__ip": "10.20.21.9"}, "10.20.21.9, made by hand"),
        ({"vsphere": None}, "10.20.21.2, made by hand"),
    ],
    ids=["ours", "another", "no estate"],
)
def test_the_admin_workstation_may_be_one_of_ours(changes: dict[str, Any], how: str) -> None:
    """By its address."""
    found = contents(environment("dev", changed(VMWARE, **changes)))

    assert [row.summary for row in found if row.path == "vmware.admin_workstation"] == [how]


def test_a_certificate_that_is_not_checked_is_said_aloud() -> None:
    """In every check and every synthesis."""
    [warning] = said(vsphere__allow_unverified_ssl=True)

    assert "allow_unverified_ssl is on" in warning


@pytest.mark.parametrize(
    ("limit", "warned"), [(114687, True), (114688, False)], ids=["too little", "just enough"]
)
def test_a_pool_that_swaps_its_nodes_out_is_said_aloud(limit: int, *, warned: bool) -> None:
    """Three nodes of the control plane, three of one pool and eight of another, with 8 GiB each."""
    found = said(vsphere__resource_pools__apps={"memory": {"limit_mb": limit}})

    assert found == (
        [
            "resource pool apps is limited to 114687 MiB, and the cluster's nodes have 114688 MiB at most: "
            "vSphere then swaps them out"
        ]
        if warned
        else []
    )


def test_an_estate_without_worries_is_silent() -> None:
    """Also where a limited pool is the admin cluster's, whose nodes nobody knows."""
    assert said(vsphere__resource_pools__admin={"memory": {"limit_mb": 1}}) == []


def test_permissions_say_who_sets_them() -> None:
    """The vSphere team's first, in the environment's part of the table."""
    found = rows(estate(environment()), ["dev"])

    assert [row.set_by for row in found] == ["the vSphere team"] * 5 + ["dev-vsphere"] * 8
    assert found[0].path == "/"
    assert (found[0].propagate, found[1].propagate) == ("no", "yes")
    assert found[-1].principal == "group EXAMPLE\\operators"


def test_roles_are_those_that_are_made() -> None:
    """One that exists has its privileges somewhere else."""
    made = estate(environment())
    exists = estate(environment("dev", changed(VMWARE, vsphere__access__role="Anthos")))
    none = estate(environment("dev", changed(VMWARE, vsphere=None)))

    assert list(roles(made, ["dev"])) == [
        "kl-dev-gke",
        "kl-dev-gke-cluster-editor",
        "kl-dev-gke-session-validator",
    ]
    assert list(roles(exists, ["dev"])) == ["kl-dev-gke-cluster-editor", "kl-dev-gke-session-validator"]
    assert roles(none, ["dev"]) == {}


def test_people_get_a_table_and_the_roles_beneath(capsys: pytest.CaptureFixture[str]) -> None:
    """Long lists of privileges are counted."""
    print_permissions(estate(environment()), ["dev"])

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Permissions in vCenter"
    assert lines[-4:] == [
        "role kl-dev-gke: 122 privileges; --format markdown or json lists them",
        "role kl-dev-gke-cluster-editor: Host.Inventory.EditCluster",
        "role kl-dev-gke-session-validator: Cns.Searchable, Sessions.ValidateSession, StorageProfile.View",
        "add them to what stands on an object already: a permission list that is replaced locks others out",
    ]


def test_documents_get_every_privilege() -> None:
    """As Markdown, a table and a list for each role."""
    text = permissions_markdown(estate(environment()), ["dev"])

    assert (
        "| dev | vCenter | / | EXAMPLE&#92;gke-dev | kl-dev-gke-session-validator | no | the vSphere team |"
        in text
    )
    assert "### Role kl-dev-gke\n\n- Cns.Searchable\n- Cryptographer.Access\n" in text


def test_machines_get_the_same_as_data() -> None:
    """Permissions and roles."""
    document = json.loads(permissions_json(estate(environment()), ["dev"]))

    assert len(document["permissions"]) == 13
    assert document["permissions"][0]["path"] == "/"
    assert document["roles"]["kl-dev-gke-cluster-editor"] == ["Host.Inventory.EditCluster"]


def test_without_an_account_that_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """In every form."""
    none = estate(environment("dev", changed(VMWARE, vsphere__access=None)))

    print_permissions(none, ["dev"])

    assert capsys.readouterr().out == "Permissions in vCenter: none, because no vmware.vsphere says access\n"
    assert permissions_markdown(none, ["dev"]) == "## Permissions in vCenter\n\nNothing."
    assert json.loads(permissions_json(none, ["dev"]))["permissions"] == []


@pytest.mark.parametrize(
    ("changes", "steps"), [({}, 2), ({"vsphere__access": None}, 1), ({"vsphere": None}, 0)]
)
def test_what_is_done_by_hand_names_the_companion(changes: dict[str, Any], steps: int) -> None:
    """Inside the data center's network, and before the environment's own stack."""
    found = commands(estate(environment("dev", changed(VMWARE, **changes))), "dev")

    ours = [
        "hybrid reach dev",
        "cdktf deploy dev-vsphere",
        "hybrid permissions dev --format markdown",
    ]
    assert [command for command in found if command in ours] == ours[: (0, 2, 3)[steps]]
