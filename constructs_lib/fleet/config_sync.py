"""Config Sync's settings as the provider wants them: once as the fleet's default, once for a member."""

from __future__ import annotations

from cdktf_cdktf_provider_google.gke_hub_feature import (
    GkeHubFeatureFleetDefaultMemberConfig,
    GkeHubFeatureFleetDefaultMemberConfigConfigmanagement,
    GkeHubFeatureFleetDefaultMemberConfigConfigmanagementConfigSync,
    GkeHubFeatureFleetDefaultMemberConfigConfigmanagementConfigSyncGit,
    GkeHubFeatureFleetDefaultMemberConfigConfigmanagementConfigSyncOci,
)
from cdktf_cdktf_provider_google.gke_hub_feature_membership import (
    GkeHubFeatureMembershipConfigmanagement,
    GkeHubFeatureMembershipConfigmanagementConfigSync,
    GkeHubFeatureMembershipConfigmanagementConfigSyncGit,
    GkeHubFeatureMembershipConfigmanagementConfigSyncOci,
)

from estate.model.fleet.config_sync import ConfigSyncSettings, GitRepository, OciRepository


def config_sync_default(settings: ConfigSyncSettings) -> GkeHubFeatureFleetDefaultMemberConfig:
    """What a cluster begins with when it joins the fleet."""
    return GkeHubFeatureFleetDefaultMemberConfig(
        configmanagement=GkeHubFeatureFleetDefaultMemberConfigConfigmanagement(
            version=settings.version,
            config_sync=GkeHubFeatureFleetDefaultMemberConfigConfigmanagementConfigSync(
                enabled=True,
                source_format=settings.source_format.value,
                prevent_drift=settings.prevent_drift or None,
                git=GkeHubFeatureFleetDefaultMemberConfigConfigmanagementConfigSyncGit(**_git(settings.git))
                if settings.git
                else None,
                oci=GkeHubFeatureFleetDefaultMemberConfigConfigmanagementConfigSyncOci(**_oci(settings.oci))
                if settings.oci
                else None,
            ),
        )
    )


def config_sync_member(settings: ConfigSyncSettings) -> GkeHubFeatureMembershipConfigmanagement:
    """What one cluster has."""
    return GkeHubFeatureMembershipConfigmanagement(
        version=settings.version,
        config_sync=GkeHubFeatureMembershipConfigmanagementConfigSync(
            enabled=True,
            source_format=settings.source_format.value,
            prevent_drift=settings.prevent_drift or None,
            git=GkeHubFeatureMembershipConfigmanagementConfigSyncGit(**_git(settings.git))
            if settings.git
            else None,
            oci=GkeHubFeatureMembershipConfigmanagementConfigSyncOci(**_oci(settings.oci))
            if settings.oci
            else None,
        ),
    )


def _git(repository: GitRepository) -> dict[str, str]:
    fields = {
        "sync_repo": repository.repo,
        "sync_branch": repository.branch,
        "sync_rev": repository.revision,
        "policy_dir": repository.directory,
        "secret_type": repository.secret_type.value,
        "gcp_service_account_email": repository.gcp_service_account_email,
    }
    return {key: value for key, value in fields.items() if value is not None}


def _oci(repository: OciRepository) -> dict[str, str]:
    fields = {
        "sync_repo": repository.repo,
        "policy_dir": repository.directory,
        "secret_type": repository.secret_type.value,
        "gcp_service_account_email": repository.gcp_service_account_email,
    }
    return {key: value for key, value in fields.items() if value is not None}
