"""A cluster elsewhere that is attached to the fleet; it makes its own membership.

What is off is left out: the provider never sends a lone false, and would show it in every plan. Left out too:
binary authorization, security posture and proxies.

https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/container_attached_cluster
"""

from __future__ import annotations

from typing import Final

from cdktf import ITerraformDependable, TerraformAsset, TerraformResourceLifecycle
from cdktf_cdktf_provider_google.container_attached_cluster import (
    ContainerAttachedCluster,
    ContainerAttachedClusterAuthorization,
    ContainerAttachedClusterFleet,
    ContainerAttachedClusterLoggingConfig,
    ContainerAttachedClusterLoggingConfigComponentConfig,
    ContainerAttachedClusterMonitoringConfig,
    ContainerAttachedClusterMonitoringConfigManagedPrometheusConfig,
    ContainerAttachedClusterOidcConfig,
)
from cdktf_cdktf_provider_helm.release import Release
from constructs import Construct

from constructs_lib.fleet.attach_site import AttachSite
from constructs_lib.fleet.install_manifest import define_install_manifest
from constructs_lib.fleet.issuer import Issuer
from estate.derived.fleet.attached import MEMBERSHIP_LOCATION
from estate.model.aws.eks_attach import AttachConfig


class AttachedCluster(Construct):
    """Define a cluster's membership, once Google's agent runs in the cluster.

    Stateful. With it go the membership, and all access by the Connect gateway; the cluster itself stays. The
    stack says by which provider the agent is installed.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: AttachConfig,
        site: AttachSite,
        issuer: Issuer,
        chart: TerraformAsset,
        prevent_destroy: bool = True,
    ) -> None:
        super().__init__(scope, id_)
        self.agent: Final[Release] = define_install_manifest(Construct(self, "Agent"), site, config, chart)
        self._resource = ContainerAttachedCluster(
            self,
            "Resource",
            name=site.name,
            project=site.project_id,
            location=site.location,
            distribution=issuer.distribution,
            platform_version=config.platform_version,
            oidc_config=ContainerAttachedClusterOidcConfig(issuer_url=issuer.url, jwks=issuer.jwks),
            fleet=ContainerAttachedClusterFleet(project=f"projects/{site.project_number}"),
            authorization=_authorization(site),
            logging_config=_logging(config),
            monitoring_config=_monitoring(config),
            depends_on=[self.agent],
            lifecycle=TerraformResourceLifecycle(prevent_destroy=prevent_destroy),
        )
        self.membership_id: Final[str] = site.name
        self.membership_location: Final[str] = MEMBERSHIP_LOCATION

    @property
    def membership(self) -> str:
        """Name of the membership, which is the cluster's, as a reference to it."""
        return self._resource.name

    @property
    def resource(self) -> ITerraformDependable:
        """What to depend on."""
        return self._resource


def _authorization(site: AttachSite) -> ContainerAttachedClusterAuthorization | None:
    if not (site.admin_groups or site.admin_users):
        return None
    return ContainerAttachedClusterAuthorization(
        admin_groups=list(site.admin_groups) or None, admin_users=list(site.admin_users) or None
    )


def _logging(config: AttachConfig) -> ContainerAttachedClusterLoggingConfig | None:
    if not config.logging:
        return None
    return ContainerAttachedClusterLoggingConfig(
        component_config=ContainerAttachedClusterLoggingConfigComponentConfig(
            enable_components=[component.upper() for component in config.logging]
        )
    )


def _monitoring(config: AttachConfig) -> ContainerAttachedClusterMonitoringConfig | None:
    if not config.managed_prometheus:
        return None
    return ContainerAttachedClusterMonitoringConfig(
        managed_prometheus_config=ContainerAttachedClusterMonitoringConfigManagedPrometheusConfig(
            enabled=True
        )
    )
