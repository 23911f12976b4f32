"""An aws section with an EKS cluster, for tests that change one thing in it."""

from __future__ import annotations

from typing import Any

ACCOUNT = "012345678901"
SCALING = (
    f"arn:aws:iam::{ACCOUNT}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
)
PEOPLE = f"arn:aws:iam::{ACCOUNT}:role/platform-admin"
DEPLOYER = f"arn:aws:iam::{ACCOUNT}:role/deploy"
PIPELINE = f"arn:aws:iam::{ACCOUNT}:role/attach"
ZONES = {
    f"eu-west-1{letter}": {"private": f"10.0.{i}.0/24", "public": f"10.0.1{i}.0/24"}
    for i, letter in enumerate("abc")
}
GROUP: dict[str, Any] = {"instance_types": ["m7i.large"], "min_size": 1, "max_size": 3}
CLUSTER: dict[str, Any] = {
    "version": "1.35",
    "kms_key": "secrets",
    "services": "172.20.0.0/16",
    "endpoint": {"private_from": ["10.30.0.0/16"]},
    "access": {"administrators": {"platform": PEOPLE}, "installer": PIPELINE},
    "node_groups": {"default": GROUP},
    "attach": {"platform_version": "1.35.0-gke.1"},
}
AWS: dict[str, Any] = {
    "region": "eu-west-1",
    "account_id": ACCOUNT,
    "management_vpc": {"cidr": "10.0.0.0/16", "zones": ZONES},
    "deployer": DEPLOYER,
    "kms_keys": {"secrets": {}},
    "eks_clusters": {"cloud": CLUSTER},
}
"""A section with the attached cluster `cloud`."""
OTHER_VPC: dict[str, Any] = {
    "vpc_id": "vpc-0a000001",
    "cidr": "10.7.0.0/16",
    "zones": {
        "eu-west-1a": {
            "private": "subnet-0a000001",
            "private_cidr": "10.7.0.0/24",
            "public": "subnet-0a000003",
        },
        "eu-west-1b": {"private": "subnet-0a000002", "private_cidr": "10.7.1.0/24"},
    },
}
"""A VPC that others made, whose second zone has no public subnet."""
ELSEWHERE: dict[str, Any] = {
    **{key: value for key, value in AWS.items() if key != "management_vpc"},
    "existing_vpcs": {"shop": OTHER_VPC},
    "eks_clusters": {"cloud": {**CLUSTER, "vpc": "shop"}},
}
"""A section whose cluster `cloud` stands in that VPC, and which has no other."""
