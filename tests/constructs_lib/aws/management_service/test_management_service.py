"""The management service as a whole: its roles, its keys, what it gives to others."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from cdktf import TerraformOutput, TerraformStack

from tests.constructs_lib.aws.management_service.defined import KEY_ARNS, define, named, readable, synthesized
from tests.constructs_lib.aws.management_service.test_documents import define_with_four_zones
from tests.model.aws.test_management_service import KEY
from tests.synth import Synthesized, synthesize

ROLES = {"Management": "management", "ControlPlane": "controlplane", "NodePool": "nodepool"}
ENCRYPT, DECRYPT, GRANT = "EncryptDecrypt", "Decrypt", "GrantToAwsServices"


def test_defines_what_the_product_needs(tmp_path: Path) -> None:
    """Bucket, roles, groups, load balancer, volume and one instance, and nothing in the network."""
    assert synthesized(tmp_path).counts() == {
        "aws_autoscaling_group": 1,
        "aws_ebs_volume": 1,
        "aws_iam_instance_profile": 3,
        "aws_iam_role": 3,
        "aws_iam_role_policy": 3,
        "aws_key_pair": 1,
        "aws_launch_template": 1,
        "aws_lb": 1,
        "aws_lb_listener": 1,
        "aws_lb_target_group": 1,
        "aws_s3_bucket": 1,
        "aws_s3_bucket_lifecycle_configuration": 1,
        "aws_s3_bucket_ownership_controls": 1,
        "aws_s3_bucket_policy": 1,
        "aws_s3_bucket_public_access_block": 1,
        "aws_s3_bucket_server_side_encryption_configuration": 1,
        "aws_s3_bucket_versioning": 1,
        "aws_s3_object": 1,
        "aws_security_group": 3,
        "aws_vpc_security_group_egress_rule": 6,
        "aws_vpc_security_group_ingress_rule": 7,
    }


def test_protects_what_holds_data_or_the_address(tmp_path: Path) -> None:
    """etcd, the bucket, and the name in everybody's kubeconfig; the rest can be made again."""
    resources = synthesized(tmp_path).json["resource"]
    protected = {
        type_
        for type_, found in resources.items()
        for body in found.values()
        if (body.get("lifecycle") or {}).get("prevent_destroy")
    }

    assert protected == {"aws_ebs_volume", "aws_lb", "aws_s3_bucket"}


def test_only_ec2_takes_the_roles_on(tmp_path: Path) -> None:
    """One role and one instance profile each, by the names that the product gives them."""
    stack = synthesized(tmp_path)

    roles, profiles = (
        named(stack.resources(type_)) for type_ in ("aws_iam_role", "aws_iam_instance_profile")
    )
    for path, key in ROLES.items():
        role = roles[f"Roles_{path}"]
        assert json.loads(role.pop("assume_role_policy"))["Statement"] == [
            {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": ["sts:AssumeRole"]}
        ]
        common = {"name": f"kl-sandbox-gke-{key}", "path": "/", "tags": {"Name": f"kl-sandbox-gke-{key}"}}
        assert role == common
        assert profiles[f"Roles_{path}_InstanceProfile"] == {**common, "role": f"<Roles_{path}.name>"}


def test_roles_keep_to_what_the_organization_demands(tmp_path: Path) -> None:
    """Path and boundary are often the condition under which anybody may make roles at all."""
    iam = {"path": "/platform/", "permissions_boundary": "arn:aws:iam::aws:policy/PowerUserAccess"}
    stack = synthesized(tmp_path, iam=iam)

    for role in stack.resources("aws_iam_role").values():
        assert {key: role[key] for key in iam} == iam
    for profile in stack.resources("aws_iam_instance_profile").values():
        assert profile["path"] == "/platform/"


def test_the_key_pair_is_the_given_one(tmp_path: Path) -> None:
    """Terraform never makes a private key, so none can be in the state."""
    assert synthesized(tmp_path).one("aws_key_pair") == {
        "key_name": "kl-sandbox-gke-keypair",
        "public_key": KEY,
        "tags": {"Name": "kl-sandbox-gke-keypair"},
    }


def key_users(synthesized: Synthesized) -> dict[str, dict[str, list[str]]]:
    """Who may do what with the two keys, by key and statement, beside the account's administrators."""
    users = {}
    for name, body in synthesized.resources("aws_kms_key").items():
        statements = {found["Sid"]: found for found in json.loads(body["policy"])["Statement"]}
        users[re.sub("_[0-9A-F]{8}$", "", name)] = {
            sid: readable(found["Principal"]["AWS"])
            for sid, found in statements.items()
            if sid in (ENCRYPT, DECRYPT, GRANT)
        }
    return users


def test_keys_let_the_roles_use_them(tmp_path: Path) -> None:
    """A key's policy lets nobody use it who is not in it."""
    users = key_users(synthesize(tmp_path, define_with_four_zones))

    management, control_plane, node_pool = (f"<Roles_{role}.arn>" for role in ROLES)
    assert users["secrets"] == {ENCRYPT: [management], DECRYPT: [control_plane, node_pool]}
    assert users["database"] == {ENCRYPT: [management, control_plane], GRANT: [management]}


def test_a_root_volume_with_a_key_has_a_service_role_of_its_own(tmp_path: Path) -> None:
    """The key's policy has to name the role that starts instances, and the common one may not exist yet."""
    stack = synthesized(tmp_path, root_volume={"kms_key": "disks"})

    assert stack.one("aws_iam_service_linked_role") == {
        "aws_service_name": "autoscaling.amazonaws.com",
        "custom_suffix": "kl-sandbox-gke",
        "tags": {"Name": "kl-sandbox-gke-autoscaling"},
    }
    assert (
        readable(stack.one("aws_autoscaling_group"))["service_linked_role_arn"] == "<ServiceLinkedRole.arn>"
    )
    (mapping,) = stack.one("aws_launch_template")["block_device_mappings"]
    assert mapping["ebs"]["kms_key_id"] == KEY_ARNS["disks"]


def test_tells_the_instance_where_everything_is(tmp_path: Path) -> None:
    """By the document's exact version, so that a changed document is a changed instance."""
    user_data = readable(synthesized(tmp_path, agent_sha256="a" * 64).one("aws_launch_template")["user_data"])

    environment = user_data.split("END-OF-FILE")[1].replace("\\n", "\n").replace('\\"', "").splitlines()
    assert environment[1:] == [
        "REGION=eu-west-1",
        "CLUSTER_ID=kl-sandbox-gke",
        "BUCKET=<BootstrapBucket.bucket>",
        "DOCUMENT=/run/gke-aws/management.yaml",
        "DOCUMENT_VERSION=<BootstrapBucket_Objects_Document.version_id>",
        "AGENT_KEY=agent/aws-1.4.1-gke.15/gke-aws-node-agent",
        f"AGENT_SHA256={'a' * 64}",
        "DATA_VOLUME_ID=<DataVolume.id>",
        f"SECRETS_KEY_ARN={KEY_ARNS['secrets']}",
        "CIPHERTEXTS=management-service-key connect-agent-key node-key root-ca-key",
    ]


def test_gives_others_what_they_need_of_it(tmp_path: Path) -> None:
    """Id, address, and where to upload the agent."""

    def define_outputs(stack: TerraformStack) -> None:
        service = define(stack)
        for name in ("cluster_id", "dns_name", "bootstrap_bucket", "agent_key"):
            TerraformOutput(stack, name, value=getattr(service, name))

    outputs: dict[str, Any] = synthesize(tmp_path, define_outputs).outputs
    assert {name: readable(outputs[name]["value"]) for name in outputs if name != "cluster_example"} == {
        "cluster_id": "kl-sandbox-gke",
        "dns_name": "<LoadBalancer.dns_name>",
        "bootstrap_bucket": "<BootstrapBucket.bucket>",
        "agent_key": "agent/aws-1.4.1-gke.15/gke-aws-node-agent",
    }


def test_sets_no_tag_of_the_products(tmp_path: Path) -> None:
    """The product tags out of band, and the provider looks away from these tags: ours would never settle."""
    resources = synthesized(tmp_path).json["resource"]
    tags = [body.get("tags") or {} for found in resources.values() for body in found.values()]

    assert [tag for tag in tags if any(key.startswith("kubernetes.io/") for key in tag)] == []
