"""Rules on the AWS identities that administer EKS clusters, against the roles that this estate makes."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.aws.values import principal
from estate.model.estate import Estate
from estate.model.rules import Violation, rule


@rule(on=Estate)
def nodes_administer_no_cluster(estate: Estate) -> Iterator[Violation]:
    """No role of a cluster's nodes administers a cluster.

    EKS makes the access entry of the nodes' role itself when the first managed node group is made, and refuses a
    second one for the same role; and with another cluster's role every pod that gets at it would administer.
    https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html (read 2026-11-30)
    """
    organization = estate.organization.name
    sections = {name: one.aws for name, one in estate.environments.items() if one.aws}
    nodes = {
        (
            aws.account_id,
            "role",
            cluster.node_role_in(organization, environment, key),
        ): f"{key} of {environment}"
        for environment, aws in sections.items()
        for key, cluster in aws.eks_clusters.items()
    }
    for environment, aws in sections.items():
        for key, cluster in aws.eks_clusters.items():
            for path, arn in cluster.access.identities():
                if principal(arn) in nodes:
                    yield Violation(
                        (environment, "aws", "eks_clusters", key, "access", *path),
                        f"must not be the role of the nodes of {nodes[principal(arn)]}, got {arn}; EKS makes that role's "
                        "entry itself, and its pods would administer the cluster; name a role that people take on",
                    )
