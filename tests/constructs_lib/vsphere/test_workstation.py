"""Workstations: the machine, what cloud-init reads, and the rule that keeps them apart."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from cdktf import TerraformStack

from constructs_lib.vsphere.anti_affinity_rule import AntiAffinityRule
from constructs_lib.vsphere.cloud_init import guestinfo
from constructs_lib.vsphere.inventory import VsphereCluster
from constructs_lib.vsphere.site import MachineSite
from constructs_lib.vsphere.workstation import Workstation
from estate.model.vmware.vsphere.anti_affinity_rule import AntiAffinityRuleConfig
from estate.model.vmware.vsphere.workstation import WorkstationConfig
from tests.constructs_lib.vsphere.defined import inventory, reference, synthesize, tags
from tests.model.vmware.documents import changed
from tests.model.vmware.vsphere.documents import KEY, WORKSTATION
from tests.synth import Synthesized

IDS = {"datacenters": {"DC1": "datacenter-2"}}


def workstation(
    stack: TerraformStack, id_: str = "first", config: dict[str, Any] | None = None, **options: Any
) -> Workstation:
    """A machine in a folder, a pool, a datastore and a network."""
    found = WorkstationConfig.model_validate(config or WORKSTATION)
    site = MachineSite(
        folder=options.pop("folder", "kl-dev"),
        resource_pool_id="resgroup-9",
        datastore_id="datastore-15",
        network_id="dvportgroup-21",
        template=inventory(stack, IDS).template(found.template),
    )
    return Workstation(stack, id_, config=found, name=f"kl-dev-{id_}", site=site, **options)


def decoded(config: WorkstationConfig) -> tuple[Any, str]:
    """Metadata as data, and user data as text."""
    info = guestinfo(config, "kl-dev-first")
    metadata, userdata = (base64.b64decode(info[f"guestinfo.{name}"]) for name in ("metadata", "userdata"))
    return json.loads(metadata), userdata.decode()


def test_a_machine_is_made_from_its_template(tmp_path: Path) -> None:
    """Hardware that has to fit the template's disk is the template's; size and place are ours."""
    found = synthesize(tmp_path, workstation)

    machine = found.one("vsphere_virtual_machine")
    assert list(machine.pop("extra_config")) == [
        "guestinfo.metadata",
        "guestinfo.metadata.encoding",
        "guestinfo.userdata",
        "guestinfo.userdata.encoding",
    ]
    assert machine == {
        "name": "kl-dev-first",
        "annotation": "Workstation for gkectl, made by Terraform",
        "folder": "kl-dev",
        "resource_pool_id": "resgroup-9",
        "datastore_id": "datastore-15",
        "num_cpus": 4,
        "memory": 8192,
        "guest_id": reference(found, "data", "vsphere_virtual_machine", "guest_id"),
        "firmware": reference(found, "data", "vsphere_virtual_machine", "firmware"),
        "scsi_type": reference(found, "data", "vsphere_virtual_machine", "scsi_type"),
        "disk": [
            {
                "label": "disk0",
                "size": 100,
                "thin_provisioned": reference(
                    found, "data", "vsphere_virtual_machine", "disks[0].thin_provisioned"
                ),
                "eagerly_scrub": reference(
                    found, "data", "vsphere_virtual_machine", "disks[0].eagerly_scrub"
                ),
            }
        ],
        "network_interface": [{"network_id": "dvportgroup-21"}],
        "clone": {"template_uuid": reference(found, "data", "vsphere_virtual_machine")},
        "wait_for_guest_net_timeout": 5,
        "lifecycle": {
            "prevent_destroy": True,
            "ignore_changes": [
                "clone",
                "disk[0].eagerly_scrub",
                "disk[0].thin_provisioned",
                "extra_config",
                "firmware",
                "guest_id",
                "scsi_type",
            ],
        },
    }


def test_a_machine_may_stand_in_no_folder_and_have_a_tag(tmp_path: Path) -> None:
    """And be thrown away with its environment."""

    def define(stack: TerraformStack) -> None:
        config = changed(WORKSTATION, wait_for_ip_minutes=0)
        workstation(stack, "first", config, folder=None, tags=tags(stack), prevent_destroy=False)

    machine = synthesize(tmp_path, define).one("vsphere_virtual_machine")

    assert "folder" not in machine
    assert (len(machine["tags"]), machine["wait_for_guest_net_timeout"]) == (1, 0)
    assert machine["lifecycle"]["prevent_destroy"] is False


def test_metadata_gives_the_machine_its_name_and_address() -> None:
    """Under the key network, in netplan's form, as cloud-init's data source for VMware reads it."""
    network = {"search_domains": ["example.com"], "ntp": ["10.30.0.123"]}
    config = changed(WORKSTATION, network={**WORKSTATION["network"], **network})

    metadata, _ = decoded(WorkstationConfig.model_validate(config))

    assert metadata == {
        "instance-id": "kl-dev-first",
        "local-hostname": "kl-dev-first",
        "network": {
            "version": 2,
            "ethernets": {
                "card": {
                    "match": {"name": "en*"},
                    "dhcp4": False,
                    "addresses": ["10.20.21.2/24"],
                    "routes": [{"to": "default", "via": "10.20.21.1"}],
                    "nameservers": {"addresses": ["10.30.0.53"], "search": ["example.com"]},
                }
            },
        },
    }


@pytest.mark.parametrize(
    ("ntp", "more"),
    [([], {}), (["10.30.0.123"], {"ntp": {"enabled": True, "servers": ["10.30.0.123"]}})],
    ids=["time servers of the template", "time servers of ours"],
)
def test_user_data_lets_people_in_by_key_alone(ntp: list[str], more: dict[str, Any]) -> None:
    """It is YAML that begins as cloud-init wants it, and holds public keys only."""
    config = changed(WORKSTATION, network={**WORKSTATION["network"], "ntp": ntp})

    _, userdata = decoded(WorkstationConfig.model_validate(config))

    assert userdata.startswith("#cloud-config\n")
    assert yaml.safe_load(userdata) == {
        "users": [
            {
                "name": "ubuntu",
                "shell": "/bin/bash",
                "sudo": "ALL=(ALL) NOPASSWD:ALL",
                "lock_passwd": True,
                "ssh_authorized_keys": [KEY],
            }
        ],
        "ssh_pwauth": False,
        "disable_root": True,
        **more,
    }


@pytest.mark.parametrize("mandatory", [True, False])
def test_a_rule_names_machines_by_their_uuid(tmp_path: Path, *, mandatory: bool) -> None:
    """Which is what the provider calls a machine's id."""

    def define(stack: TerraformStack) -> None:
        first = workstation(stack)
        config = AntiAffinityRuleConfig(workstations=("first", "other"), mandatory=mandatory)
        AntiAffinityRule(
            stack,
            "Rule",
            config=config,
            name="kl-dev-workstations",
            vsphere_cluster=VsphereCluster("domain-c8", "resgroup-9"),
            workstations={"first": first, "other": first},
        )

    found: Synthesized = synthesize(tmp_path, define)

    machine = reference(found, "resource", "vsphere_virtual_machine")
    assert found.one("vsphere_compute_cluster_vm_anti_affinity_rule") == {
        "name": "kl-dev-workstations",
        "compute_cluster_id": "domain-c8",
        "virtual_machine_ids": [machine, machine],
        "mandatory": mandatory,
    }
