"""EKS clusters: their control planes, who reaches and administers them, and what they are encrypted with.

What would make a cluster anew is never said: a cluster whose control plane has a role of another name keeps it, by its ARN.
A cluster that does not say its support has extended support ("The default value is EXTENDED":
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-eks-cluster-upgradepolicy.html, 2026-11-30).
Left: clusters in a VPC that nothing tells of, of IPv6, of Auto Mode, on Outposts or with nodes of one's own data centers, with all that
belongs to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from estate.model.aws.eks_cluster import LogType
from operations.adopt.terraform.draft import Draft, Keys
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.recognizers.aws.kms_keys import key_named, policies
from operations.adopt.terraform.recognizers.aws.objects import (
    CLUSTERS,
    KEYS,
    free,
    in_vpc,
    is_ours,
    last_part,
    misfits,
    short,
    vpc_keys,
)
from operations.adopt.terraform.recognizers.aws.roles import leave_role, role_of, take_role
from operations.adopt.terraform.recognizers.aws.vpc_parts import put_retention

_OF_A_CLUSTER: Final = (
    "aws_eks_access_entry",
    "aws_eks_access_policy_association",
    "aws_eks_addon",
    "aws_eks_fargate_profile",
    "aws_eks_identity_provider_config",
    "aws_eks_node_group",
    "aws_eks_pod_identity_association",
)
_LOGS: Final = frozenset(str(one) for one in LogType)
_API: Final = "API"


def recognize_eks_clusters(found: Found, draft: Draft) -> None:
    """Put the clusters that stand in a VPC of the file."""
    for cluster in free(found, draft, "aws_eks_cluster"):
        reasons = list(_why_not(draft, cluster))
        if reasons:
            for one in (cluster, *_parts(found, draft, cluster)):
                whose = (
                    ""
                    if one is cluster
                    else f"belongs to cluster {cluster.text('name')}, which has no place here: it "
                )
                draft.leave(one, "", whose + "; ".join(reasons), "leave it with the Terraform that made it")
            continue
        key = draft.key(CLUSTERS, short(draft, cluster.text("name")))
        _put(found, draft, cluster, (*CLUSTERS, key))


def taken_clusters(draft: Draft) -> Iterator[tuple[str, FoundObject]]:
    """The clusters of the draft by key."""
    for key in draft.at(*CLUSTERS) or {}:
        yield from (
            (key, one) for one in draft.origins.get((*CLUSTERS, key), ()) if one.type == "aws_eks_cluster"
        )


def _why_not(draft: Draft, cluster: FoundObject) -> Iterator[str]:
    if in_vpc(cluster) not in {"", *vpc_keys(draft)}:
        yield f"stands in {in_vpc(cluster)}, which no state has with private subnets of the cluster's, nor the file by its ids"
    yield from misfits(cluster)


def _parts(found: Found, draft: Draft, cluster: FoundObject) -> list[FoundObject]:
    return [
        one for one in free(found, draft, *_OF_A_CLUSTER) if one.text("cluster_name") == cluster.text("name")
    ]


def _put(found: Found, draft: Draft, cluster: FoundObject, path: Keys) -> None:
    def put(field: str, value: Any) -> None:
        draft.put((*path, field), value, cluster)

    draft.put(path, {}, cluster)
    name = cluster.text("name")
    put("name", None if is_ours(draft, name, str(path[-1])) else name)
    _put_role(found, draft, cluster, path)
    put("vpc", vpc_keys(draft).get(in_vpc(cluster)))
    put("version", cluster.text("version") or None)
    put("support", None if cluster.text("upgrade_policy", 0, "support_type") == "STANDARD" else "extended")
    put("kms_key", _secrets_key(found, draft, cluster))
    put("services", cluster.text("kubernetes_network_config", 0, "service_ipv4_cidr") or None)
    for name, policy in policies(found, draft):
        _put_volumes_key(found, draft, cluster, path, name, policy.grantees)
        if policy.deployers and name == draft.at(*path, "kms_key"):
            draft.put(("aws", "deployer"), policy.deployers[0], cluster)
    _put_logs(found, draft, cluster, path)
    mode = cluster.text("access_config", 0, "authentication_mode")
    if mode != _API:
        draft.leave(
            cluster,
            "access_config.authentication_mode",
            f"is {mode or 'CONFIG_MAP'}, and here whoever comes to the API has an access entry: the first apply ends the "
            "aws-auth map, for good",
            "make access entries of all that stands in kube-system/aws-auth, nodes that EKS does not manage among it; from "
            "CONFIG_MAP go to API_AND_CONFIG_MAP first, which is the one step that EKS takes",
        )
    for provider in free(found, draft, "aws_iam_openid_connect_provider"):
        issuer = cluster.text("identity", 0, "oidc", 0, "issuer").removeprefix("https://")
        if issuer and provider.text("url").removeprefix("https://") == issuer:
            draft.takes(path, provider)


def _put_role(found: Found, draft: Draft, cluster: FoundObject, path: Keys) -> None:
    """Take the control plane's role where it is called as here, and name it by its ARN everywhere else."""
    arn = cluster.text("role_arn")
    own = re.fullmatch(rf"[a-z0-9]+-{re.escape(draft.environment)}-eks-(.+)-control-plane", last_part(arn))
    role = role_of(found, draft, arn)
    if own:
        draft.put((*path, "short_name"), own[1] if own[1] != path[-1] else None, cluster)
        if role is None or role.text("path") in {"", "/"}:
            take_role(found, draft, path, arn)
            return
    draft.put((*path, "role"), arn or None, cluster)
    leave_role(
        found,
        draft,
        arn,
        "is the control plane's, whose role nothing changes but a new cluster",
        "leave it with the Terraform that made it: the file names its ARN",
    )


def _secrets_key(found: Found, draft: Draft, cluster: FoundObject) -> str:
    arn = cluster.text("encryption_config", 0, "provider", 0, "key_arn")
    if arn:
        return key_named(found, draft, arn)
    name = draft.key(KEYS, "secrets")
    draft.put((*KEYS, name), {})
    draft.leave(
        cluster,
        "encryption_config",
        f"Kubernetes secrets are encrypted with no key of one's own, and here with aws.kms_keys.{name}, which is made",
        "read the plan: AWS encrypts them with the first apply, and that cannot be taken back",
    )
    return name


def _put_volumes_key(
    found: Found, draft: Draft, cluster: FoundObject, path: Keys, key: str, grantees: list[str]
) -> None:
    """Put the key that the storage driver's role may use."""
    drivers = {
        one.text("service_account_role_arn")
        for one in free(found, draft, "aws_eks_addon")
        if (one.text("cluster_name"), one.text("addon_name")) == (cluster.text("name"), "aws-ebs-csi-driver")
    } - {""}
    clusters = draft.at(*CLUSTERS).values()
    if drivers & set(grantees) and all(key != one.get("kms_key") for one in clusters):
        draft.put((*path, "volumes_key"), key, cluster)


def _put_logs(found: Found, draft: Draft, cluster: FoundObject, path: Keys) -> None:
    types = set(cluster.texts("enabled_cluster_log_types"))
    if types != _LOGS and "audit" in types:
        draft.put((*path, "log_types"), sorted(types & _LOGS), cluster)
    elif types != _LOGS:
        draft.leave(
            cluster,
            "enabled_cluster_log_types",
            f"has {', '.join(sorted(types)) or 'none'}, and a cluster here keeps the audit log at least: all five from the first apply",
            "say log_types with audit where fewer will do",
        )
    for group in free(found, draft, "aws_cloudwatch_log_group"):
        if group.text("name") == f"/aws/eks/{cluster.text('name')}/cluster":
            put_retention(draft, (*path, "log_retention_days"), group)
