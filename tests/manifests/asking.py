"""Software of others in a cluster, as whoever applies its manifests gets it."""

from __future__ import annotations

from typing import Any

from estate.derived.clusters.installed import installed
from estate.model.gitops import Applier
from manifests.software import software
from tests.model.access.estates import environment, organization
from tests.model.aws.eks_documents import AWS
from tests.model.vmware.documents import changed

EVERYTHING = changed(
    AWS,
    eks_clusters__cloud__scaler="cluster_autoscaler",
    eks_clusters__cloud__load_balancer_controller=True,
    eks_clusters__cloud__network_policies="vpc_cni",
)
"""A section whose cluster has all that is installed from here."""


def with_software(applier: Applier) -> list[dict[str, Any]]:
    """The orders for a cluster that has everything."""
    one = environment("dev", aws=EVERYTHING)
    return software(tuple(installed(organization(promotion=("dev",)), one, "cloud")), applier=applier)
