"""The bastion: who gets in, on what it runs, what is kept."""

from __future__ import annotations

import json
from ipaddress import IPv4Network
from pathlib import Path
from typing import Any

import pytest
from cdktf import TerraformOutput, TerraformStack

from constructs_lib.aws.bastion import Bastion
from constructs_lib.aws.bastion_scripts import USER_DATA
from constructs_lib.aws.management_vpc import ExistingVpc
from constructs_lib.naming import Naming
from estate.model.aws.bastion import BastionConfig
from estate.model.aws.management_vpc import ExistingVpcConfig
from tests.synth import Synthesized, synthesize

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMOcA+Y9PPphHvbLrwQBMOj0IPwVhBhbPWmY6ulEP+DY"
KEY_NAME = "kl-sandbox-bastion-5b01de14"
SSH: dict[str, Any] = {
    "allowed_ssh_cidrs": ["203.0.113.0/24", "198.51.100.0/24"],
    "public_key": f"{KEY} alice",
}
SESSION_MANAGER: dict[str, Any] = {"access": "session_manager"}
NAME = {"Name": "kl-sandbox-bastion"}
VPC = ExistingVpc(
    ExistingVpcConfig.model_validate(
        {
            "existing": {
                "vpc_id": "vpc-0123456789abcdef0",
                "cidr": "10.0.0.0/16",
                "zones": {
                    "eu-west-1b": {"private": "subnet-0000000b", "public": "subnet-1111111b"},
                    "eu-west-1a": {"private": "subnet-0000000a", "public": "subnet-1111111a"},
                },
            }
        }
    )
)


def define(stack: TerraformStack, *, prevent_destroy: bool = True, **config: Any) -> Bastion:
    """Define a bastion in an existing VPC of two zones."""
    return Bastion(
        stack,
        "Bastion",
        config=BastionConfig.model_validate(config),
        vpc=VPC,
        naming=Naming(organization="kl", environment="sandbox"),
        prevent_destroy=prevent_destroy,
    )


def ingress(*cidrs: str) -> list[dict[str, Any]]:
    """The inline rule that lets these ranges in."""
    return [
        {
            "description": "SSH",
            "protocol": "tcp",
            "from_port": 22,
            "to_port": 22,
            "cidr_blocks": list(cidrs),
        }
    ]


@pytest.fixture(scope="module")
def by_ssh(tmp_path_factory: pytest.TempPathFactory) -> Synthesized:
    """A bastion with nothing said but who may come by SSH."""
    return synthesize(tmp_path_factory.mktemp("out"), lambda stack: define(stack, **SSH))


@pytest.fixture(scope="module")
def by_session_manager(tmp_path_factory: pytest.TempPathFactory) -> Synthesized:
    """A bastion with nothing said but Session Manager."""
    return synthesize(tmp_path_factory.mktemp("out"), lambda stack: define(stack, **SESSION_MANAGER))


def test_defines_an_instance_that_keeps_its_image_and_hides_its_credentials(by_ssh: Synthesized) -> None:
    """IMDSv2 one hop away, an encrypted disk, and a newer image is no reason to replace it."""
    (image,) = by_ssh.data("aws_ami")

    assert by_ssh.one("aws_instance") == {
        "ami": f"${{data.aws_ami.{image}.id}}",
        "instance_type": "t3.micro",
        "subnet_id": "subnet-1111111a",
        "vpc_security_group_ids": [f"${{{by_ssh.address('aws_security_group')}.id}}"],
        "key_name": f"${{{by_ssh.address('aws_key_pair')}.key_name}}",
        "metadata_options": {
            "http_endpoint": "enabled",
            "http_tokens": "required",
            "http_put_response_hop_limit": 1,
        },
        "root_block_device": {"encrypted": True, "volume_type": "gp3", "volume_size": 10},
        "user_data": USER_DATA,
        "user_data_replace_on_change": True,
        "tags": NAME,
        "lifecycle": {"ignore_changes": ["ami"]},
    }


def test_the_image_is_the_newest_ubuntu_22_04_of_canonical(by_ssh: Synthesized) -> None:
    """By owner, because anybody may give an image this name."""
    (image,) = by_ssh.data("aws_ami").values()

    assert image == {
        "owners": ["099720109477"],
        "most_recent": True,
        "filter": [
            {"name": "name", "values": ["ubuntu/images/hvm-ssd*/ubuntu-jammy-22.04-amd64-server-*"]},
            {"name": "virtualization-type", "values": ["hvm"]},
        ],
    }


def test_ssh_is_open_to_the_allowed_ranges_only(by_ssh: Synthesized) -> None:
    """Inline rules: one that somebody adds by hand shows up in the next plan."""
    group = by_ssh.one("aws_security_group")

    assert group["ingress"] == ingress("198.51.100.0/24", "203.0.113.0/24")
    assert (group["name"], group["vpc_id"]) == ("kl-sandbox-bastion", "vpc-0123456789abcdef0")


def test_traffic_goes_out_to_the_web_and_by_ssh_into_the_vpc(by_ssh: Synthesized) -> None:
    """What package archive, clusters' API servers and hops to nodes need."""
    egress = by_ssh.one("aws_security_group")["egress"]

    assert [(rule["from_port"], rule["to_port"], rule["cidr_blocks"]) for rule in egress] == [
        (80, 80, ["0.0.0.0/0"]),
        (443, 443, ["0.0.0.0/0"]),
        (22, 22, ["10.0.0.0/16"]),
    ]
    assert {rule["protocol"] for rule in egress} == {"tcp"}


def test_by_ssh_there_is_a_key_pair_and_no_role(by_ssh: Synthesized) -> None:
    """An instance that needs nothing from AWS has no credentials to lose."""
    assert by_ssh.one("aws_key_pair") == {"key_name": KEY_NAME, "public_key": f"{KEY} alice", "tags": NAME}
    assert by_ssh.counts() == {
        "aws_eip": 1,
        "aws_eip_association": 1,
        "aws_instance": 1,
        "aws_key_pair": 1,
        "aws_security_group": 1,
    }


@pytest.mark.parametrize(
    ("public_key", "same"),
    [(f"{KEY} bob", True), (KEY, True), (KEY.replace("AIMO", "AIMP") + " alice", False)],
    ids=["another comment", "no comment", "another key"],
)
def test_another_key_has_another_name(tmp_path: Path, public_key: str, *, same: bool) -> None:
    """A running instance never hears of a new key under the old name; a new name replaces it."""
    synthesized = synthesize(tmp_path, lambda stack: define(stack, **{**SSH, "public_key": public_key}))

    assert (synthesized.one("aws_key_pair")["key_name"] == KEY_NAME) is same


def test_its_address_is_protected_and_survives_the_instance(by_ssh: Synthesized) -> None:
    """Other people's firewalls name it; the instance behind it may be replaced."""
    assert by_ssh.one("aws_eip") == {"domain": "vpc", "tags": NAME, "lifecycle": {"prevent_destroy": True}}
    assert by_ssh.one("aws_eip_association") == {
        "allocation_id": f"${{{by_ssh.address('aws_eip')}.allocation_id}}",
        "instance_id": f"${{{by_ssh.address('aws_instance')}.id}}",
    }


def test_a_throw_away_environment_may_destroy_it(tmp_path: Path) -> None:
    """Trying out must be able to end."""
    synthesized = synthesize(tmp_path, lambda stack: define(stack, prevent_destroy=False, **SSH))

    assert synthesized.one("aws_eip")["lifecycle"] == {"prevent_destroy": False}


@pytest.mark.parametrize(
    ("config", "attribute", "value"),
    [
        ({"zone": "eu-west-1b"}, "subnet_id", "subnet-1111111b"),
        ({"instance_type": "t3.small"}, "instance_type", "t3.small"),
        (
            {"root_volume_gib": 20},
            "root_block_device",
            {"encrypted": True, "volume_type": "gp3", "volume_size": 20},
        ),
        ({"ami_id": "ami-0123456789abcdef0"}, "ami", "ami-0123456789abcdef0"),
    ],
    ids=["zone", "instance type", "root volume", "image"],
)
def test_option(tmp_path: Path, config: dict[str, Any], attribute: str, value: object) -> None:
    """Each option has its place."""
    synthesized = synthesize(tmp_path, lambda stack: define(stack, **SSH, **config))

    assert synthesized.one("aws_instance")[attribute] == value


def test_an_image_by_id_is_looked_up_nowhere_and_obeyed(tmp_path: Path) -> None:
    """Who writes another id wants another image, so its changes are not ignored."""
    synthesized = synthesize(tmp_path, lambda stack: define(stack, **SSH, ami_id="ami-0123456789abcdef0"))

    assert synthesized.data("aws_ami") == {}
    assert synthesized.one("aws_instance").get("lifecycle", {}) == {}


def test_session_manager_opens_no_port(by_session_manager: Synthesized) -> None:
    """An empty list, not an absent one: with an absent one a rule added by hand goes unnoticed."""
    assert by_session_manager.one("aws_security_group")["ingress"] == []


def test_session_manager_has_a_role_instead_of_a_key(by_session_manager: Synthesized) -> None:
    """The instance may talk to Session Manager and to nothing else; it reads none of the parameters."""
    role = by_session_manager.address("aws_iam_role")
    policy = by_session_manager.one("aws_iam_role_policy")
    profile = by_session_manager.address("aws_iam_instance_profile")

    assert by_session_manager.resources("aws_key_pair") == {}
    assert by_session_manager.one("aws_instance")["iam_instance_profile"] == f"${{{profile}.name}}"
    assert by_session_manager.one("aws_iam_instance_profile")["role"] == f"${{{role}.name}}"
    assert policy["role"] == f"${{{role}.name}}"
    assert json.loads(policy["policy"])["Statement"] == [
        {
            "Effect": "Allow",
            "Resource": "*",
            "Action": [
                "ssm:UpdateInstanceInformation",
                "ssmmessages:CreateControlChannel",
                "ssmmessages:CreateDataChannel",
                "ssmmessages:OpenControlChannel",
                "ssmmessages:OpenDataChannel",
            ],
        }
    ]
    assert json.loads(by_session_manager.one("aws_iam_role")["assume_role_policy"])["Statement"] == [
        {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": ["sts:AssumeRole"]}
    ]


def test_allow_ssh_from_adds_a_range(tmp_path: Path) -> None:
    """Ranges of the file and of the stack stand in one rule, each once, in one order."""

    def allow(stack: TerraformStack) -> None:
        bastion = define(stack, **SSH)
        bastion.allow_ssh_from(IPv4Network("192.0.2.0/24"))
        bastion.allow_ssh_from(IPv4Network("198.51.100.0/24"))

    synthesized = synthesize(tmp_path, allow)

    assert synthesized.one("aws_security_group")["ingress"] == ingress(
        "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"
    )


def test_allow_ssh_from_is_refused_with_session_manager(tmp_path: Path) -> None:
    """No inbound port at all is what was asked for."""
    with pytest.raises(ValueError, match=r"bastion\.access must be ssh to allow 192\.0\.2\.0/24"):
        synthesize(
            tmp_path,
            lambda stack: define(stack, **SESSION_MANAGER).allow_ssh_from(IPv4Network("192.0.2.0/24")),
        )


@pytest.mark.parametrize(
    ("config", "last_line"),
    [
        (SSH, '"$@" ubuntu@${{{eip}.public_ip}}'),
        (SESSION_MANAGER, "exec aws ssm start-session --region eu-west-1 --target ${{{instance}.id}} "),
    ],
    ids=["ssh", "session manager"],
)
def test_tunnel_script_goes_the_way_that_is_open(
    tmp_path: Path, config: dict[str, Any], last_line: str
) -> None:
    """Address and instance are filled in by Terraform when the output is read."""

    def show(stack: TerraformStack) -> None:
        TerraformOutput(stack, "bastion_tunnel", value=define(stack, **config).tunnel_script)

    synthesized = synthesize(tmp_path, show)

    expected = last_line.format(
        eip=synthesized.address("aws_eip"), instance=synthesized.address("aws_instance")
    )
    assert expected in synthesized.outputs["bastion_tunnel"]["value"].splitlines()[-1]


def test_results_are_the_resources_own(tmp_path: Path) -> None:
    """Other groups name this one as their source; firewalls elsewhere name its address."""

    def show(stack: TerraformStack) -> None:
        bastion = define(stack, **SSH)
        for name in ("security_group_id", "public_ip", "instance_id"):
            TerraformOutput(stack, name, value=getattr(bastion, name))

    synthesized = synthesize(tmp_path, show)

    assert {name: output["value"] for name, output in synthesized.outputs.items()} == {
        "security_group_id": f"${{{synthesized.address('aws_security_group')}.id}}",
        "public_ip": f"${{{synthesized.address('aws_eip')}.public_ip}}",
        "instance_id": f"${{{synthesized.address('aws_instance')}.id}}",
    }
