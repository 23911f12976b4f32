"""EKS clusters in states, as a well-known module leaves them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.operations.adopt.terraform.recognizers.aws.drafts import (
    CLUSTER,
    ISSUER,
    arn,
    network,
    of,
    role_arn,
)
from tests.operations.adopt.terraform.states import resource

MODULE = "module.eks"
ADMINISTRATOR = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
PATH = ("aws", "eks_clusters", CLUSTER)


def eks(**more: Any) -> dict[str, Any]:
    """The cluster as its state has it."""
    network_config = {
        "vpc_id": "vpc-1",
        "subnet_ids": ["subnet-private-a", "subnet-private-b"],
        "security_group_ids": ["sg-cluster"],
        "endpoint_public_access": True,
        "public_access_cidrs": ["198.51.100.0/24"],
    }
    return {
        "id": CLUSTER,
        "name": CLUSTER,
        "arn": arn("eks", f"cluster/{CLUSTER}"),
        "role_arn": role_arn("shop-cluster-2024"),
        "version": "1.35",
        "vpc_config": [network_config],
        "kubernetes_network_config": [{"ip_family": "ipv4", "service_ipv4_cidr": "172.20.0.0/16"}],
        "encryption_config": [
            {"provider": [{"key_arn": arn("kms", "key/elsewhere")}], "resources": ["secrets"]}
        ],
        "enabled_cluster_log_types": ["api", "audit", "authenticator"],
        "access_config": [{"authentication_mode": "API_AND_CONFIG_MAP"}],
        "upgrade_policy": [{"support_type": "EXTENDED"}],
        "identity": [{"oidc": [{"issuer": f"https://{ISSUER}"}]}],
        **more,
    }


def cluster(**more: Any) -> dict[str, Any]:
    """The cluster as the module makes it."""
    return resource("aws_eks_cluster.this", eks(**more), module=MODULE, keys=(0,))


def role(name: str, subject: str = "", **more: Any) -> dict[str, Any]:
    """A role, which a service account of the cluster takes on."""
    trust = {
        "Effect": "Allow",
        "Principal": {"Federated": f"arn:aws:iam::345678901234:oidc-provider/{ISSUER}"},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {"StringEquals": {f"{ISSUER}:sub": f"system:serviceaccount:{subject}"}},
    }
    said = {"assume_role_policy": json.dumps({"Statement": trust})} if subject else {}
    return {"id": name, "name": name, "arn": role_arn(name), "path": "/", **said, **more}


def group(name: str = "default", **more: Any) -> dict[str, Any]:
    """A node group as its state has it."""
    return {
        "id": f"{CLUSTER}:{name}",
        "cluster_name": CLUSTER,
        "node_group_name": name,
        "node_role_arn": role_arn("nodes"),
        "version": "1.35",
        "ami_type": "AL2023_x86_64_STANDARD",
        "capacity_type": "ON_DEMAND",
        "instance_types": ["m7i.large"],
        "subnet_ids": ["subnet-private-a", "subnet-private-b"],
        "scaling_config": [{"min_size": 2, "max_size": 5, "desired_size": 3}],
        **more,
    }


def addon(name: str, **more: Any) -> dict[str, Any]:
    """An add-on of the cluster."""
    return resource(
        f"aws_eks_addon.{name}",
        {"id": f"{CLUSTER}:{name}", "cluster_name": CLUSTER, "addon_name": name, **more},
        module=MODULE,
    )


def entry(name: str, **more: Any) -> dict[str, Any]:
    """An access entry of a role."""
    said = {"cluster_name": CLUSTER, "principal_arn": role_arn(name), "type": "STANDARD"}
    return {"id": f"{CLUSTER}:{role_arn(name)}", **said, **more}


def administers(name: str, *, kind: str = "cluster") -> dict[str, Any]:
    """That a role administers the cluster, or a part of it."""
    said = {"cluster_name": CLUSTER, "principal_arn": role_arn(name), "policy_arn": ADMINISTRATOR}
    return {"id": f"{CLUSTER}#{name}", **said, "access_scope": [{"type": kind}]}


def in_place(folder: Path, *resources: Mapping[str, Any]) -> Any:
    """What is said of the cluster in its network, and the draft."""
    draft = of(folder, *network(), *resources)
    return draft.at(*PATH), draft
