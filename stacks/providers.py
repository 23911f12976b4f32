"""The providers of a stack: only those that its environment uses, at exact versions.

Which ones `estate/facts/providers.json` says, and not the bindings, which stay at what they were made from.
"""

from __future__ import annotations

from collections.abc import Mapping

from cdktf import TerraformStack

from estate.facts.providers import default_version
from estate.model.aws.aws import AwsConfig
from estate.model.vmware.vsphere.vsphere import VsphereConfig
from stacks.context import StackContext

# The GKE operator and load balancer controllers tag subnets themselves; without this, each apply
# would take their tags away again.
_TAGS_OF_OTHERS = "kubernetes.io/cluster/"


def define_providers(context: StackContext, *, aws: bool = True) -> None:
    """Declare the providers of the sections that the environment has.

    Args:
        context: the stack, and whom it is for.
        aws: whether the stack asks AWS at all.
    """
    environment = context.environment
    labels = context.naming.labels(environment.labels)
    if environment.google:
        google = environment.google
        _define_google(context.stack, google.host_project.id, google.region, google.provider_version, labels)
    if environment.aws and aws:
        _define_aws(context.stack, environment.aws, environment.aws.region, labels)


def define_ground_providers(context: StackContext, project: str | None, region: str | None) -> None:
    """Declare the providers of what an environment stands on: its project, and the region of its state.

    Args:
        context: the stack.
        project: id of the project in Google Cloud, where there is one.
        region: the region there.
    """
    environment = context.environment
    labels = context.naming.labels(environment.labels)
    if project and region:
        version = environment.google.provider_version if environment.google else default_version("google")
        _define_google(context.stack, project, region, version, labels)
    if environment.aws:
        state = environment.state.s3
        _define_aws(context.stack, environment.aws, state.region if state else environment.aws.region, labels)


def define_vsphere_provider(stack: TerraformStack, config: VsphereConfig) -> None:
    """Declare vSphere's provider, for the one stack that may log in to vCenter."""
    from cdktf_cdktf_provider_vsphere.provider import VsphereProvider

    provider = VsphereProvider(
        stack,
        "Vsphere",
        vsphere_server=config.server,
        allow_unverified_ssl=config.allow_unverified_ssl,
        user="",
        password="",
    )
    # The binding wants both, and the provider takes them from the environment only when they are absent.
    provider.add_override("user", None)
    provider.add_override("password", None)
    pin(stack, "vsphere", default_version("vsphere"))


def pin(stack: TerraformStack, provider: str, version: str) -> None:
    """Name a provider's version in a stack, in place of the binding's."""
    stack.add_override(f"terraform.required_providers.{provider}.version", version)


def _define_google(
    stack: TerraformStack, project: str, region: str, version: str, labels: Mapping[str, str]
) -> None:
    from cdktf_cdktf_provider_google.provider import GoogleProvider

    google = GoogleProvider(stack, "Google", project=project, region=region)
    # As an override, because cdktf writes a provider's own maps with underscores for hyphens.
    google.add_override("default_labels", labels)
    pin(stack, "google", version)


def _define_aws(stack: TerraformStack, config: AwsConfig, region: str, labels: Mapping[str, str]) -> None:
    from cdktf_cdktf_provider_aws.provider import (
        AwsProvider,
        AwsProviderDefaultTags,
        AwsProviderIgnoreTags,
    )

    AwsProvider(
        stack,
        "Aws",
        region=region,
        allowed_account_ids=[config.account_id],
        default_tags=[AwsProviderDefaultTags(tags=labels)],
        ignore_tags=[AwsProviderIgnoreTags(key_prefixes=[_TAGS_OF_OTHERS])],
    )
    pin(stack, "aws", default_version("aws"))
