"""Google's agent in a cluster that is to be attached: it has to run there before; a part of the attached cluster.

Google makes the objects for each cluster and version. A chart with nothing else in it hands them to Helm, which
orders them, waits for them and takes them away again; as text, so that braces in them mean nothing to Helm.

https://registry.terraform.io/providers/hashicorp/google/latest/docs/data-sources/container_attached_install_manifest
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from cdktf import AssetType, Fn, TerraformAsset
from cdktf_cdktf_provider_google.data_google_container_attached_install_manifest import (
    DataGoogleContainerAttachedInstallManifest,
)
from cdktf_cdktf_provider_helm.release import Release
from constructs import Construct

from constructs_lib.fleet.attach_site import AttachSite
from estate.model.aws.eks_attach import AttachConfig

_CHART: Final = Path(__file__).with_name("install_manifest_chart")
_TIMEOUT_SECONDS: Final = 600


def define_chart(scope: Construct) -> TerraformAsset:
    """Define the chart, the same for every cluster: below one of them its path would be made of that one's key."""
    return TerraformAsset(scope, "Chart", path=str(_CHART), type=AssetType.DIRECTORY)


def define_install_manifest(
    scope: Construct, site: AttachSite, config: AttachConfig, chart: TerraformAsset
) -> Release:
    """Define the release that installs the agent.

    Args:
        scope: a namespace for it.
        site: which cluster, and where it is administered.
        config: what the cluster says of its membership.
        chart: the chart that hands the manifest to Helm.
    """
    manifest = DataGoogleContainerAttachedInstallManifest(
        scope,
        "Manifest",
        project=site.project_id,
        location=site.location,
        cluster_id=site.name,
        platform_version=config.platform_version,
    )
    return Release(
        scope,
        "Release",
        name="attached-install-manifest",
        chart=chart.path,
        values=[Fn.jsonencode({"manifest": manifest.manifest})],
        timeout=_TIMEOUT_SECONDS,
    )
