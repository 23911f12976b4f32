"""Clusters of gkectl, adopted and planned by the real provider: imported, neither replaced nor changed.

The API that the provider reads is a fake, made from public documents; what the real one adds of its own may
show more. Plans only: nothing is applied.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from tests.deploy.on_prem_api import OnPremApi, on_prem_api
from tests.deploy.plan import Plan
from tests.deploy.toolchain import Toolchain
from tests.operations.adopt.gkectl.samples import BLOCKS, USER, Document, changed, write_environments

pytestmark = pytest.mark.deploy

ENVIRONMENT = "dev"
MEMBERSHIP = "projects/kl-dev-host/locations/europe-north1/memberships/kl-dev-admin"

_PATIENCE_SECONDS = 300
_FOREIGN = ("AWS_", "TF_", "HYBRID_", "CDKTF_", "NODE_OPTIONS", "GOOGLE_", "CLOUDSDK_")

Files = tuple[Document, Document]
"""A cluster's file and its IP block file."""


@dataclass(frozen=True)
class Workplace:
    """An environment beside gkectl's files, and an API that knows the clusters."""

    folder: Path
    tools: Toolchain
    api: OnPremApi

    @property
    def stack(self) -> Path:
        """Where Terraform runs."""
        return self.folder / "cdktf.out" / "stacks" / ENVIRONMENT

    def adopt(self, clusters: dict[str, Files]) -> dict[str, str]:
        """Enroll and adopt clusters, each in a subnet of its own, and synthesize.

        Returns:
            Names of the clusters by their resources in the API.
        """
        names, enrolled = [], {}
        for number, (name, files) in enumerate(clusters.items(), 1):
            user, blocks = _of_its_own(name, number, files)
            names.append(self._write(f"{name}.yaml", user))
            self._write(f"{name}-ipblock.yaml", blocks)
            enrolled[self.api.enroll(user, blocks, MEMBERSHIP)] = name
        self.hybrid("adopt", "gkectl", *names, "--into", ENVIRONMENT, "--write")
        self.hybrid("synth", ENVIRONMENT)
        (self.stack / "override.tf.json").write_text(json.dumps(self.tools.override), "utf-8")
        self.terraform("init", "-input=false")
        return enrolled

    def plan(self) -> Plan:
        """What Terraform would change."""
        self.terraform("plan", "-input=false", "-out=plan")
        return Plan(json.loads(self.terraform("show", "-json", "plan")))

    def hybrid(self, *arguments: str) -> None:
        """Run the project's command as a person would."""
        self._run(0, str(Path(sys.executable).with_name("hybrid")), *arguments)

    def terraform(self, *arguments: str, exit_code: int = 0) -> str:
        """Run Terraform in the stack's folder, and return what it printed."""
        return self._run(exit_code, self.tools.binary, f"-chdir={self.stack}", *arguments)

    def _write(self, name: str, document: Document) -> str:
        (self.folder / name).write_text(yaml.safe_dump(document, sort_keys=False), "utf-8")
        return name

    def _run(self, exit_code: int, *command: str) -> str:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
        ended = subprocess.run(
            command,
            cwd=self.folder,
            env={**kept, **self.api.environment, **self.tools.environment(self.folder)},
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE_SECONDS,
        )
        said = f"{ended.stdout}\n{ended.stderr}"
        assert ended.returncode == exit_code, f"{command} ended with {ended.returncode}: {said[-8000:]}"
        return ended.stdout if exit_code == 0 else said


@pytest.fixture
def work(google_tools: Toolchain, tmp_path: Path) -> Iterator[Workplace]:
    """A folder with one environment, which has an admin cluster and a fleet."""
    write_environments(tmp_path)
    with on_prem_api() as api:
        yield Workplace(tmp_path, google_tools, api)


def _of_its_own(name: str, number: int, files: Files) -> Files:
    """The files with a name and a subnet that no other cluster of the test has."""
    text = json.dumps(files).replace("10.22.1.", f"10.22.{number}.").replace("batch", name)
    user, blocks = json.loads(text.replace("vlan-221", f"vlan-22{number}"))
    return user, blocks


def _bare_and_out_of_order() -> Files:
    ips = [{"ip": f"10.22.1.{last}"} for last in (30, 20, 21, 22)]
    return USER, changed(BLOCKS, "blocks", 0, "ips", to=ips)


def _with_control_plane_in_blocks() -> Files:
    own = USER["network"]["controlPlaneIPBlock"]
    second = {**own, "ips": [{**ip, "isControlPlane": True} for ip in own["ips"]]}
    return changed(USER, "network", "controlPlaneIPBlock"), {"blocks": [*BLOCKS["blocks"], second]}


def _manual() -> Files:
    vips, ports = USER["loadBalancer"]["vips"], {"ingressHTTPNodePort": 30243, "ingressHTTPSNodePort": 30879}
    user = changed(USER, "loadBalancer", to={"vips": vips, "kind": "ManualLB", "manualLB": ports})
    return changed(user, "nodePools", 0, "enableLoadBalancer"), BLOCKS


def _with_everything() -> Files:
    pool = {
        "name": "work",
        "replicas": 4,
        "autoscaling": {"minReplicas": 3, "maxReplicas": 6},
        "bootDiskSizeGB": 60,
        "osImageType": "cos_cgv2",
        "labels": {"tier": "batch", "example.com/x": "1"},
        "taints": [{"key": "a", "value": "b", "effect": "PreferNoSchedule"}],
        "vsphere": {
            "datastore": "dev-ds9",
            "tags": [{"category": "c", "name": "t"}],
        },
    }
    user = changed(USER, "nodePools", to=[USER["nodePools"][0], pool])
    user = changed(user, "vCenter", to={"datastore": "dev-ds2", "folder": "kl-batch"})
    user = changed(user, "network", "hostConfig", "searchDomainsForDNS", to=["example.com"])
    user = changed(user, "network", "hostConfig", "ntpServers", to=["ntp.example.com", "10.30.0.123"])
    user = changed(user, "advancedNetworking", to=True)
    user = changed(
        changed(user, "disableBundledIngress", to=True), "storage", to={"vSphereCSIDisabled": True}
    )
    ips = [{"ip": f"10.22.1.{last}", "hostname": f"n{last}"} for last in range(20, 31)]
    return changed(user, "antiAffinityGroups", "enabled", to=False), changed(
        BLOCKS, "blocks", 0, "ips", to=ips
    )


@pytest.mark.parametrize("says_false", [True, False], ids=["false is said", "false is left out"])
def test_adopted_clusters_are_imported_and_nothing_else(work: Workplace, *, says_false: bool) -> None:
    """Whatever they have: not one is replaced, not one is changed in place, whichever way the API answers."""
    work.api.says_false = says_false

    enrolled = work.adopt(
        {
            "plain": (USER, BLOCKS),
            "bare": _bare_and_out_of_order(),
            "together": _with_control_plane_in_blocks(),
            "manual": _manual(),
            "dhcp": (changed(USER, "network", "ipMode", to={"type": "dhcp"}), BLOCKS),
            "full": _with_everything(),
        }
    )
    plan = work.plan()

    pools = {f"{id_}/vmwareNodePools/pool-1" for id_ in enrolled}
    full = next(id_ for id_, name in enrolled.items() if name == "full")
    assert set(plan.imports.values()) == enrolled.keys() | pools | {f"{full}/vmwareNodePools/work"}
    assert {address: plan.actions[address] for address in plan.imports if address in plan.actions} == {}
    assert set(plan.actions.values()) == {("create",)}


def test_what_an_environment_cannot_say_is_changed_in_place(work: Workplace) -> None:
    """And nothing beside it; the command says so of each of these, and no plan replaces a cluster."""
    ips = [*BLOCKS["blocks"][0]["ips"], {"ip": "10.22.1.32/30", "hostname": "range"}]
    pools = [{"name": "ingress", "addresses": ["10.22.1.200-10.22.1.200", "10.22.1.208/28"]}]
    changes: dict[str, tuple[Files, set[str]]] = {
        "repair": ((changed(USER, "autoRepair", "enabled", to=False), BLOCKS), {"auto_repair_config"}),
        "notation": (
            (changed(USER, "loadBalancer", "metalLB", "addressPools", to=pools), BLOCKS),
            {"load_balancer"},
        ),
        "range": ((USER, changed(BLOCKS, "blocks", 0, "ips", to=ips)), {"network_config"}),
        "blocks": ((USER, _in_two_blocks()), {"network_config"}),
    }

    enrolled = work.adopt({name: files for name, (files, _) in changes.items()})
    plan = work.plan()

    updated = {address for address in plan.imports if address in plan.actions}
    assert {plan.actions[address] for address in updated} == {("update",)}
    assert {enrolled[plan.imports[address]]: _changed(plan, address) for address in updated} == {
        name: attributes for name, (_, attributes) in changes.items()
    }


def test_a_pool_of_which_the_service_says_no_datastore_is_told_it(work: Workplace) -> None:
    """Nobody has seen whether it says one; if not, the first apply writes the environment's into the pool."""
    (cluster,) = work.adopt({"plain": (USER, BLOCKS)})
    del work.api.resources[f"{cluster}/vmwareNodePools/pool-1"]["config"]["vsphereConfig"]

    plan = work.plan()

    (address,) = (address for address in plan.imports if address in plan.actions)
    assert address.startswith("google_gkeonprem_vmware_node_pool.")
    assert (plan.actions[address], _changed(plan, address)) == (("update",), {"config"})


def test_a_cluster_on_another_port_group_is_not_replaced(work: Workplace) -> None:
    """A change of it replaces the cluster, says the provider; Terraform refuses to plan that."""
    (cluster,) = work.adopt({"plain": (USER, BLOCKS)})
    work.api.resources[cluster]["networkConfig"]["vcenterNetwork"] = "DC1/network/vlan-221"

    said = work.terraform("plan", "-input=false", exit_code=1)

    assert "prevent_destroy" in said


def test_a_cluster_that_is_not_enrolled_stops_the_plan(work: Workplace) -> None:
    """Rather than being made a second time."""
    (cluster,) = work.adopt({"plain": (USER, BLOCKS)})
    del work.api.resources[cluster]

    said = work.terraform("plan", "-input=false", exit_code=1)

    assert "Cannot import non-existent remote object" in said


def _changed(plan: Plan, address: str) -> set[str]:
    """What changes in the service; how long Terraform waits stands in its state only."""
    return plan.changed_attributes(address) - {"timeouts"}


def _in_two_blocks() -> Document:
    block = BLOCKS["blocks"][0]
    return {"blocks": [{**block, "ips": block["ips"][:2]}, {**block, "ips": block["ips"][2:]}]}
