"""What somebody did that checks of checkov are to catch, a few of each family that is in use."""

from __future__ import annotations

import json
from typing import Any

from tests.operations.policy.world import Break, World, adding, change

_ADMINISTRATOR = {"Effect": "Allow", "Action": "*", "Resource": "*"}


def _policy(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [*statements]})


def _drop(stack: str, type_: str) -> Break:
    def break_(world: World) -> None:
        del world[stack]["resource"][type_]

    return break_


def _open_port(port: int) -> Break:
    """With the nulls that cdktf writes, which make checkov pass it."""
    ingress = {"protocol": "tcp", "from_port": port, "to_port": port, "cidr_blocks": ["0.0.0.0/0"]}
    nulls = dict.fromkeys(("description", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups", "self"))
    return change("dev", "aws_security_group", ingress=[{**ingress, **nulls}])


def _key_in_provider(world: World) -> None:
    [provider] = world["dev"]["provider"]["aws"]
    provider["access_key"] = "A" * 20


# With an expression that has quotes in it, which checkov cannot read as it stands.
_UNREADABLE = _policy({**_ADMINISTRATOR, "Sid": "X"}).replace(
    '"X"', '"${replace(aws_vpc.ManagementVpc_842504B5.id, "-", "")}"'
)

CHECKOV: tuple[tuple[str, str, str, Break], ...] = (
    ("CKV_AWS_7", "stopped rotating a key", "dev", change("dev", "aws_kms_key", enable_key_rotation=False)),
    ("CKV_AWS_70", "let everybody read a bucket of AWS", "sandbox", change("sandbox", "aws_s3_bucket_policy", policy=_policy({**_ADMINISTRATOR, "Principal": "*"}))),
    ("CKV2_AWS_6", "let a bucket be public", "sandbox", _drop("sandbox", "aws_s3_bucket_public_access_block")),
    ("CKV_AWS_21", "stopped keeping a bucket's versions", "sandbox", _drop("sandbox", "aws_s3_bucket_versioning")),
    ("CKV_AWS_24", "opened SSH in a group", "dev", _open_port(22)),
    ("CKV_AWS_25", "opened RDP in a group", "dev", _open_port(3389)),
    ("CKV_AWS_24", "opened SSH by a rule", "sandbox", change("sandbox", "aws_vpc_security_group_ingress_rule", "SshFromBastion", cidr_ipv4="0.0.0.0/0")),
    ("CKV_AWS_23", "took a rule's description out", "sandbox", change("sandbox", "aws_vpc_security_group_egress_rule", description=None)),
    ("CKV2_AWS_12", "opened the default group", "dev", _drop("dev", "aws_default_security_group")),
    ("CKV2_AWS_11", "stopped the flow logs", "dev", _drop("dev", "aws_flow_log")),
    ("CKV_AWS_130", "gave every instance a public address", "dev", change("dev", "aws_subnet", map_public_ip_on_launch=True)),
    ("CKV_AWS_158", "stopped encrypting logs", "dev", change("dev", "aws_cloudwatch_log_group", kms_key_id=None)),
    ("CKV_AWS_338", "kept logs for a month", "dev", change("dev", "aws_cloudwatch_log_group", retention_in_days=30)),
    ("CKV_AWS_79", "let a host's metadata be read without a session", "dev", change("dev", "aws_instance", metadata_options={"http_tokens": "optional"})),
    ("CKV_AWS_8", "stopped encrypting a host's disk", "dev", change("dev", "aws_instance", root_block_device={"encrypted": False})),
    ("CKV_AWS_3", "stopped encrypting a volume", "sandbox", change("sandbox", "aws_ebs_volume", encrypted=False)),
    ("CKV_AWS_62", "made a role administrator", "dev", change("dev", "aws_iam_role_policy", policy=_policy(_ADMINISTRATOR))),
    ("CKV_AWS_62", "made a role administrator behind an expression", "dev", change("dev", "aws_iam_role_policy", policy=_UNREADABLE)),
    ("CKV_AWS_60", "let everybody take on a role", "dev", change("dev", "aws_iam_role", assume_role_policy=_policy({"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}))),
    ("CKV_AWS_61", "let a whole account take on a role", "dev", change("dev", "aws_iam_role", assume_role_policy=_policy({"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "sts:AssumeRole"}))),
    ("CKV_AWS_273", "made an IAM user", "dev", adding("dev", "aws_iam_user.Added", name="kari")),
    ("CKV_AWS_41", "wrote a key into a provider", "dev", _key_in_provider),
    ("CKV_GCP_2", "opened SSH in a firewall", "dev", adding("dev", "google_compute_firewall.Added", name="a", network="n", allow=[{"protocol": "tcp", "ports": ["22"]}], source_ranges=["0.0.0.0/0"])),
    ("CKV_GCP_49", "let a group act as any service account", "dev", adding("dev", "google_project_iam_member.Added", project="kl-dev-host", role="roles/iam.serviceAccountTokenCreator", member="group:a@example.com")),
    ("CKV_GCP_117", "made a group editor of a project", "dev", adding("dev", "google_project_iam_member.Added", project="kl-dev-host", role="roles/editor", member="group:a@example.com")),
    ("CKV_GCP_28", "let everybody read a bucket", "dev", adding("dev", "google_storage_bucket_iam_member.Added", bucket="b", role="roles/storage.objectViewer", member="allUsers")),
)  # fmt: skip
"""Check, what somebody did, the stack, and how."""

SUBJECTS = {
    "CKV2_AWS_6": frozenset({"aws_s3_bucket"}),
    "CKV_AWS_21": frozenset({"aws_s3_bucket"}),
    "CKV2_AWS_12": frozenset({"aws_vpc"}),
    "CKV2_AWS_11": frozenset({"aws_vpc"}),
    "CKV_AWS_41": frozenset({"aws_vpc"}),
}
"""By check the types that it looks at beside what somebody changed."""
