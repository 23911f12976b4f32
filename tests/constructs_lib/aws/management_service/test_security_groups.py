"""Who reaches the instance, control planes and nodes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cdktf import TerraformStack

from constructs_lib.aws.bastion import Bastion
from estate.model.aws.bastion import BastionConfig
from tests.constructs_lib.aws.management_service.defined import NAMING, VPC, define, named, synthesized
from tests.model.aws.test_management_service import KEY
from tests.synth import Synthesized, synthesize

ANYWHERE, VPC_CIDR = "0.0.0.0/0", "10.0.0.0/16"
MANAGEMENT_API = (443, "10.0.0.0/16")


def with_bastion(stack: TerraformStack) -> None:
    """Define service and bastion, and connect them."""
    config = BastionConfig.model_validate(
        {"allowed_ssh_cidrs": ["198.51.100.0/24"], "public_key": KEY, "ami_id": "ami-00000000"}
    )
    bastion = Bastion(stack, "Bastion", config=config, vpc=VPC, naming=NAMING)
    define(stack).allow_ssh_from(bastion)


def inline(rules: list[dict[str, Any]]) -> list[tuple[int, Any]]:
    """Port and source or target of rules inside a group; all of them are for TCP and one port."""
    for rule in rules:
        assert (rule["protocol"], rule["from_port"]) == ("tcp", rule["to_port"])
        assert rule["description"]
    return [(rule["from_port"], *(rule.get("cidr_blocks") or rule["security_groups"])) for rule in rules]


def management_group(synthesized: Synthesized) -> dict[str, Any]:
    """The group of the service's instance."""
    group: dict[str, Any] = named(synthesized.resources("aws_security_group"))["SecurityGroups_Management"]
    return group


def rules(synthesized: Synthesized, direction: str) -> set[tuple[str, str, int | None, str]]:
    """Group, protocol, port and source or target of all rules that are resources."""
    found = named(synthesized.resources(f"aws_vpc_security_group_{direction}_rule")).values()
    for rule in found:
        assert rule.get("from_port") == rule.get("to_port")
        assert rule["tags"]["Name"]
    return {
        (
            rule["security_group_id"].removeprefix("<SecurityGroups_").removesuffix(".id>"),
            rule["ip_protocol"],
            rule.get("from_port"),
            rule.get("cidr_ipv4")
            or rule["referenced_security_group_id"].removeprefix("<SecurityGroups_").removesuffix(".id>"),
        )
        for rule in found
    }


def test_the_service_answers_the_vpc_and_reaches_the_web(tmp_path: Path) -> None:
    """As the product's reference of its security groups says."""
    group = management_group(synthesized(tmp_path))

    assert (group["name"], group["vpc_id"]) == ("kl-sandbox-gke-management", "vpc-00000000")
    assert inline(group["ingress"]) == [MANAGEMENT_API]
    assert inline(group["egress"]) == [(80, ANYWHERE), (443, ANYWHERE)]


def test_control_planes_and_nodes_reach_each_other(tmp_path: Path) -> None:
    """For etcd among replicas, konnectivity and the API from nodes, kubelets from control planes."""
    stack = synthesized(tmp_path)

    assert rules(stack, "ingress") == {
        ("ControlPlane", "tcp", 443, VPC_CIDR),
        ("ControlPlane", "tcp", 11872, VPC_CIDR),
        ("ControlPlane", "tcp", 8132, "NodePool"),
        ("ControlPlane", "tcp", 2380, "ControlPlane"),
        ("ControlPlane", "tcp", 2381, "ControlPlane"),
        ("NodePool", "tcp", 10250, "ControlPlane"),
        ("NodePool", "-1", None, "NodePool"),
    }
    assert rules(stack, "egress") == {
        ("ControlPlane", "tcp", 2380, "ControlPlane"),
        ("ControlPlane", "tcp", 2381, "ControlPlane"),
        ("ControlPlane", "tcp", 10250, "NodePool"),
        ("ControlPlane", "tcp", 80, ANYWHERE),
        ("ControlPlane", "tcp", 443, ANYWHERE),
        ("NodePool", "-1", None, ANYWHERE),
    }


def test_groups_with_rules_of_their_own_have_none_inside(tmp_path: Path) -> None:
    """Terraform would take the one kind away for the other, in turns."""
    groups = named(synthesized(tmp_path).resources("aws_security_group"))

    for name in ("SecurityGroups_ControlPlane", "SecurityGroups_NodePool"):
        assert {"ingress", "egress"} & set(groups[name]) == set()


def test_nobody_logs_in_before_they_are_let_in(tmp_path: Path) -> None:
    """A service without a bastion has no port 22."""
    stack = synthesized(tmp_path)

    assert 22 not in {port for _, _, port, _ in rules(stack, "ingress")}
    assert 22 not in {port for port, *_ in inline(management_group(stack)["ingress"])}


def test_lets_the_bastions_people_log_in(tmp_path: Path) -> None:
    """To the instance and to every node, and from nowhere else."""
    stack = synthesize(tmp_path, with_bastion)

    port, source = inline(management_group(stack)["ingress"])[1]
    assert (port, source.startswith("${aws_security_group.Bastion")) == (22, True)
    logins = {(group, source) for group, _, port, source in rules(stack, "ingress") if port == 22}
    assert {group for group, _ in logins} == {"ControlPlane", "NodePool"}
    assert {source for _, source in logins} == {source}
    assert inline(management_group(stack)["ingress"])[0] == MANAGEMENT_API
