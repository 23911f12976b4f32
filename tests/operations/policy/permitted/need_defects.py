"""What somebody did so that a need is not met, one way at least for each need of the tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from operations.policy.permitted import aws_needs, google_needs
from operations.policy.permitted.need import Need
from tests.operations.policy.additions import add
from tests.operations.policy.world import Break, World, adding, first

_PODS = {"Effect": "Allow", "Principal": {"Service": "pods.eks.amazonaws.com"}, "Action": "sts:AssumeRole"}


def statements(stack: str, type_: str, part: str, key: str, change: Callable[[Any], Any]) -> Break:
    """Change the statements of the policy of the first resource of a type whose name has a part."""

    def break_(world: World) -> None:
        body = first(world, stack, type_, part)
        quoted = body[key].replace('"https://", ""', "'https://', ''")
        document = json.loads(quoted)
        document["Statement"] = change(document["Statement"])
        body[key] = json.dumps(document)

    return break_


def without(stack: str, type_: str, part: str = "", **arguments: str) -> Break:
    """Take out every resource of a type whose name has a part and whose arguments are these."""

    def break_(world: World) -> None:
        found = world[stack]["resource"][type_]
        kept = {
            name: body
            for name, body in found.items()
            if part not in name or any(body.get(key) != value for key, value in arguments.items())
        }
        assert kept != found
        world[stack]["resource"][type_] = kept

    return break_


def _key(part: str, change: Callable[[Any], Any], stack: str = "prod") -> Break:
    return statements(stack, "aws_kms_key", part, "policy", change)


def _trust(part: str, **changed: Any) -> Break:
    def change(found: Any) -> Any:
        return [{**one, **changed} for one in found]

    return statements("prod", "aws_iam_role", part, "assume_role_policy", change)


def _sid(*sids: str) -> Callable[[Any], Any]:
    return lambda found: [one for one in found if one.get("Sid") not in sids]


def _for_aws(found: Any) -> Any:
    condition = {"Bool": {"kms:GrantIsForAWSResource": "true"}}
    return [{**one, "Condition": condition} if one["Sid"] == "CreateClusters" else one for one in found]


def _of_others(found: Any) -> Any:
    other = {"ArnEquals": {"kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-west-1:1:log-group:other"}}
    return [{**one, "Condition": other} if one["Sid"] == "LogGroups" else one for one in found]


def _actions(*left_out: str) -> Callable[[Any], Any]:
    def change(found: Any) -> Any:
        listed = [
            {**one, "Action": [one["Action"]] if isinstance(one["Action"], str) else one["Action"]}
            for one in found
        ]
        return [
            {**one, "Action": [action for action in one["Action"] if action not in left_out]}
            for one in listed
        ]

    return change  # fmt: skip


def _pod_identity(world: World) -> None:
    trust = json.dumps({"Version": "2012-10-17", "Statement": [_PODS]})
    association = {
        "cluster_name": "${aws_eks_cluster.EksClusters_aws_Cluster_1DCBFF3A.name}",
        "namespace": "kube-system",
        "service_account": "scaler",
        "role_arn": "${aws_iam_role.Added.arn}",
    }
    add(
        world["prod"],
        ("aws_iam_role.Added", {"name": "scaler", "assume_role_policy": trust}),
        ("aws_eks_pod_identity_association.Added", association),
    )


def _state_bucket(world: World) -> None:
    denied = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:DeleteObject",
        "Resource": "arn:aws:s3:::kl-prod-tfstate/*",
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [denied]})
    add(
        world["prod"],
        ("aws_s3_bucket.Added", {"bucket": "kl-prod-tfstate"}),
        ("aws_s3_bucket_policy.Added", {"bucket": "${aws_s3_bucket.Added.id}", "policy": policy}),
    )  # fmt: skip


def _bucket_key(world: World) -> None:
    key = "${aws_kms_key.KmsKeys_secrets_449ECE8D.arn}"
    encryption = {
        "apply_server_side_encryption_by_default": {"kms_master_key_id": key, "sse_algorithm": "aws:kms"}
    }
    put = {"Effect": "Allow", "Action": ["s3:PutObject"], "Resource": "arn:aws:s3:::kl-prod-added/*"}
    add(
        world["prod"],
        ("aws_s3_bucket.Added", {"bucket": "kl-prod-added"}),
        (
            "aws_s3_bucket_server_side_encryption_configuration.Added",
            {"bucket": "${aws_s3_bucket.Added.bucket}", "rule": [encryption]},
        ),
        ("aws_iam_role.Added", {"name": "writer", "assume_role_policy": json.dumps({"Statement": [_PODS]})}),
        (
            "aws_iam_role_policy.Added",
            {
                "role": "${aws_iam_role.Added.name}",
                "policy": json.dumps({"Version": "2012-10-17", "Statement": [put]}),
            },
        ),
    )


def _disk_key(world: World) -> None:
    key = "${google_kms_crypto_key.GoogleKmsKeys_secrets_225A80EA.id}"
    first(world, "prod", "google_container_node_pool")["node_config"]["boot_disk_kms_key"] = key


def _number(world: World) -> None:
    """Of the host project, where that of the service project belongs."""
    member = first(world, "prod", "google_kms_crypto_key_iam_member")
    member["member"] = member["member"].replace("556789012345", "456789012345")


_VOLUME = adding(
    "prod",
    "aws_ebs_volume.Added",
    size=1,
    kms_key_id="${aws_kms_key.KmsKeys_secrets_449ECE8D.arn}",
)
_ATTACHMENT = "aws_iam_role_policy_attachment"

DEFECTS: tuple[tuple[Need, str, str, Break], ...] = (
    (aws_needs.CREATE_CLUSTER, "HYB_MAY_USE_KEY", "took the deployer off the key", _key("secrets", _sid("CreateClusters"))),
    (aws_needs.CREATE_CLUSTER, "HYB_MAY_USE_KEY", "allowed grants for AWS's resources alone", _key("secrets", _for_aws)),
    (aws_needs.START_NODES, "HYB_MAY_USE_KEY", "took the scaler's grants away", _key("volumes", _sid("GrantToAwsServices"))),
    (aws_needs.MAKE_VOLUME, "HYB_MAY_USE_KEY", "encrypted a volume with a key that who applies may not use", _VOLUME),
    (aws_needs.ENCRYPT_LOGS, "HYB_MAY_USE_KEY", "moved the key to another log group", _key("secrets", _of_others)),
    (aws_needs.WRITE_ENCRYPTED, "HYB_MAY_USE_KEY", "let a role write into a bucket whose key does not know it", _bucket_key),
    (aws_needs.USE_BY_POLICY, "HYB_MAY_USE_KEY", "took a role off the key that its policy names", _key("secrets", _sid("Decrypt", "EncryptDecrypt"), "sandbox")),
    (aws_needs.TRUST_CLUSTER, "HYB_MAY_TAKE_ROLE", "trusted another cluster", _trust("Cluster_Role", Condition={"ArnLike": {"aws:SourceArn": "arn:aws:eks:eu-west-1:345678901234:cluster/other"}})),
    (aws_needs.TRUST_INSTANCE, "HYB_MAY_TAKE_ROLE", "let EKS take the nodes' role on", _trust("Nodes_Role", Principal={"Service": "eks.amazonaws.com"})),
    (aws_needs.TRUST_INSTANCE, "HYB_MAY_TAKE_ROLE", "let nobody take the bastion's role on", _trust("Bastion_Role", Effect="Deny")),
    (aws_needs.TRUST_FLOW_LOGS, "HYB_MAY_TAKE_ROLE", "trusted flow logs of another account", _trust("FlowLogs_Role", Condition={"StringEquals": {"aws:SourceAccount": "999999999999"}})),
    (aws_needs.TRUST_SERVICE_ACCOUNT, "HYB_MAY_TAKE_ROLE", "let the add-on take its role on without its token", _trust("vpc-cni", Action="sts:AssumeRole")),
    (aws_needs.TRUST_POD_IDENTITY, "HYB_MAY_TAKE_ROLE", "let pods take a role on without tagging the session", _pod_identity),
    (aws_needs.RUN_CLUSTER, "HYB_MAY_DO_TASK", "left the cluster's role without its policy", without("prod", _ATTACHMENT, "Cluster_RolePolicy")),
    (aws_needs.JOIN_CLUSTER, "HYB_MAY_DO_TASK", "left the nodes' role without its policy", without("prod", _ATTACHMENT, "JoinCluster")),
    (aws_needs.PULL_IMAGES, "HYB_MAY_DO_TASK", "left the nodes without images", without("prod", _ATTACHMENT, "PullImages")),
    (aws_needs.NETWORK_PODS, "HYB_MAY_DO_TASK", "left the network's role without its policy", without("prod", _ATTACHMENT, "vpc-cni")),
    (aws_needs.MAKE_CLAIMED_VOLUMES, "HYB_MAY_DO_TASK", "left the driver's role without its policy", without("prod", _ATTACHMENT, "ebs-csi")),
    (aws_needs.WRITE_FLOW_LOGS, "HYB_MAY_DO_TASK", "let flow logs write nothing", statements("prod", "aws_iam_role_policy", "FlowLogs", "policy", _actions("logs:PutLogEvents"))),
    (aws_needs.FIND_LOG_GROUP, "HYB_MAY_DO_TASK", "let flow logs find no group", statements("prod", "aws_iam_role_policy", "FlowLogs", "policy", lambda found: found[:1])),
    (aws_needs.OPEN_SESSIONS, "HYB_MAY_DO_TASK", "closed a channel of Session Manager", statements("prod", "aws_iam_role_policy", "Bastion", "policy", _actions("ssmmessages:OpenDataChannel"))),
    (aws_needs.KEEP_STATE, "HYB_MAY_KEEP_STATE", "let nobody delete the state's lock", _state_bucket),
    (google_needs.ENCRYPT_SECRETS, "HYB_MAY_GOOGLE", "took GKE's agent off the key", without("prod", "google_kms_crypto_key_iam_member")),
    (google_needs.ENCRYPT_SECRETS, "HYB_MAY_GOOGLE", "wrote the host project's number", _number),
    (google_needs.ENCRYPT_BACKUPS, "HYB_MAY_GOOGLE", "backed up with a key that the agent may not use", adding("prod", "google_gke_backup_backup_plan.Added", project="kl-prod-apps", backup_config={"encryption_key": {"gcp_kms_encryption_key": "${google_kms_crypto_key.GoogleKmsKeys_secrets_225A80EA.id}"}})),
    (google_needs.ENCRYPT_DISKS, "HYB_MAY_GOOGLE", "encrypted boot disks with a key that Compute Engine may not use", _disk_key),
    (google_needs.ACT_IN_HOST, "HYB_MAY_GOOGLE", "took GKE's agent out of the host project", without("prod", "google_project_iam_member", "HostServiceAgentUser")),
    (google_needs.USE_SUBNET, "HYB_MAY_GOOGLE", "took Google's APIs out of the subnet", without("prod", "google_compute_subnetwork_iam_member", "GoogleApis")),
    (google_needs.REGISTER, "HYB_MAY_GOOGLE", "took the fleet's agent out of the project", without("prod", "google_project_iam_member", "FleetAgent_serviceAgent")),
    (google_needs.RUN_NODES, "HYB_MAY_GOOGLE", "left the nodes without a role", without("prod", "google_project_iam_member", "Nodes_Role")),
    (google_needs.SEND_TELEMETRY, "HYB_MAY_GOOGLE", "left the attached cluster's agent without a role", without("prod-attach", "google_project_iam_member")),
    (google_needs.SERVE_VMWARE, "HYB_MAY_GOOGLE", "took a role from a service account of VMware's", without("prod", "google_project_iam_member", "monitoringmetricWriter")),
)  # fmt: skip
"""Need, rule, what somebody did, and how."""

NEEDS: Mapping[str, Need] = {
    name: value
    for module in (aws_needs, google_needs)
    for name, value in vars(module).items()
    if isinstance(value, Need)
}
"""Every need of the tables, by name."""
