"""The picture of an environment's hybrid network."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.environment import Environment
from operations.cli import main
from operations.graph.network import network_graph
from tests.example import ENVIRONMENTS
from tests.model.aws.eks_documents import AWS, CLUSTER
from tests.model.google.documents import GOOGLE
from tests.model.vmware.documents import SECTION, changed
from tests.model.vpn.documents import ENVIRONMENT, ONE_DEVICE


def lines(**changes: Any) -> list[str]:
    """The picture of the environment, changed at these places."""
    graph = network_graph(Environment.model_validate(changed(ENVIRONMENT, **changes)))
    return [line.strip() for line in graph.splitlines()]


def test_draws_every_tunnel_between_its_ends() -> None:
    """From the gateway's interface to the device or the connection."""
    found = lines()

    assert [line for line in found if "===" in line] == [
        'device_fw_a ===|"a<br>169.254.21.0/30"| gateway_onprem_0',
        'device_fw_b ===|"b<br>169.254.21.4/30"| gateway_onprem_1',
        'gateway_aws_0 ===|"a-tunnel1<br>169.254.121.0/30"| connection_a',
        'gateway_aws_0 ===|"a-tunnel2<br>169.254.121.4/30"| connection_a',
        'gateway_aws_1 ===|"b-tunnel1<br>169.254.121.8/30"| connection_b',
        'gateway_aws_1 ===|"b-tunnel2<br>169.254.121.12/30"| connection_b',
    ]


def test_draws_both_addresses_of_one_device() -> None:
    """As one device, since one failure takes both."""
    found = lines(vpn__onprem=ONE_DEVICE)

    assert 'device_fw["fw<br>203.0.113.10<br>203.0.113.20"]' in found
    assert 'device_fw ===|"b<br>169.254.21.4/30"| gateway_onprem_1' in found


def test_draws_a_passive_tunnel_as_one() -> None:
    """Dotted, and said."""
    found = lines(vpn__onprem__tunnels__b__priority=200)

    assert 'device_fw_b -.-|"b<br>169.254.21.4/30<br>passive"| gateway_onprem_1' in found


@pytest.mark.parametrize(
    ("changes", "groups"),
    [
        ({}, ["onprem", "google", "gateway_onprem", "gateway_aws", "aws"]),
        ({"vpn__onprem": None, "vpn__transit": None}, ["google", "gateway_aws", "aws"]),
        ({"vpn__aws": None, "vpn__transit": None}, ["onprem", "google", "gateway_onprem", "aws"]),
        ({"vpn": None}, ["google", "aws"]),
        ({"vpn": None, "google__network": None, "aws": None}, ["google"]),
        ({"vpn": None, "google": None, "aws__management_vpc": None}, ["aws"]),
        (
            {"google__network__subnets__gke": {"cidr": "10.64.0.0/20"}},
            ["onprem", "google", "gateway_onprem", "gateway_aws", "aws"],
        ),
    ],
)
def test_draws_what_there_is(changes: dict[str, Any], groups: list[str]) -> None:
    """Nothing stands in the picture that the environment has not."""
    found = lines(**changes)

    assert [line.split('"')[0] for line in found if line.startswith("subgraph")] == [
        f"subgraph {group}[" for group in groups
    ]
    assert found.count("end") == len(groups)


def test_draws_the_on_prem_clusters() -> None:
    """In the network that the devices lead to."""
    document = {**ENVIRONMENT, "vmware": SECTION, "fleet": {}}
    prefixes = [*ENVIRONMENT["google"]["network"]["onprem_prefixes"], "10.30.0.53/32"]

    found = network_graph(
        Environment.model_validate(changed(document, google__network__onprem_prefixes=prefixes))
    )

    assert 'cluster_apps["user cluster apps<br>10.21.0.0/24"]' in found
    assert "cluster_apps --- onprem_network" in found


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "5 ranges to onprem<br>5 ranges to aws<br>transit between them"),
        ({"vpn__transit": False}, "4 ranges to onprem<br>3 ranges to aws<br>no transit between them"),
        ({"vpn__aws": None, "vpn__transit": None}, "4 ranges to onprem"),
    ],
    ids=["joined", "apart", "on-prem alone"],
)
def test_says_what_the_router_tells_to_whom(changes: dict[str, Any], expected: str) -> None:
    """The ranges are many, so their number; a plan and `terraform output vpn_onprem` have them."""
    assert f'router["Cloud Router<br>AS 64521<br>{expected}"]' in lines(**changes)


def test_draws_gke_clusters_in_their_subnet() -> None:
    """With the range of the control plane, which is no subnet's; a subnet without clusters has none."""
    apart = {"cidr": "10.65.0.0/24"}
    google = changed(GOOGLE, network__subnets__vms=apart, network__onprem_prefixes=["10.20.0.0/16"])

    found = lines(google=google, fleet={})

    assert (
        'subnet_gke["subnet gke<br>10.64.0.0/20 nodes<br>10.68.0.0/16 pods<br>10.72.0.0/20 services'
        '<br>GKE cluster cloud<br>172.16.0.0/28 API"]'
    ) in found
    assert 'subnet_vms["subnet vms<br>10.65.0.0/24 nodes"]' in found


def test_draws_eks_clusters_in_the_vpc() -> None:
    """With from where their APIs are reached; the bastion is no news."""
    cloud = {key: value for key, value in CLUSTER.items() if key != "attach"}
    cloud["access"] = {"administrators": CLUSTER["access"]["administrators"]}
    endpoint = {"private_from": ["10.20.0.0/16"], "public_from": ["198.51.100.0/24"]}
    edge = {**cloud, "services": "172.21.0.0/16", "endpoint": endpoint}
    aws = {**AWS, "eks_clusters": {"cloud": cloud, "edge": edge}}
    document = {"environment": "dev", "state": {"local": {}}, "aws": aws}

    found = [line.strip() for line in network_graph(Environment.model_validate(document)).splitlines()]

    assert (
        'eks_cloud["EKS cluster cloud<br>172.20.0.0/16 services<br>private API from 10.30.0.0/16"]' in found
    )
    assert (
        'eks_edge["EKS cluster edge<br>172.21.0.0/16 services<br>private API from 10.20.0.0/16'
        '<br>public API from 198.51.100.0/24"]'
    ) in found
    assert [line for line in found if line.startswith("vpc ---")] == ["vpc --- eks_cloud", "vpc --- eks_edge"]


def test_no_two_things_have_one_id() -> None:
    """Mermaid would draw them as one."""
    drawn = [line.split("[")[0] for line in lines() if "[" in line]

    assert len(set(drawn)) == len(drawn)


def test_the_command_prints_the_picture(capsys: pytest.CaptureFixture[str]) -> None:
    """Of one environment, and of none that there is not."""
    assert main(["graph", "prod", "--folder", str(ENVIRONMENTS)]) == 0
    assert capsys.readouterr().out.startswith("flowchart LR\n")

    assert main(["graph", "prd", "--folder", str(ENVIRONMENTS)]) == 2
    assert "did you mean prod" in capsys.readouterr().err


def test_says_by_what_sides_are_joined() -> None:
    """A hub passes on what there is; advertisements say it in any case."""
    assert any("transit between them, by a hub" in line for line in lines(vpn__transit_by="hub"))
    assert not any("by a hub" in line for line in lines())
