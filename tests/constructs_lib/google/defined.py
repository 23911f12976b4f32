"""The Google Cloud entities as Terraform reads them, for tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from cdktf import TerraformStack
from cdktf_cdktf_provider_google.provider import GoogleProvider

from constructs_lib.google.network import Network
from constructs_lib.google.subnet import Subnet
from constructs_lib.naming import Naming
from estate.model.google.network import NetworkConfig
from tests.model.google.documents import NETWORK
from tests.synth import Synthesized, synthesize

NAMING = Naming(organization="kl", environment="dev")
REGION = "europe-north1"


def synthesize_google(outdir: Path, define: Callable[[TerraformStack], Any]) -> Synthesized:
    """A stack that holds what ``define`` puts in it, with the provider declared."""

    def with_provider(stack: TerraformStack) -> None:
        GoogleProvider(stack, "google", project="kl-dev-host", region=REGION)
        define(stack)

    return synthesize(outdir, with_provider)


def network(stack: TerraformStack, document: Mapping[str, Any] = NETWORK, **options: Any) -> Network:
    """The network of the section."""
    config = NetworkConfig.model_validate(document)
    return Network(stack, "Network", config=config, naming=NAMING, project="kl-dev-host", **options)


def subnet(
    stack: TerraformStack, vpc: Network, document: Mapping[str, Any] = NETWORK, **options: Any
) -> Subnet:
    """The subnet `gke` of the section's network."""
    config = NetworkConfig.model_validate(document).subnet("gke")
    return Subnet(stack, "Gke", config=config, network=vpc, name="kl-dev-gke", region=REGION, **options)
