"""Policy Controller's settings as the provider wants them: once as the fleet's default, once for a member.

The two resources name the same things differently: a bundle's name is `bundle` in one and `bundle_name` in
the other.
"""

from __future__ import annotations

from typing import Any

from cdktf_cdktf_provider_google.gke_hub_feature import (
    GkeHubFeatureFleetDefaultMemberConfig,
    GkeHubFeatureFleetDefaultMemberConfigPolicycontroller,
    GkeHubFeatureFleetDefaultMemberConfigPolicycontrollerPolicyControllerHubConfig,
    GkeHubFeatureFleetDefaultMemberConfigPolicycontrollerPolicyControllerHubConfigPolicyContent,
    GkeHubFeatureFleetDefaultMemberConfigPolicycontrollerPolicyControllerHubConfigPolicyContentBundles,
    GkeHubFeatureFleetDefaultMemberConfigPolicycontrollerPolicyControllerHubConfigPolicyContentTemplateLibrary,
)
from cdktf_cdktf_provider_google.gke_hub_feature_membership import (
    GkeHubFeatureMembershipPolicycontroller,
    GkeHubFeatureMembershipPolicycontrollerPolicyControllerHubConfig,
    GkeHubFeatureMembershipPolicycontrollerPolicyControllerHubConfigPolicyContent,
    GkeHubFeatureMembershipPolicycontrollerPolicyControllerHubConfigPolicyContentBundles,
    GkeHubFeatureMembershipPolicycontrollerPolicyControllerHubConfigPolicyContentTemplateLibrary,
)

from estate.model.fleet.policy_controller import PolicyControllerSettings

_ALL = "ALL"


def policy_controller_default(settings: PolicyControllerSettings) -> GkeHubFeatureFleetDefaultMemberConfig:
    """What a cluster begins with when it joins the fleet."""
    bundles = [
        GkeHubFeatureFleetDefaultMemberConfigPolicycontrollerPolicyControllerHubConfigPolicyContentBundles(
            bundle=name, exempted_namespaces=list(bundle.exempted_namespaces) or None
        )
        for name, bundle in settings.bundles.items()
    ]
    library = GkeHubFeatureFleetDefaultMemberConfigPolicycontrollerPolicyControllerHubConfigPolicyContentTemplateLibrary
    return GkeHubFeatureFleetDefaultMemberConfig(
        policycontroller=GkeHubFeatureFleetDefaultMemberConfigPolicycontroller(
            version=settings.version,
            policy_controller_hub_config=GkeHubFeatureFleetDefaultMemberConfigPolicycontrollerPolicyControllerHubConfig(
                policy_content=GkeHubFeatureFleetDefaultMemberConfigPolicycontrollerPolicyControllerHubConfigPolicyContent(
                    bundles=bundles or None, template_library=library(installation=_ALL)
                ),
                **_settings(settings),
            ),
        )
    )


def policy_controller_member(settings: PolicyControllerSettings) -> GkeHubFeatureMembershipPolicycontroller:
    """What one cluster has."""
    bundles = [
        GkeHubFeatureMembershipPolicycontrollerPolicyControllerHubConfigPolicyContentBundles(
            bundle_name=name, exempted_namespaces=list(bundle.exempted_namespaces) or None
        )
        for name, bundle in settings.bundles.items()
    ]
    library = GkeHubFeatureMembershipPolicycontrollerPolicyControllerHubConfigPolicyContentTemplateLibrary
    return GkeHubFeatureMembershipPolicycontroller(
        version=settings.version,
        policy_controller_hub_config=GkeHubFeatureMembershipPolicycontrollerPolicyControllerHubConfig(
            policy_content=GkeHubFeatureMembershipPolicycontrollerPolicyControllerHubConfigPolicyContent(
                bundles=bundles or None, template_library=library(installation=_ALL)
            ),
            **_settings(settings),
        ),
    )


def _settings(settings: PolicyControllerSettings) -> dict[str, Any]:
    """What both resources name alike; a false is left out, because the provider never sends one."""
    return {
        "install_spec": "INSTALL_SPEC_ENABLED",
        "audit_interval_seconds": settings.audit_interval_seconds,
        "exemptable_namespaces": list(settings.exemptable_namespaces) or None,
        "log_denies_enabled": settings.log_denies or None,
        "referential_rules_enabled": settings.referential_rules or None,
        "mutation_enabled": settings.mutation or None,
    }
