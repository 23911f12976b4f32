"""What policies of AWS's own allow, as far as the needs ask: actions on all resources, by name.

Conditions in them that what uses the policy always fulfils, such as tags that the EBS driver sets, are left out. A
policy that does not stand here is not known: a need that rests on it alone is a finding.

https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html, versions of 2026-03 and before,
read 2026-11-30.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from operations.policy.permitted.aws_needs import (
    JOIN_CLUSTER,
    MAKE_CLAIMED_VOLUMES,
    NETWORK_PODS,
    OPEN_SESSIONS,
    PULL_IMAGES,
    RUN_CLUSTER,
)

MANAGED_POLICIES: Final[Mapping[str, tuple[str, ...]]] = {
    "AmazonEKSClusterPolicy": RUN_CLUSTER.asks,  # v10 of 2026-02-12
    "AmazonEKSWorkerNodePolicy": JOIN_CLUSTER.asks,  # v3 of 2023-11-27
    "AmazonEC2ContainerRegistryPullOnly": PULL_IMAGES.asks,  # v1 of 2024-10-04
    "AmazonEC2ContainerRegistryReadOnly": PULL_IMAGES.asks,  # v3 of 2019-12-10
    "AmazonEKS_CNI_Policy": NETWORK_PODS.asks,  # v6 of 2026-03-04
    "service-role/AmazonEBSCSIDriverPolicy": MAKE_CLAIMED_VOLUMES.asks,  # v14 of 2026-02-12
    "AmazonSSMManagedInstanceCore": OPEN_SESSIONS.asks,  # v2 of 2019-05-23
}
"""By name below ``arn:aws:iam::aws:policy/``."""
