"""A whole vSphere estate in front of the real provider, without a vCenter.

Validating never logs in. Terraform's own tests replace the provider's answers, but neither its schema nor
the graph, so a plan and an apply go through as far as these reach.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from operations.artifacts.stack_json import addresses
from tests.deploy.companion import Companion
from tests.deploy.toolchain import Toolchain
from tests.model.vmware.documents import changed
from tests.model.vmware.vsphere.documents import VMWARE

pytestmark = pytest.mark.deploy

IDS = {
    "datacenters": {"DC1": "datacenter-2"},
    "clusters": {"GKE": {"cluster": "domain-c8", "resource_pool": "resgroup-9"}},
    "datastores": {"ds1": "datastore-15"},
    "networks": {"vlan-21": "dvportgroup-21"},
    "switches": {"dvs-main": "a86ec114-1915-5fba-b48e-5c2b06075be0"},
}
PER_CLUSTER = {"parent": "Kubernetes", "per_cluster": True}
LIMITS = {
    "cpu": {"share_level": "custom", "shares": 9000, "reservation_mhz": 1000, "limit_mhz": 2000},
    "memory": {"share_level": "high", "limit_mb": 200000, "expandable": False},
}
FORMS = {
    "by name": changed(VMWARE, vsphere__folder=PER_CLUSTER, vsphere__resource_pools__apps=LIMITS),
    "by id": changed(VMWARE, vsphere__ids=IDS, vsphere__allow_unverified_ssl=True),
    "retired": changed(VMWARE, vsphere={"server": "vcenter.example.com"}),
}


def companion(folder: Path, tools: Toolchain, section: dict[str, Any]) -> Companion:
    """An estate, ready to be planned."""
    made = Companion(folder, tools)
    made.synth(section)
    made.terraform("init", "-input=false")
    return made


@pytest.mark.parametrize("form", FORMS)
def test_the_provider_accepts_every_argument(form: str, tmp_path: Path, vsphere_tools: Toolchain) -> None:
    """Types, names and blocks are as it knows them, and references lead somewhere."""
    stack = companion(tmp_path, vsphere_tools, FORMS[form])

    assert "Success! The configuration is valid" in stack.terraform("validate")


@pytest.mark.parametrize("form", ["by name", "by id"])
def test_everything_is_made_in_an_order_that_works(
    form: str, tmp_path: Path, vsphere_tools: Toolchain
) -> None:
    """Planned and applied with stand-ins for what vCenter answers."""
    stack = companion(tmp_path, vsphere_tools, FORMS[form])
    synthesized = json.loads((stack.stack / "cdk.tf.json").read_text("utf-8"))
    (template,) = synthesized["data"]["vsphere_virtual_machine"]
    hardware = {
        "disks": [{"size": 40, "thin_provisioned": True, "eagerly_scrub": False}],
        "guest_id": "ubuntu64Guest",
        "firmware": "efi",
        "scsi_type": "pvscsi",
    }
    mocked = {
        "mock_provider": {
            "vsphere": {
                "override_data": [{"target": f"data.vsphere_virtual_machine.{template}", "values": hardware}]
            }
        },
        "run": {"plans": {"command": "plan"}, "applies": {"command": "apply"}},
    }
    (stack.stack / "companion.tftest.json").write_text(json.dumps(mocked), "utf-8")

    said = stack.terraform("test", "-no-color")

    assert list(addresses(synthesized))
    assert "Success! 2 passed, 0 failed." in said


def test_a_plan_without_credentials_says_which_are_missing(tmp_path: Path, vsphere_tools: Toolchain) -> None:
    """They stand in no file, so Terraform asks for them by name."""
    stack = companion(tmp_path, vsphere_tools, FORMS["by name"])

    said = Companion(tmp_path, vsphere_tools, user="", password="").terraform("validate", exit_code=1)

    assert stack.stack.is_dir()
    assert 'The argument "user" is required' in said
    assert 'The argument "password" is required' in said
