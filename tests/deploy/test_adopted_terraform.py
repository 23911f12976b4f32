"""Accounts in an emulated AWS that Terraform made, taken in from its real states: what the plan imports, and that it destroys nothing.

One that these files made, read back into an empty environment, and one in the layout of other people. Left out, because
moto does not know them: access entries, add-ons, and node groups of roles that are not there, which are written into the
states as AWS would have them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from estate.model.aws.aws import AwsConfig
from operations.adopt.terraform.adopt import Adopted, Options, adopt
from operations.adopt.terraform.foreseeing import Fate
from tests.deploy.conftest import NewWorkplace
from tests.deploy.plan import Plan
from tests.deploy.test_eks import UNKNOWN_TO_MOTO, eks_aws, leave_out_what_moto_lacks
from tests.deploy.workplace import ENVIRONMENT, Workplace, sandbox_aws
from tests.operations.adopt.terraform.recognizers.aws.drafts import ACCOUNT as ACCOUNT_OF_STATES
from tests.operations.adopt.terraform.recognizers.aws.eks_states import administers, entry, group
from tests.operations.adopt.terraform.states import resource, state_of

pytestmark = pytest.mark.deploy

REGION = sandbox_aws()["region"]
ACCOUNT = sandbox_aws()["account_id"]


WAYS = (
    "carrier_gateway_id",
    "core_network_arn",
    "destination_prefix_list_id",
    "egress_only_gateway_id",
    "ipv6_cidr_block",
    "local_gateway_id",
    "nat_gateway_id",
    "network_interface_id",
    "transit_gateway_id",
    "vpc_endpoint_id",
    "vpc_peering_connection_id",
)
"""What a route inside a table has to say, as JSON; nothing of it."""


def with_more(state: Path, folder: Path, *resources: Mapping[str, Any]) -> Path:
    """A state with what moto lacks and AWS would have."""
    said = json.loads(state.read_text("utf-8"))
    said["resources"] += json.loads(json.dumps(resources).replace(ACCOUNT_OF_STATES, ACCOUNT))
    folder.mkdir()
    path = folder / "more.tfstate"
    path.write_text(json.dumps(said), "utf-8")
    return path


def taken_in(work: Workplace, state: Path, folder: Path) -> tuple[Adopted, Plan]:
    """Take a state into an empty environment, and plan there, on the same account."""
    other = replace(work, folder=folder)
    other.write_document(
        "organization.yaml", {"name": "kl", "domain": "example.com", "promotion": [ENVIRONMENT]}
    )
    empty = {"environment": ENVIRONMENT, "state": {"local": {}}, "deletion_protection": False}
    other.write_document(f"{ENVIRONMENT}.yaml", empty)
    adopted = adopt([state], Options(ENVIRONMENT, write=True, folder=other.environments))
    other.synth()
    leave_out_what_moto_lacks(other)
    path = other.stack / "cdk.tf.json"
    stack = json.loads(path.read_text("utf-8"))
    stack["import"] = [one for one in stack["import"] if not one["to"].startswith(UNKNOWN_TO_MOTO)]
    path.write_text(json.dumps(stack), "utf-8")
    other.terraform("init", "-input=false")
    return adopted, other.plan()


def destroyed(plan: Plan) -> list[str]:
    """What a plan destroys, also to make it anew."""
    return [address for address, actions in plan.actions.items() if "delete" in actions]


def test_what_these_files_made_comes_back(new_workplace: NewWorkplace, tmp_path: Path) -> None:
    """Every object is imported, nothing is made, and the section is the same."""
    aws = {**eks_aws(), "bastion": {"access": "session_manager"}}
    work = new_workplace("ours")
    work.write(aws, deletion_protection=False)
    work.synth()
    whole = state_of(json.loads((work.stack / "cdk.tf.json").read_text("utf-8")))["resources"]
    leave_out_what_moto_lacks(work)
    work.terraform("init", "-input=false")
    work.apply()
    lacking = [one for one in whole if one["type"] in UNKNOWN_TO_MOTO]

    adopted, plan = taken_in(work, with_more(work.state, tmp_path / "state", *lacking), tmp_path / "taken")

    aws["eks_clusters"]["cloud"]["access"]["administrators"] = {
        "platform-admin": f"arn:aws:iam::{ACCOUNT}:role/platform-admin"
    }
    # moto forgets how a cluster is supported, and AWS would say.
    aws["eks_clusters"]["cloud"]["support"] = "extended"
    assert AwsConfig.model_validate(adopted.draft.data["aws"]) == AwsConfig.model_validate(aws)
    # What moto forgets of clusters, and the remote access to nodes that it makes up.
    assert {one.attribute for one in adopted.draft.left} == {
        "access_config.authentication_mode",
        "remote_access",
    }
    assert adopted.not_recognized == []
    assert {address: actions for address, actions in plan.actions.items() if actions != ("update",)} == {}
    assert len(plan.imports) == len(adopted.found.objects) - len(lacking)


def theirs() -> dict[str, Any]:
    """Terraform of other people: names of their own, by count, routes inside tables, a key that the file can say."""
    root = f"arn:aws:iam::{ACCOUNT}:root"
    policy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"AWS": root},
                "Action": [
                    "kms:Describe*",
                    "kms:Get*",
                    "kms:List*",
                    "kms:Put*",
                    "kms:TagResource",
                    "kms:ScheduleKeyDeletion",
                ],
                "Resource": "*",
            },
            {
                "Effect": "Allow",
                "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:role/deploy"},
                "Action": ["kms:CreateGrant", "kms:DescribeKey"],
                "Resource": "*",
            },
        ],
    }
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "eks.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ],
    }
    zones = [f"{REGION}a", f"{REGION}b"]
    subnet = {"count": 2, "vpc_id": "${aws_vpc.this.id}"}
    return {
        "provider": {"aws": {"region": REGION}},
        "locals": {"zones": zones},
        "resource": {
            "aws_vpc": {
                "this": {"cidr_block": "10.9.0.0/16", "enable_dns_hostnames": True, "tags": {"Name": "shop"}}
            },
            "aws_internet_gateway": {"this": {"vpc_id": "${aws_vpc.this.id}"}},
            "aws_subnet": {
                "public": {
                    **subnet,
                    "availability_zone": "${local.zones[count.index]}",
                    "cidr_block": "10.9.${count.index}.0/24",
                },
                "private": {
                    **subnet,
                    "availability_zone": "${local.zones[count.index]}",
                    "cidr_block": "10.9.${16 * (count.index + 1)}.0/20",
                },
            },
            "aws_eip": {"nat": {"domain": "vpc"}},
            "aws_nat_gateway": {
                "this": {"allocation_id": "${aws_eip.nat.id}", "subnet_id": "${aws_subnet.public[0].id}"}
            },
            "aws_route_table": {
                "public": {
                    "vpc_id": "${aws_vpc.this.id}",
                    "route": [
                        {
                            **dict.fromkeys(WAYS),
                            "cidr_block": "0.0.0.0/0",
                            "gateway_id": "${aws_internet_gateway.this.id}",
                        }
                    ],
                },
                "private": {"vpc_id": "${aws_vpc.this.id}"},
            },
            "aws_route": {
                "private": {
                    "route_table_id": "${aws_route_table.private.id}",
                    "destination_cidr_block": "0.0.0.0/0",
                    "nat_gateway_id": "${aws_nat_gateway.this.id}",
                }
            },
            "aws_route_table_association": {
                name: {
                    "count": 2,
                    "subnet_id": f"${{aws_subnet.{name}[count.index].id}}",
                    "route_table_id": f"${{aws_route_table.{name}.id}}",
                }
                for name in ("public", "private")
            },
            "aws_kms_key": {
                "this": {"description": "shop", "policy": json.dumps(policy), "deletion_window_in_days": 7}
            },
            "aws_iam_role": {"cluster": {"name": "shop-cluster", "assume_role_policy": json.dumps(trust)}},
            "aws_eks_cluster": {
                "this": {
                    "name": "shop",
                    "version": "1.35",
                    "role_arn": "${aws_iam_role.cluster.arn}",
                    "encryption_config": {
                        "provider": {"key_arn": "${aws_kms_key.this.arn}"},
                        "resources": ["secrets"],
                    },
                    "kubernetes_network_config": {"ip_family": "ipv4", "service_ipv4_cidr": "172.20.0.0/16"},
                    "vpc_config": {
                        "subnet_ids": "${aws_subnet.private[*].id}",
                        "public_access_cidrs": ["198.51.100.0/24"],
                    },
                }
            },
        },
    }


def test_what_others_made_comes_in_without_a_loss(new_workplace: NewWorkplace, tmp_path: Path) -> None:
    """Nothing is destroyed: the cluster keeps its role, the key is the one in use, a route inside its table is imported."""
    work = new_workplace("theirs")
    work.folder.mkdir(parents=True)
    work.stack.mkdir(parents=True)
    (work.stack / "main.tf.json").write_text(json.dumps(theirs()), "utf-8")
    work.lay_override()
    work.terraform("init", "-input=false")
    work.apply()
    more = (
        resource("aws_eks_access_entry.admin", entry("admin")),
        resource("aws_eks_access_policy_association.admin", administers("admin")),
        resource("aws_eks_node_group.this", group()),
    )

    adopted, plan = taken_in(
        work, with_more(work.stack / "terraform.tfstate", tmp_path / "state", *more), tmp_path / "taken"
    )

    imported = {address.partition(".")[0] for address in plan.imports}
    assert destroyed(plan) == []
    assert list(adopted.of(Fate.REPLACED, Fate.MOVED)) == []
    assert {one.type for one in adopted.draft.left_whole} == {"aws_eks_node_group", "aws_iam_role"}
    assert adopted.not_recognized == []
    made = {address for address, actions in plan.actions.items() if actions == ("create",)}
    assert made == {
        one.address for one in adopted.of(Fate.NEW) if not one.address.startswith(UNKNOWN_TO_MOTO)
    }
    assert {one.address for one in adopted.of(Fate.UNCHANGED)}.isdisjoint(plan.actions)
    assert imported == {one.type for one in adopted.taken} - set(UNKNOWN_TO_MOTO)
    assert imported >= {
        "aws_eks_cluster",
        "aws_kms_key",
        "aws_nat_gateway",
        "aws_route",
        "aws_subnet",
        "aws_vpc",
    }
