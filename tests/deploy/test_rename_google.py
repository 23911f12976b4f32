"""Renamed keys in Google Cloud and in VPNs: real Terraform plans moves and nothing else.

Against a state that was made up from a first plan, because nothing stands in for Google Cloud.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from estate.reading.estate_loader import load_estate
from operations.artifacts.stack_json import read_stack
from operations.rename.rename import rename
from stacks.app import synthesize
from tests.deploy.plan import Plan
from tests.deploy.test_vpn_keys import GOOD
from tests.deploy.toolchain import Toolchain
from tests.deploy.vpn_stack import VpnStack, made_up_state, settled
from tests.model.google.documents import GOOGLE, with_
from tests.model.vmware.documents import changed
from tests.model.vpn.documents import AWS, VPN

DOCUMENTS: dict[str, Any] = {
    "organization": {"name": "kl", "domain": "example.com", "promotion": ["dev"]},
    "dev": {
        "environment": "dev",
        "state": {"local": {}},
        # What the made-up state has not of other resources may replace them.
        "deletion_protection": False,
        "fleet": {"features": {"policy_controller": {}}},
        # The addresses of name servers are asked of the cloud, and there is none.
        "google": with_(GOOGLE, "network.inbound_dns", value=False),
        "aws": AWS,
        "vpn": changed(VPN, onprem__tunnels__a__md5=True),
    },
}


@dataclass(frozen=True)
class Standing:
    """An environment that stands, as far as its state says.

    Attributes:
        folder: its files.
        stack: where Terraform runs.
    """

    folder: Path
    stack: VpnStack

    def plan(self, files: Path) -> Plan:
        """What Terraform would change to make what some files say."""
        self.stack.write(stack_of(files))
        return self.stack.plan()

    def renamed(self, folder: Path, renames: Iterable[tuple[str, str]]) -> Plan:
        """What Terraform would change once keys are renamed in a copy of the files, one after the other."""
        files = Path(shutil.copytree(self.folder, folder / "environments"))
        for path, new in renames:
            rename(files, f"dev:{path}", new)
        return self.plan(files)


def stack_of(files: Path) -> dict[str, Any]:
    """The environment's stack as these files make it."""
    synthesize(load_estate(files), ["dev"], files.parent / "cdktf.out")
    return dict(read_stack(files.parent / "cdktf.out", "dev"))


@pytest.fixture(scope="module", name="standing")
def standing_environment(
    google_tools: Toolchain, tools: Toolchain, tmp_path_factory: pytest.TempPathFactory
) -> Standing:
    """An environment with a GKE cluster and VPNs, whose state says that all of it stands."""
    files = tmp_path_factory.mktemp("standing") / "environments"
    files.mkdir()
    for name, document in DOCUMENTS.items():
        (files / f"{name}.yaml").write_text(json.dumps(document, indent=2), "utf-8")
    standing = Standing(
        files, VpnStack(tmp_path_factory.mktemp("stack"), tools.binary, GOOD, (tools, google_tools))
    )
    found = stack_of(files)
    standing.stack.write(found)
    told = standing.stack.terraform("init", "-input=false")
    assert told.returncode == 0, told.stderr
    state = made_up_state(found, standing.stack.plan())
    standing.stack.write_state(state)
    # What refers to something that only then is said follows in a second round.
    for _ in range(2):
        state = settled(state, standing.stack.plan())
        standing.stack.write_state(state)
    return standing


def changes(plan: Plan) -> dict[str, set[str]]:
    """What changes of which resource. The made-up state does not know what is secret, which is no change."""
    found = {address: plan.changed_attributes(address) for address in plan.actions}
    return {address: attributes for address, attributes in found.items() if attributes}


def test_what_stands_is_left_alone(standing: Standing) -> None:
    """Or the made-up state proves nothing."""
    assert changes(standing.plan(standing.folder)) == {}


TUNNEL = {"google_compute_router_interface", "google_compute_router_peer", "google_compute_vpn_tunnel"}

CLUSTER_AND_CONNECTION = {
    ("google.gke_clusters.cloud", "web"): {
        "google_container_cluster",
        "google_container_node_pool",
        "google_gke_hub_feature_membership",
        "google_project_iam_member",
        "google_service_account",
    },
    ("vpn.aws.connections.a", "west"): {"aws_customer_gateway", "aws_vpn_connection", *TUNNEL},
}
WHAT_THEY_USE = {
    ("google.gke_clusters.cloud.node_pools.default", "std"): {"google_container_node_pool"},
    ("google.network.subnets.gke", "nodes"): {
        "google_compute_subnetwork",
        "google_compute_subnetwork_iam_member",
    },
    ("google.kms_keys.secrets", "vault"): {
        "google_kms_crypto_key",
        "google_kms_crypto_key_iam_member",
        "google_kms_key_ring",
    },
    ("vpn.onprem.tunnels.a", "east"): TUNNEL,
    ("vpn.onprem.peers.fw-a", "fw-east"): set(),
}


@pytest.mark.parametrize(
    "renames", [CLUSTER_AND_CONNECTION, WHAT_THEY_USE], ids=["cluster and connection", "what they use"]
)
def test_a_plan_moves_addresses_and_changes_nothing(
    standing: Standing, tmp_path: Path, renames: dict[tuple[str, str], set[str]]
) -> None:
    """No object is made, changed or destroyed, and every secret still comes by the variable that it had.

    Those that are renamed together share no type, so that each that moves belongs to one of them.
    """
    plan = standing.renamed(tmp_path, renames)

    types = [type_ for moved in renames.values() for type_ in moved]
    assert len(types) == len(set(types))
    assert {address.partition(".")[0] for address in plan.moves} == set(types)
    assert changes(plan) == {}
    assert {*plan.actions.values()} <= {("update",)}
