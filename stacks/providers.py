"""The providers of an environment's stack: only those that the environment uses, at exact versions."""

from __future__ import annotations

from cdktf import TerraformStack
from cdktf_cdktf_provider_aws.provider import (
    AwsProvider,
    AwsProviderDefaultTags,
    AwsProviderIgnoreTags,
)
from cdktf_cdktf_provider_google.provider import GoogleProvider

from constructs_lib.naming import Naming
from environments.model.environment import Environment

# The GKE operator and load balancer controllers tag subnets themselves; without this, each apply
# would take their tags away again.
_TAGS_OF_OTHERS = "kubernetes.io/cluster/"


def define_providers(stack: TerraformStack, environment: Environment, naming: Naming) -> None:
    """Declare the providers of the sections that the environment has; the bindings pin their versions."""
    if environment.google:
        google = GoogleProvider(
            stack,
            "Google",
            project=environment.google.host_project.id,
            region=environment.google.region,
        )
        # As an override, because cdktf writes a provider's own maps with underscores for hyphens.
        google.add_override("default_labels", naming.labels(environment.labels))
    if environment.aws:
        AwsProvider(
            stack,
            "Aws",
            region=environment.aws.region,
            allowed_account_ids=[environment.aws.account_id],
            default_tags=[AwsProviderDefaultTags(tags=naming.labels(environment.labels))],
            ignore_tags=[AwsProviderIgnoreTags(key_prefixes=[_TAGS_OF_OTHERS])],
        )
