"""What lets the agents of attached clusters write logs and metrics to the fleet host project.

https://docs.cloud.google.com/kubernetes-engine/multi-cloud/docs/attached/eks/how-to/attach-cluster
"""

from __future__ import annotations

from collections.abc import Sequence

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_google.project_iam_member import ProjectIamMember
from constructs import Construct

from estate.model.google.google import HostProject


class TelemetryAccess(Construct):
    """Define the one role that the agents of all attached clusters of a host project share.

    The member is of the project's workload identity pool, which is there once a cluster is registered.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: HostProject,
        dependencies: Sequence[ITerraformDependable] = (),
    ) -> None:
        super().__init__(scope, id_)
        ProjectIamMember(
            self,
            "Resource",
            project=config.id,
            role="roles/gkemulticloud.telemetryWriter",
            member=f"serviceAccount:{config.id}.svc.id.goog[gke-system/gke-telemetry-agent]",
            depends_on=list(dependencies) or None,
        )
