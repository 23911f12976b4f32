"""Resources are spoken of in the words of the environment files."""

from __future__ import annotations

from pathlib import Path

import pytest

from operations.artifacts.stack_json import addresses, read_stack
from operations.review.entities import entity_of


@pytest.mark.parametrize(
    ("type_", "name", "module", "expected"),
    [
        ("google_gkeonprem_vmware_cluster", "UserClusters_apps_ECAFD09D", "", ("user cluster apps", "")),
        (
            "google_gkeonprem_vmware_node_pool",
            "UserClusters_apps_NodePools_workers_0F8BBCB1",
            "",
            ("user cluster apps", "node pool workers"),
        ),
        (
            "google_project_iam_member",
            "ProjectAccess_Teams_grunnbok_viewer_F8899B7D",
            "",
            ("team grunnbok", "viewer"),
        ),
        (
            "google_project_service",
            "ProjectServices_anthos_9AE6F6B4",
            "",
            ("APIs of the host project", "anthos"),
        ),
        (
            "google_gke_hub_feature_membership",
            "FeatureMemberships_config_sync_apps_D02A8A43",
            "",
            ("fleet feature config_sync", "on cluster apps"),
        ),
        (
            "aws_subnet",
            "ManagementVpc_Zones_eu-west-1a_PrivateSubnet_4F442CE2",
            "",
            ("management VPC", "zone eu-west-1a, private subnet"),
        ),
        ("aws_eip", "Bastion_Address_36DE36E3", "", ("bastion", "address")),
        (
            "google_compute_vpn_tunnel",
            "VpnGateways_onprem_Tunnel_a_36DE36E3",
            "",
            ("vpn gateways onprem", "tunnel a"),
        ),
        ("x", "_36DE36E3", "", ("", "")),
        ("aws_vpc", "main", "", ("aws vpc main", "")),
        ("aws_vpc", "main", "module.network", ("module.network", "aws vpc main")),
        ("", "", "", ("", "")),
    ],
)
def test_resource_belongs_to_an_entity(type_: str, name: str, module: str, expected: tuple[str, str]) -> None:
    """The path of the construct is in the resource's name."""
    entity, part = entity_of(type_, name, module)

    assert (entity.name, part) == expected


def test_every_resource_of_this_repository_has_an_entity(real_output: Path) -> None:
    """None falls back to its type, as a resource of another project does."""
    for stack in (real_output / "stacks").iterdir():
        for address in addresses(read_stack(real_output, stack.name)):
            type_, name = address.split(".")
            assert not entity_of(type_, name)[0].name.startswith(type_.split("_")[0] + " "), address


def test_each_instance_of_another_project_is_an_entity() -> None:
    """Thousands of instances would be one otherwise."""
    assert entity_of("aws_eip", "a", index="eu")[0].name == "aws eip a eu"
