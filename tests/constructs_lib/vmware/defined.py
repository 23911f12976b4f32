"""User clusters and node pools as Terraform reads them, for tests."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cdktf import ITerraformDependable, TerraformStack
from cdktf_cdktf_provider_google.provider import GoogleProvider

from constructs_lib.google.project_services import ProjectServices
from constructs_lib.vmware.node_pool import NodePool
from constructs_lib.vmware.site import VmwareSite
from constructs_lib.vmware.user_cluster import UserCluster
from estate.model.google.google import GoogleConfig
from estate.model.vmware.node_pool import NodePoolConfig
from estate.model.vmware.user_cluster import UserClusterConfig
from estate.model.vmware.vcenter import VcenterConfig
from tests.model.vmware.documents import CLUSTER, GOOGLE
from tests.synth import Synthesized, synthesize


def services(stack: TerraformStack, *names: str) -> tuple[ITerraformDependable, ...]:
    """APIs of the host project."""
    google = GoogleConfig.model_validate(GOOGLE)
    return ProjectServices(stack, "ProjectServices", config=google.host_project, services=names).services


def user_cluster(
    stack: TerraformStack,
    document: Mapping[str, Any] = CLUSTER,
    vcenter: VcenterConfig | None = None,
    *apis: str,
    prevent_destroy: bool = True,
) -> UserCluster:
    """The cluster `apps`."""
    config = UserClusterConfig.model_validate(document)
    return UserCluster(
        stack,
        "Apps",
        config=config,
        name=config.name_in("kl", "dev", "apps"),
        site=VmwareSite(
            project="kl-dev-host",
            location="europe-north1",
            admin_cluster_membership="projects/kl-dev-host/locations/global/memberships/kl-dev-admin",
            vcenter=vcenter or VcenterConfig(),
        ),
        dependencies=services(stack, *apis),
        prevent_destroy=prevent_destroy,
    )


def synthesize_cluster(outdir: Path, *args: Any, **options: Any) -> Synthesized:
    """A stack with the cluster `apps` alone; arguments are those of :func:`user_cluster`."""

    def define(stack: TerraformStack) -> None:
        declare_google(stack)
        user_cluster(stack, *args, **options)

    return synthesize(outdir, define)


def synthesize_pool(
    outdir: Path, document: dict[str, Any], vcenter: VcenterConfig | None = None
) -> Synthesized:
    """A stack with the cluster `apps` and its pool `workers`."""

    def define(stack: TerraformStack) -> None:
        declare_google(stack)
        config = NodePoolConfig.model_validate(document)
        NodePool(
            stack,
            "Workers",
            config=config,
            cluster=user_cluster(stack, CLUSTER, vcenter),
            name=config.name or "workers",
        )

    return synthesize(outdir, define)


def declare_google(stack: TerraformStack) -> GoogleProvider:
    """Declare the provider."""
    return GoogleProvider(stack, "google", project="kl-dev-host", region="europe-north1")
