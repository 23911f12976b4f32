"""The providers of an environment's stack: only those that the environment uses, at exact versions."""

from __future__ import annotations

from collections.abc import Mapping

from cdktf import TerraformStack

from constructs_lib.naming import Naming
from estate.model.aws.aws import AwsConfig
from estate.model.environment import Environment
from estate.model.google.google import GoogleConfig

# The GKE operator and load balancer controllers tag subnets themselves; without this, each apply
# would take their tags away again.
_TAGS_OF_OTHERS = "kubernetes.io/cluster/"


def define_providers(stack: TerraformStack, environment: Environment, naming: Naming) -> None:
    """Declare the providers of the sections that the environment has; the bindings pin their versions."""
    labels = naming.labels(environment.labels)
    if environment.google:
        _define_google(stack, environment.google, labels)
    if environment.aws:
        _define_aws(stack, environment.aws, labels)


def _define_google(stack: TerraformStack, config: GoogleConfig, labels: Mapping[str, str]) -> None:
    from cdktf_cdktf_provider_google.provider import GoogleProvider

    google = GoogleProvider(stack, "Google", project=config.host_project.id, region=config.region)
    # As an override, because cdktf writes a provider's own maps with underscores for hyphens.
    google.add_override("default_labels", labels)


def _define_aws(stack: TerraformStack, config: AwsConfig, labels: Mapping[str, str]) -> None:
    from cdktf_cdktf_provider_aws.provider import (
        AwsProvider,
        AwsProviderDefaultTags,
        AwsProviderIgnoreTags,
    )

    AwsProvider(
        stack,
        "Aws",
        region=config.region,
        allowed_account_ids=[config.account_id],
        default_tags=[AwsProviderDefaultTags(tags=labels)],
        ignore_tags=[AwsProviderIgnoreTags(key_prefixes=[_TAGS_OF_OTHERS])],
    )
