"""Clusters of gkectl, adopted and planned by the real provider: imported, neither replaced nor changed.

The API that the provider reads is a fake, made from public documents; what the real one adds of its own may
show more. Plans only: nothing is applied.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import yaml

from tests.deploy.in_process import hybrid
from tests.deploy.on_prem_api import OnPremApi, on_prem_api
from tests.deploy.plan import Plan
from tests.deploy.toolchain import Toolchain
from tests.operations.adopt.gkectl.samples import BLOCKS, USER, Document, changed, write_environments

pytestmark = pytest.mark.deploy

ENVIRONMENT = "dev"
MEMBERSHIP = "projects/kl-dev-host/locations/europe-north1/memberships/kl-dev-admin"

_PATIENCE_SECONDS = 300
_FOREIGN = ("AWS_", "TF_", "HYBRID_", "CDKTF_", "NODE_OPTIONS", "GOOGLE_", "CLOUDSDK_", "COVERAGE_")

Files = tuple[Document, Document]
"""A cluster's file and its IP block file."""


@dataclass(frozen=True)
class Adopted:
    """An environment with adopted clusters, ready to be planned, and an API that knows them.

    Attributes:
        folder: holds the environment, and gkectl's files beside it.
        tools: Terraform and the provider, which asks the API.
        api: knows the clusters.
        names: of the clusters by their resources in the API.
    """

    folder: Path
    tools: Toolchain
    api: OnPremApi
    names: dict[str, str]

    @property
    def stack(self) -> Path:
        """Where Terraform runs."""
        return self.folder / "cdktf.out" / "stacks" / ENVIRONMENT

    def cluster(self, name: str) -> str:
        """The resource of a cluster in the API."""
        return next(id_ for id_, own in self.names.items() if own == name)

    def adopt(self, clusters: dict[str, Files]) -> None:
        """Enroll and adopt clusters, each in a subnet of its own, and synthesize."""
        files = []
        for number, (name, described) in enumerate(clusters.items(), 1):
            user, blocks = _of_its_own(name, number, described)
            files.append(self._write(f"{name}.yaml", user))
            self._write(f"{name}-ipblock.yaml", blocks)
            self.names[self.api.enroll(user, blocks, MEMBERSHIP)] = name
        self._hybrid("adopt", "gkectl", *files, "--into", ENVIRONMENT, "--write")
        self._hybrid("synth", ENVIRONMENT)
        (self.stack / "override.tf.json").write_text(json.dumps(self.tools.override), "utf-8")
        self.terraform("init", "-input=false")

    def plan(self) -> Plan:
        """What Terraform would change."""
        self.terraform("plan", "-input=false", "-out=plan")
        return Plan(json.loads(self.terraform("show", "-json", "plan")))

    def refused_plan(self) -> str:
        """What Terraform says where it refuses to plan."""
        return self.terraform("plan", "-input=false", exit_code=1)

    def terraform(self, *arguments: str, exit_code: int = 0) -> str:
        """Run Terraform in the stack's folder, and return what it printed."""
        ended = subprocess.run(
            [self.tools.binary, f"-chdir={self.stack}", *arguments],
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE_SECONDS,
        )
        said = f"{ended.stdout}\n{ended.stderr}"
        assert ended.returncode == exit_code, f"{arguments} ended with {ended.returncode}: {said[-8000:]}"
        return ended.stdout if exit_code == 0 else said

    def _hybrid(self, *arguments: str) -> None:
        code, out, err = hybrid(self.folder, self._environment, *arguments)
        assert code == 0, f"{arguments} ended with {code}: {out}{err}"

    def _write(self, name: str, document: Document) -> str:
        (self.folder / name).write_text(yaml.safe_dump(document, sort_keys=False), "utf-8")
        return name

    @property
    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
        return {**kept, **self.tools.environment(self.folder)}


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


def _repaired_by_nobody() -> Files:
    return changed(USER, "autoRepair", "enabled", to=False), BLOCKS


def _with_addresses_noted_otherwise() -> Files:
    pools = [{"name": "ingress", "addresses": ["10.22.1.200-10.22.1.200", "10.22.1.208/28"]}]
    return changed(USER, "loadBalancer", "metalLB", "addressPools", to=pools), BLOCKS


def _with_a_range() -> Files:
    ips = [*BLOCKS["blocks"][0]["ips"], {"ip": "10.22.1.32/30", "hostname": "range"}]
    return USER, changed(BLOCKS, "blocks", 0, "ips", to=ips)


def _in_two_blocks() -> Files:
    block = BLOCKS["blocks"][0]
    return USER, {"blocks": [{**block, "ips": block["ips"][:2]}, {**block, "ips": block["ips"][2:]}]}


LEFT_ALONE: dict[str, Files] = {
    "plain": (USER, BLOCKS),
    "bare": _bare_and_out_of_order(),
    "together": _with_control_plane_in_blocks(),
    "manual": _manual(),
    "dhcp": (changed(USER, "network", "ipMode", to={"type": "dhcp"}), BLOCKS),
    "full": _with_everything(),
}
CHANGED: dict[str, tuple[Files, set[str]]] = {
    "repair": (_repaired_by_nobody(), {"auto_repair_config"}),
    "notation": (_with_addresses_noted_otherwise(), {"load_balancer"}),
    "range": (_with_a_range(), {"network_config"}),
    "blocks": (_in_two_blocks(), {"network_config"}),
}
"""What an environment cannot say, and the attributes that an apply would change for it: adopting says so of each."""
SILENT = "silent"
"""A cluster of whose pool the service says no datastore. Nobody has seen whether it says one; if not, the first apply
writes the environment's into the pool."""


@pytest.fixture(scope="module", name="adopted")
def adopted_clusters(google_tools: Toolchain, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Adopted]:
    """All of them in one environment, which has an admin cluster and a fleet."""
    folder = tmp_path_factory.mktemp("gkectl")
    write_environments(folder)
    with on_prem_api() as api:
        provider = replace(google_tools.provider, settings=api.settings)
        adopted = Adopted(folder, replace(google_tools, provider=provider), api, {})
        changes = {name: files for name, (files, _) in CHANGED.items()}
        adopted.adopt({**LEFT_ALONE, **changes, SILENT: (USER, BLOCKS)})
        del api.resources[f"{adopted.cluster(SILENT)}/vmwareNodePools/pool-1"]["config"]["vsphereConfig"]
        yield adopted


@pytest.mark.parametrize("says_false", [True, False], ids=["false is said", "false is left out"])
def test_adopted_clusters_are_imported_and_changed_where_the_environment_cannot_say_it(
    adopted: Adopted, *, says_false: bool
) -> None:
    """Not one is replaced, and nothing beside it is changed in place, whichever way the API answers."""
    adopted.api.says_false = says_false

    plan = adopted.plan()

    pools = {f"{id_}/vmwareNodePools/pool-1" for id_ in adopted.names}
    work = f"{adopted.cluster('full')}/vmwareNodePools/work"
    assert set(plan.imports.values()) == adopted.names.keys() | pools | {work}
    updated = {address: id_ for address, id_ in plan.imports.items() if address in plan.actions}
    assert {plan.actions[address] for address in updated} == {("update",)}
    assert {id_: _changed(plan, address) for address, id_ in updated.items()} == {
        **{adopted.cluster(name): attributes for name, (_, attributes) in CHANGED.items()},
        f"{adopted.cluster(SILENT)}/vmwareNodePools/pool-1": {"config"},
    }
    assert {action for address, action in plan.actions.items() if address not in updated} == {("create",)}


def test_a_cluster_on_another_port_group_is_not_replaced(
    adopted: Adopted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change of it replaces the cluster, says the provider; Terraform refuses to plan that."""
    network = adopted.api.resources[adopted.cluster("plain")]["networkConfig"]
    monkeypatch.setitem(network, "vcenterNetwork", "DC1/network/vlan-221")

    assert "prevent_destroy" in adopted.refused_plan()


def test_a_cluster_that_is_not_enrolled_stops_the_plan(
    adopted: Adopted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rather than being made a second time."""
    monkeypatch.delitem(adopted.api.resources, adopted.cluster("plain"))

    assert "Cannot import non-existent remote object" in adopted.refused_plan()


def _changed(plan: Plan, address: str) -> set[str]:
    """What changes in the service; how long Terraform waits stands in its state only."""
    return plan.changed_attributes(address) - {"timeouts"}
