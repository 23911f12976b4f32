"""The companion stack for vSphere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from estate.derived.share import Share
from estate.model.refactoring import Refactoring
from stacks.vsphere_stack import VsphereStack
from tests.model.vmware.documents import CLUSTER, changed, moved
from tests.model.vmware.vsphere.documents import VMWARE, environment, estate
from tests.stacks.estates import synthesize_one
from tests.synth import Synthesized, make_app


def synthesize(
    outdir: Path,
    refactoring: dict[str, Any] | None = None,
    fields: dict[str, Any] | None = None,
    **changes: Any,
) -> Synthesized:
    """The companion of dev, with these changes of its on-prem section and of the environment."""
    config = environment("dev", changed(VMWARE, **changes), **(fields or {}))
    assert config.vmware
    assert config.vmware.vsphere
    stack = VsphereStack(
        make_app(outdir),
        "dev-vsphere",
        config=config,
        vmware=config.vmware,
        vsphere=config.vmware.vsphere,
        organization=estate(config).organization,
        refactoring=Refactoring.model_validate(refactoring or {}),
        share=Share(),
    )
    return Synthesized(stack)


def names(found: Synthesized, type_: str) -> dict[str, str]:
    """Names of resources by their address without its hash."""
    return {key.rsplit("_", 1)[0]: body["name"] for key, body in found.resources(type_).items()}


def test_everything_is_defined_under_its_keys(tmp_path: Path) -> None:
    """A key is part of the address, so that another one is another object."""
    found = synthesize(tmp_path)

    assert found.counts() == {
        "vsphere_compute_cluster_vm_anti_affinity_rule": 1,
        "vsphere_distributed_port_group": 1,
        "vsphere_entity_permissions": 4,
        "vsphere_folder": 1,
        "vsphere_resource_pool": 2,
        "vsphere_role": 3,
        "vsphere_tag": 3,
        "vsphere_tag_category": 2,
        "vsphere_virtual_machine": 2,
    }
    assert names(found, "vsphere_resource_pool") == {
        "ResourcePools_admin": "kl-dev-admin",
        "ResourcePools_apps": "kl-dev-apps",
    }
    assert names(found, "vsphere_distributed_port_group") == {"PortGroups_vlan-210": "vlan-210"}
    assert names(found, "vsphere_virtual_machine") == {
        "Workstations_first": "kl-dev-first",
        "Workstations_second": "kl-dev-second",
    }
    assert names(found, "vsphere_compute_cluster_vm_anti_affinity_rule") == {
        "AntiAffinityRules_workstations": "kl-dev-workstations"
    }


def test_the_provider_gets_no_credentials_and_trusts_nobody(tmp_path: Path) -> None:
    """It takes user and password from the environment only where the block has neither."""
    found = synthesize(tmp_path)

    assert found.json["provider"] == {
        "vsphere": [{"vsphere_server": "vcenter.example.com", "allow_unverified_ssl": False}]
    }
    assert found.json["terraform"]["required_providers"] == {
        "vsphere": {"source": "vmware/vsphere", "version": "2.15.0"}
    }


def test_a_laboratory_may_trust_everybody(tmp_path: Path) -> None:
    """When the environment says so."""
    found = synthesize(tmp_path, vsphere__allow_unverified_ssl=True)

    assert found.json["provider"]["vsphere"][0]["allow_unverified_ssl"] is True


@pytest.mark.parametrize(
    ("state", "backend"),
    [
        ({"local": {}}, {"local": {"path": "../../../.state/dev-vsphere/terraform.tfstate"}}),
        ({"gcs": {"bucket": "kl-state"}}, {"gcs": {"bucket": "kl-state", "prefix": "dev-vsphere"}}),
        (
            {"s3": {"bucket": "kl-state", "region": "eu-west-1", "prefix": "a/b"}},
            {
                "s3": {
                    "bucket": "kl-state",
                    "key": "a/b-vsphere/terraform.tfstate",
                    "region": "eu-west-1",
                    "encrypt": True,
                    "use_lockfile": True,
                }
            },
        ),
    ],
    ids=["local", "gcs", "s3 prefix"],
)
def test_its_state_lies_beside_the_environments(
    tmp_path: Path, state: dict[str, Any], backend: dict[str, Any]
) -> None:
    """In the same bucket, never in the same place."""
    assert synthesize(tmp_path, fields={"state": state}).json["terraform"]["backend"] == backend


def test_a_retired_section_keeps_its_provider(tmp_path: Path) -> None:
    """And has room for the entries that let its objects go."""
    removed = {"removed": [{"from": "vsphere_folder.F", "destroy": False, "reason": "handed over"}]}
    found = synthesize(tmp_path, removed, vsphere={"server": "vcenter.example.com"})

    assert "resource" not in found.json
    assert "data" not in found.json
    assert list(found.json["provider"]) == ["vsphere"]
    assert found.json["removed"] == [{"from": "vsphere_folder.F", "lifecycle": [{"destroy": False}]}]


def test_both_stacks_call_the_same_places_by_the_same_names(tmp_path: Path) -> None:
    """One derives them from the words of the other, since it may not ask vCenter."""
    data = moved(CLUSTER, "10.22.0")
    section = changed(
        VMWARE,
        user_clusters__data=data,
        vsphere__folder={"parent": "GKE", "per_cluster": True},
        vsphere__resource_pools={"admin": {}, "apps": {}, "data": {"name": "Data"}},
    )
    companion = synthesize(
        tmp_path / "companion", **{key: section[key] for key in ("user_clusters", "vsphere")}
    )
    own = synthesize_one(tmp_path / "own", estate(environment("dev", section)), "dev")

    vcenters = {
        body["name"]: body["vcenter"] for body in own.resources("google_gkeonprem_vmware_cluster").values()
    }
    folders = companion.resources("vsphere_folder")
    (top,) = (key for key, body in folders.items() if body["path"] == "GKE/kl-dev")
    made = {
        body["path"].replace(f"${{vsphere_folder.{top}.path}}", "GKE/kl-dev") for body in folders.values()
    }
    pools = names(companion, "vsphere_resource_pool")
    assert {name: (one["folder"], one["resource_pool"]) for name, one in vcenters.items()} == {
        "kl-dev-apps": ("GKE/kl-dev/kl-dev-apps", pools["ResourcePools_apps"]),
        "kl-dev-data": ("GKE/kl-dev/kl-dev-data", pools["ResourcePools_data"]),
    }
    assert made == {"GKE/kl-dev", "GKE/kl-dev/kl-dev-apps", "GKE/kl-dev/kl-dev-data"}


def test_the_environments_own_stack_knows_nothing_of_vsphere(tmp_path: Path) -> None:
    """One object of vCenter, and no plan of it works without."""
    own = synthesize_one(tmp_path, estate(environment()), "dev")

    assert "vsphere" not in own.json["provider"]
    assert "vsphere" not in own.json["terraform"]["required_providers"]
    types = {*own.json["resource"], *own.json.get("data", {})}
    assert [type_ for type_ in types if type_.startswith("vsphere_")] == []


def test_machines_stand_in_what_is_made_or_in_what_exists(tmp_path: Path) -> None:
    """A pool or port group of ours is referred to, one of others looked up."""
    network = {**VMWARE["vsphere"]["workstations"]["first"]["network"], "port_group": "vlan-210"}
    found = synthesize(tmp_path, vsphere__workstations__second__network=network)

    machines = {body["name"]: body for body in found.resources("vsphere_virtual_machine").values()}
    first, second = machines["kl-dev-first"], machines["kl-dev-second"]
    assert first["resource_pool_id"].startswith("${data.vsphere_compute_cluster.Existing_Clusters_GKE_")
    assert first["resource_pool_id"].endswith(".resource_pool_id}")
    assert second["resource_pool_id"].startswith("${vsphere_resource_pool.ResourcePools_admin_")
    assert first["network_interface"][0]["network_id"].startswith("${data.vsphere_network.Existing_Networks_")
    assert second["network_interface"][0]["network_id"].startswith(
        "${vsphere_distributed_port_group.PortGroups_vlan-210_"
    )
    assert {body["folder"] for body in machines.values()} == {
        f"${{vsphere_folder.{next(iter(found.resources('vsphere_folder')))}.path}}"
    }


def test_without_a_folder_of_ours_machines_stand_in_that_of_others(tmp_path: Path) -> None:
    """By its path; and without tags and an account there is none of either."""
    found = synthesize(
        tmp_path, vsphere__folder=None, vcenter__folder="theirs", vsphere__tags=None, vsphere__access=None
    )

    assert {body["folder"] for body in found.resources("vsphere_virtual_machine").values()} == {"theirs"}
    assert not {"vsphere_role", "vsphere_entity_permissions", "vsphere_tag"} & set(found.counts())


@pytest.mark.parametrize("protected", [True, False])
def test_objects_are_protected_as_the_environment_says(tmp_path: Path, *, protected: bool) -> None:
    """All but roles, permissions and rules, which are as good as new when they are made again."""
    found = synthesize(tmp_path, fields={"deletion_protection": protected})

    lifecycles = {
        type_: body.get("lifecycle", {}).get("prevent_destroy")
        for type_ in found.counts()
        for body in found.resources(type_).values()
    }
    assert lifecycles == {
        "vsphere_compute_cluster_vm_anti_affinity_rule": None,
        "vsphere_distributed_port_group": protected,
        "vsphere_entity_permissions": None,
        "vsphere_folder": protected,
        "vsphere_resource_pool": protected,
        "vsphere_role": None,
        "vsphere_tag": protected,
        "vsphere_tag_category": protected,
        "vsphere_virtual_machine": protected,
    }
